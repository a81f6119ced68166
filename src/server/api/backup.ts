import { answer, type Route } from './route.ts'

export const backup: Route = (app, context) =>
  answer(app, 'backup', (body, _signal, _place, request) => {
    context.upkeep.checkOwner(request.headers['weir-token'])
    return context.upkeep.backUp(body.to)
  })
