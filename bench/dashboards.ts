/** Ten dashboards, each asking the Overview's questions every 5 s, while 100,000 flows/s arrive. */
import { send } from './end-to-end.ts'
import type { Figure } from './support/figure.ts'
import { Server } from './support/server.ts'
import type { BodyOf } from '../src/shared/api/contract.ts'

const DASHBOARDS = 10
const EVERY_MS = 5000
const SECONDS = 60

/** What the Overview asks, see src/web/pages/overview. */
const QUESTIONS: readonly BodyOf<'query'>[] = [
  { from: 'now-1h', measures: ['bps', 'pps', 'fps', 'bytes', 'packets', 'flows'], interval: 'auto' },
  { from: 'now-1h', groupBy: ['service'], measures: ['bps'], interval: 'auto', limit: 8 },
  { from: 'now-1h', groupBy: ['src.ip', 'dst.ip'], measures: ['bytes'], limit: 60 },
  { from: 'now-1h', groupBy: ['exporter', 'in.if'], measures: ['bytes'], limit: 100 },
  { from: 'now-1h', groupBy: ['exporter', 'out.if'], measures: ['bytes'], limit: 100 },
  { from: 'now-1h', groupBy: ['src.ip'], measures: ['bytes'], limit: 8 },
  { from: 'now-1h', groupBy: ['server.port', 'proto'], measures: ['bytes'], limit: 8 },
]

export async function dashboards(): Promise<Figure[]> {
  const server = await Server.start()
  try {
    const took: number[] = []
    let sending = true
    const refresh = async (first: number) => {
      await new Promise((resolve) => setTimeout(resolve, first))
      while (sending) {
        const next = performance.now() + EVERY_MS
        await Promise.all(
          QUESTIONS.map(async (question) => {
            const began = performance.now()
            await server.call('query', question)
            took.push(performance.now() - began)
          }),
        )
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())))
      }
    }
    const readers = Array.from({ length: DASHBOARDS }, (_, i) => refresh((i * EVERY_MS) / DASHBOARDS))
    const truth = await send(server.udpPort, 100_000, SECONDS)
    sending = false
    await Promise.all(readers)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const answer = await server.call('query', { from: 'now-1h' })
    const lost = truth.flows - Number(answer.meta.totals.flows)
    took.sort((a, b) => a - b)
    const quantile = (q: number) => took[Math.min(took.length - 1, Math.floor(took.length * q))] as number
    return [
      { what: 'ten dashboards at 100,000 flows/s: flows lost', value: lost, unit: 'flows', want: { max: 0 } },
      { what: `the same: p95 of ${took.length} questions`, value: quantile(0.95), unit: 'ms', want: { max: 300 } },
      { what: 'the same: median', value: quantile(0.5), unit: 'ms' },
    ]
  } finally {
    await server.stop()
    server.removeData()
  }
}
