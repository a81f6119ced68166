/** What clouds push: `POST /ingest/TYPE`, or `/ingest/TYPE/NAME`. The key stands in a header of the sender's, or behind the `?`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { WeirError } from '../../shared/api/errors.ts'
import { firehose } from '../sources/push/firehose.ts'
import type { PushAnswer, Pushed } from '../sources/source.ts'
import type { Route } from './route.ts'

/** Octets of a request as it comes: Firehose sends 64 MiB at most. */
const LARGEST = 64 * 2 ** 20

/** What these addresses begin with: who calls them proves himself by a key, and names this server as others call it. */
export const PUSHED = '/ingest/'

export const push: Route = (app, context) => {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) =>
      done(null, body),
    )
    const sourceOf = (request: FastifyRequest): string => {
      const { kind, name } = paramsOf(request)
      return context.pushes.find(kind, name, keyOf(request))
    }
    // Nothing is read of who has no key.
    scope.addHook('onRequest', async (request, reply) => {
      try {
        sourceOf(request)
      } catch (error) {
        await send(reply, refused(request, error))
      }
    })
    for (const url of [`${PUSHED}:kind`, `${PUSHED}:kind/:name`])
      scope.post(url, { bodyLimit: LARGEST }, async (request, reply) => {
        const answer = await context.pushes
          .take(sourceOf(request), pushedBy(request))
          .catch((error: unknown) => refused(request, error))
        return send(reply, answer)
      })
  })
}

function paramsOf({ params }: FastifyRequest): { readonly kind: string; readonly name?: string } {
  return params as { kind: string; name?: string }
}

function send(reply: FastifyReply, { status, body }: PushAnswer): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(body)
}

/** Firehose reads why it was refused in a form of its own. */
function refused(request: FastifyRequest, error: unknown): PushAnswer {
  if (paramsOf(request).kind !== 'firehose' || !(error instanceof WeirError)) throw error
  return firehose.answer({ headers: pushedBy(request).headers, body: new Uint8Array(0) }, error, Date.now())
}

function pushedBy({ body, headers }: FastifyRequest): Pushed {
  return {
    body: Buffer.isBuffer(body) ? body : new Uint8Array(0),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  }
}

function keyOf({ headers, query }: FastifyRequest): string {
  const { token } = query as { token?: unknown }
  const given = headers['x-amz-firehose-access-key'] ?? token
  return typeof given === 'string' ? given : ''
}
