import { suggestions } from '../suggest.ts'
import { answer, type Route } from './route.ts'

export const suggest: Route = (app, context) =>
  answer(app, 'suggest', (query, signal) => suggestions(query, context, Date.now(), signal))
