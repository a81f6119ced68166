/** Google Cloud Pub/Sub, push subscriptions: one message a request, which is sent again until the answer is 2xx. */
import { z } from 'zod'
import { WeirError } from '../../../shared/api/errors.ts'
import type { PushForm } from './push-source.ts'
import { answerProblem, isBase64, jsonOf } from './request.ts'

const REQUEST = z.object({
  message: z.object({
    data: z.string().refine(isBase64, 'no base64').default(''),
    messageId: z.string().min(1).max(256),
  }),
})

export const pubsub: PushForm = {
  read({ body }) {
    const request = REQUEST.safeParse(jsonOf(body))
    if (!request.success)
      throw new WeirError('badRequest', `no push of Pub/Sub: ${z.prettifyError(request.error).split('\n')[0]}`)
    const { data, messageId } = request.data.message
    return [{ id: messageId, bytes: Buffer.from(data, 'base64') }]
  },

  answer: (_pushed, problem) => (problem === null ? { status: 204, body: '' } : answerProblem(problem)),
}
