/** The HTTP side: page and API on one address. Testable without a socket (`inject`). */
import compress from '@fastify/compress'
import { fastify, type FastifyInstance } from 'fastify'
import { constants } from 'node:zlib'
import { CALLS } from '../../shared/api/contract.ts'
import type { Log } from '../log.ts'
import { addFailures, answerBrokenRequest, fail } from './failures.ts'
import { client } from '../client.ts'
import { addGuard } from './guard.ts'
import { addHeaders } from './headers.ts'
import { ROUTES } from './index.ts'
import { addPage } from './page.ts'
import type { Context } from './route.ts'
import { WeirError } from '../../shared/api/errors.ts'

/** A filter may be 64 Ki characters long, each up to six bytes of JSON. */
const BODY_BYTES = 512 * 1024
const BODY_MS = 30_000
/** Text, JSON and JSON lines; the other forms of an answer are compressed in themselves. */
const COMPRESSED = /^text\/|json(?:;|$)/

export async function createApp(
  context: Context,
  options: { readonly names: readonly string[]; readonly log: Log },
): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    // Of bodies, but for files to import, which take as long as they take; see `addBodyTime`.
    requestTimeout: 0,
    forceCloseConnections: true,
    exposeHeadRoutes: true,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, _request, reply) =>
      void fail(reply, new WeirError('badRequest', `the request cannot be read: ${error.message}`)),
  })
  app.removeContentTypeParser('text/plain')
  // Answers are half the bytes of a first Overview otherwise. gzip, because brotli takes longer than the network does.
  await app.register(compress, {
    encodings: ['gzip'],
    threshold: 2048,
    customTypes: COMPRESSED,
    // What is streamed is read as it comes: a first answer must not wait for the second.
    zlibOptions: { flush: constants.Z_SYNC_FLUSH },
  })
  addHeaders(app)
  addGuard(app, options.names)
  app.addHook('onRequest', (request, _reply, done) => client.run(request.ip, done))
  addFailures(app, options.log)
  addBodyTime(app)
  // Filters may name what exporters have told of meanwhile.
  app.addHook('preHandler', async ({ body, query }) => {
    if ([body, query].some((asked) => isObject(asked) && 'filter' in asked))
      await context.names.refresh(performance.now())
  })
  for (const route of ROUTES) route(app, context)
  await addPage(app)
  return app
}

/** A body that does not come in time is broken off, so that nobody holds connections for nothing. */
function addBodyTime(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.url !== CALLS.importFile.path) {
      const late = setTimeout(() => {
        if (!request.raw.complete) request.raw.destroy()
      }, BODY_MS).unref()
      request.raw.once('close', () => clearTimeout(late))
    }
    done()
  })
}

function isObject(body: unknown): body is object {
  return typeof body === 'object' && body !== null
}
