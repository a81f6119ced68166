import { answer, type Route } from './route.ts'

export const demo: Route = (app, context) =>
  answer(app, 'demo', (body) => (body.run ? context.demo.start(body.flowsPerSecond) : context.demo.stop()))
