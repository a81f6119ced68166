import { resolveTime } from '../../shared/query/resolve.ts'
import { answer, type Route } from './route.ts'

export const cloudInterfaces: Route = (app, context) =>
  answer(app, 'cloudInterfaces', async ({ at }) => ({
    interfaces: await context.cloudInterfaces(resolveTime(at, Date.now(), 'at')),
  }))
