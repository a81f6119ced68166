import type { Route } from './route.ts'

export const metrics: Route = (app, context) => {
  app.get('/metrics', async (_request, reply) => {
    const { metricsText } = await import('../health/metrics.ts')
    const { type, text } = await metricsText(context.health)
    return reply.type(type).send(text)
  })
}
