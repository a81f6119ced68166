/** Start and idle memory. */
import type { Figure } from './support/figure.ts'
import { Server } from './support/server.ts'

export async function footprint(): Promise<Figure[]> {
  await (await Server.start()).stop()
  const starts: number[] = []
  for (let i = 0; i < 3; i++) {
    const server = await Server.start()
    starts.push(server.startMs)
    await server.stop()
    server.removeData()
  }
  const server = await Server.start()
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const idle = server.rssBytes()
  await server.stop()
  server.removeData()
  return [
    {
      what: 'start to listening, median of 3',
      value: starts.toSorted((a, b) => a - b)[1] as number,
      unit: 'ms',
      want: { max: 1000 },
    },
    { what: 'idle memory', value: idle / 2 ** 20, unit: 'MiB', want: { max: 150 } },
  ]
}
