import { resolveSurrounding } from '../../shared/query/around.ts'
import { surrounding as around } from '../around.ts'
import { answer, type Route } from './route.ts'

export const surrounding: Route = (app, { questions }) =>
  answer(app, 'surrounding', (body, signal) => around(resolveSurrounding(body, Date.now()), questions, signal))
