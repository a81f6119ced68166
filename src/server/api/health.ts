import { answer, type Route } from './route.ts'

export const health: Route = (app, context) => answer(app, 'health', () => context.health.report())
