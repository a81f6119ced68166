import { resolveCounters } from '../../shared/query/resolve-counters.ts'
import { answer, type Route } from './route.ts'

export const counters: Route = (app, context) =>
  answer(app, 'counters', async (body, signal) => {
    const question = resolveCounters(body, Date.now())
    const [counted, names] = await Promise.all([
      context.questions.counters(question, signal),
      context.health.interfaceNames(question.exporter),
    ])
    return {
      times: counted.times,
      interval: counted.intervalMs,
      series: counted.series.map(({ kind, source, lastSeenMs, values }) => ({
        kind,
        source,
        name: kind === 'interface' ? (names.get(source) ?? null) : null,
        lastSeen: lastSeenMs,
        values,
      })),
      leftOut: counted.leftOut,
      tookMs: counted.tookMs,
    }
  })
