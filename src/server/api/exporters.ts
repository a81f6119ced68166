import { answer, type Route } from './route.ts'

export const exporters: Route = (app, context) =>
  answer(app, 'exporters', async () => ({ exporters: await context.health.exporters() }))
