/** Calls whose answer is a table: JSON as every call, or another form, streamed. */
import type { FastifyInstance } from 'fastify'
import { CALLS, type AnswerOf, type CallName } from '../../shared/api/contract.ts'
import type { Frozen } from '../frozen.ts'
import { checkInput } from '../issues.ts'
import { chooseFormat } from './formats/choose.ts'
import { sendTable, type TablePage } from './formats/send.ts'
import type { CheckedBody } from './route.ts'

/** Calls that say `isTable` in the contract. */
type TableCall = {
  [C in CallName]: (typeof CALLS)[C] extends { readonly isTable: true } ? C : never
}[CallName]

interface Handlers<C extends TableCall> {
  /** As JSON. */
  answer(body: CheckedBody<C>, signal: AbortSignal): Promise<Frozen<AnswerOf<C>>>
  /** In any other form, page by page. */
  pages(body: CheckedBody<C>, signal: AbortSignal): AsyncGenerator<TablePage>
}

/** `signal` fires when the client has gone away, before the answer or in its midst. */
export function answerTable<C extends TableCall>(app: FastifyInstance, name: C, handlers: Handlers<C>): void {
  const { method, path, body: schema } = CALLS[name]
  app.route<{ Querystring: { readonly format?: unknown } }>({
    method,
    url: path,
    handler: async (request, reply) => {
      const format = chooseFormat(request.query.format, request.headers.accept)
      const body = checkInput(schema, request.body ?? {}) as CheckedBody<C>
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      void reply.header('vary', 'accept')
      return format === 'json'
        ? handlers.answer(body, gone.signal)
        : sendTable(reply, name, format, handlers.pages(body, gone.signal))
    },
  })
}
