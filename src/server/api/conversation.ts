import { resolveConversation } from '../../shared/query/around.ts'
import { conversation as bothDirections } from '../around.ts'
import { answer, type Route } from './route.ts'

export const conversation: Route = (app, { names, questions }) =>
  answer(app, 'conversation', async (body, signal) =>
    bothDirections(resolveConversation(body, names, Date.now()), questions, signal),
  )
