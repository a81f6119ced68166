import { WeirError } from '../../shared/api/errors.ts'
import { LIMITS } from '../../shared/api/questions.ts'
import { resolveRecordQuestion } from '../../shared/query/resolve.ts'
import type { Route } from './route.ts'
import { answerTable } from './table-route.ts'

export const flows: Route = (app, context) => {
  const ask = (body: Parameters<typeof resolveRecordQuestion>[0], signal: AbortSignal) =>
    context.questions.flows(resolveRecordQuestion(body, context.names, Date.now()), signal)
  answerTable(app, 'flows', {
    answer(body, signal) {
      if (body.limit > LIMITS.records)
        throw new WeirError(
          'badRequest',
          `limit is ${body.limit}: at most ${LIMITS.records} records a page of JSON; go on with its cursor, or ask for another format, which takes up to ${LIMITS.recordsStreamed}`,
          { field: 'limit' },
        )
      return ask(body, signal)
    },
    async *pages(body, signal) {
      let left = body.limit
      let { cursor } = body
      do {
        const page = await ask({ ...body, limit: Math.min(left, LIMITS.records), cursor }, signal)
        yield page
        left -= page.rows.length
        cursor = page.cursor ?? undefined
      } while (cursor !== undefined && left > 0)
    },
  })
}
