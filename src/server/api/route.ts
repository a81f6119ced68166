/** How a call of the contract becomes a route: checked on the way in, typed on the way out. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { CALLS, type AnswerOf, type CallName } from '../../shared/api/contract.ts'
import type { QuestionLimits } from '../../shared/query/limits.ts'
import type { Demo } from '../demo-traffic.ts'
import type { Frozen } from '../frozen.ts'
import type { Health } from '../health/health.ts'
import { checkInput } from '../issues.ts'
import type { KnownNames } from '../known-names.ts'
import type { NamedFilters } from '../named-filters.ts'
import type { Pushes } from '../pushes.ts'
import type { Questions } from '../questions.ts'
import type { KnownInterface } from '../sources/interfaces/book.ts'
import type { Upkeep } from '../upkeep.ts'

/** What routes work with. */
export interface Context {
  readonly names: KnownNames
  readonly limits: QuestionLimits
  readonly namedFilters: NamedFilters
  readonly questions: Questions
  readonly health: Health
  readonly demo: Demo
  readonly upkeep: Upkeep
  readonly pushes: Pushes
  /** Network interfaces of the clouds that sources read, as they were then. */
  readonly cloudInterfaces: (atMs: number) => Promise<readonly KnownInterface[]>
}

/** One resource: a file beside this one and a line in index.ts. */
export type Route = (app: FastifyInstance, context: Context) => void

/** Its body, or what stands behind the ? of its address. */
export type CheckedBody<C extends CallName> = (typeof CALLS)[C] extends { body: infer B extends z.ZodType }
  ? z.output<B>
  : (typeof CALLS)[C] extends { query: infer Q extends z.ZodType }
    ? z.output<Q>
    : undefined

type CheckedPlace<C extends CallName> = (typeof CALLS)[C] extends { place: infer P extends z.ZodType }
  ? z.output<P>
  : undefined

/** Adds the route of a call. `signal` fires when the client has gone away; `place` is what stands in the path. */
export function answer<C extends CallName>(
  app: FastifyInstance,
  name: C,
  handler: (
    input: CheckedBody<C>,
    signal: AbortSignal,
    place: CheckedPlace<C>,
    request: FastifyRequest,
  ) => Frozen<AnswerOf<C>> | Promise<Frozen<AnswerOf<C>>>,
): void {
  const call = CALLS[name]
  app.route({
    method: call.method,
    url: call.path,
    handler: async (request, reply) => {
      const input =
        'body' in call
          ? checkInput(call.body, request.body ?? {})
          : 'query' in call
            ? checkInput(call.query, request.query)
            : undefined
      const place = 'place' in call ? checkInput(call.place, request.params) : undefined
      const gone = new AbortController()
      const leave = () => gone.abort()
      reply.raw.once('close', leave)
      try {
        return await handler(input as CheckedBody<C>, gone.signal, place as CheckedPlace<C>, request)
      } finally {
        reply.raw.off('close', leave)
      }
    },
  })
}
