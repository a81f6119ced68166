/** The page's files, as the build left them in dist/web: compressed beforehand, kept by browsers where their name has a hash. */
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { WeirError } from '../../shared/api/errors.ts'
import { fail, noSuchCall } from './failures.ts'

/** Three folders up from both src/server/api and dist/server/api. */
const FOLDER = fileURLToPath(new URL('../../../dist/web', import.meta.url))

export async function addPage(app: FastifyInstance): Promise<void> {
  const built = existsSync(`${FOLDER}/index.html`)
  if (built) {
    await app.register(fastifyStatic, {
      root: FOLDER,
      index: false,
      preCompressed: true,
      cacheControl: false,
      // Folders are places within the page, as every other path that is no file.
      allowedPath: (path) => !path.endsWith('/'),
      setHeaders: (response, path) => {
        response.setHeader('vary', 'accept-encoding')
        response.setHeader(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  }
  // Every path that is no file and no call is a place within the page.
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') && !/^\/(api|assets|metrics)(\/|\?|$)/.test(request.url)
    if (!isPage) return fail(reply, noSuchCall(request.method, request.url))
    if (!built)
      return fail(
        reply,
        new WeirError(
          'notFound',
          'the page is not built; run npm run build and start Weir again. The API answers all the same',
        ),
      )
    return reply.sendFile('index.html')
  })
}
