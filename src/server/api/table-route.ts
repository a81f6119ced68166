/** Calls whose answer is a table: JSON as every call, or another form, streamed. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { CALLS, type AnswerOf, type CallName } from '../../shared/api/contract.ts'
import { FORMATS } from '../../shared/api/formats.ts'
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
  /** As JSON lines of whole answers, an estimate first, where that is asked for. */
  lines?(body: CheckedBody<C>, signal: AbortSignal): AsyncGenerator<Frozen<AnswerOf<C>>>
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
      if (format === 'json' && handlers.lines && (body as { readonly first?: unknown }).first === true)
        return sendLines(reply, handlers.lines(body, gone.signal))
      return format === 'json'
        ? handlers.answer(body, gone.signal)
        : sendTable(reply, name, format, handlers.pages(body, gone.signal))
    },
  })
}

/** What is wrong with the first is answered as an error; later, the connection breaks off. */
async function sendLines(reply: FastifyReply, answers: AsyncGenerator<object>): Promise<FastifyReply> {
  const first = await answers.next()
  const lines = async function* () {
    for (let next = first; !next.done; next = await answers.next()) yield `${JSON.stringify(next.value)}\n`
  }
  return reply.type(FORMATS.ndjson.type).send(Readable.from(lines()))
}
