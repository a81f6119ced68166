/** Ten dashboards, each asking the Overview's questions every 5 s, while 100,000 flows/s arrive. */
import { crowd } from './support/crowd.ts'
import type { Figure } from './support/figure.ts'
import { OVERVIEW } from './support/overview.ts'
import { Server } from './support/server.ts'

export async function dashboards(): Promise<Figure[]> {
  const server = await Server.start()
  try {
    const panels = OVERVIEW.map(({ asked }) => ({ ...asked, from: 'now-1h' }))
    const seen = await crowd(server, { people: 10, panels, everyMs: 5000, seconds: 60, flowsPerSecond: 100_000 })
    return [
      { what: 'ten dashboards at 100,000 flows/s: flows lost', value: seen.lost, unit: 'flows', want: { max: 0 } },
      { what: `the same: p95 of ${seen.questions} questions`, value: seen.times.p95, unit: 'ms', want: { max: 300 } },
      { what: 'the same: median', value: seen.times.median, unit: 'ms' },
    ]
  } finally {
    await server.stop()
    server.removeData()
  }
}
