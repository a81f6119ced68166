import { answer, type Route } from './route.ts'

export const letters: Route = (app, context) => {
  answer(app, 'letters', ({ limit }) => context.upkeep.letters(limit))
  answer(app, 'readAgain', (body) => context.upkeep.readAgain(body))
}
