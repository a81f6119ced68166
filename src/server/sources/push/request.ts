/** What requests that push, of whatever sender, are read and refused with. */
import { statusOf, WeirError } from '../../../shared/api/errors.ts'
import type { PushAnswer } from '../source.ts'

/** Throws `badRequest`. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')) as unknown
  } catch (error) {
    throw new WeirError('badRequest', `the body is no JSON: ${(error as Error).message}`)
  }
}

/** RFC 4648 §4. A pattern for the whole of it runs out of stack at some megabytes. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(text) && /^[^=]*={0,2}$/.test(text)
}

/** A refusal as Weir says it to senders that prescribe no form of their own. */
export function answerProblem(problem: WeirError): PushAnswer {
  const error = { code: problem.code, message: problem.message }
  return { status: statusOf(problem.code), body: JSON.stringify({ error }) }
}
