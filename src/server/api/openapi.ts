import { openApi } from './openapi-document.ts'
import type { Route } from './route.ts'

export const openapi: Route = (app) => {
  let text: string | undefined
  app.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((text ??= JSON.stringify(openApi()))),
  )
}
