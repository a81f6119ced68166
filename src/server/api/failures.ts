/** Every failure answers `{ error: { code, message, detail? } }` with the status of its code. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { Socket } from 'node:net'
import { CALLS } from '../../shared/api/contract.ts'
import { statusOf, WeirError } from '../../shared/api/errors.ts'
import type { Log } from '../log.ts'

export function addFailures(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | WeirError, request, reply) => {
    const known = error instanceof WeirError ? error : ofFramework(error)
    if (known.code === 'internal') log.error({ err: error }, `${request.method} ${request.url}: ${error.message}`)
    return fail(reply, known)
  })
}

export function fail(reply: FastifyReply, error: WeirError): FastifyReply {
  return reply.code(statusOf(error.code)).type('application/json; charset=utf-8').send(bodyOf(error))
}

/** No route: another method is asked for, or there is no such call. */
export function noSuchCall(method: string, url: string): WeirError {
  const path = url.split('?')[0]
  const call = Object.values(CALLS).find((each) => each.path === path)
  if (call) return new WeirError('wrongMethod', `${path} takes ${call.method}, not ${method}`)
  return new WeirError('notFound', `there is no ${method} ${path}; GET /api/openapi.json lists all calls`)
}

/** Answers what is not HTTP at all and closes the connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const body = JSON.stringify(
    bodyOf(new WeirError('badRequest', `this is no HTTP request that can be read: ${error.message}`)),
  )
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function bodyOf({ code, message, detail }: WeirError): object {
  return { error: { code, message, ...(detail ? { detail } : {}) } }
}

/** What fastify has against a request, in words of our own. */
function ofFramework(error: FastifyError): WeirError {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new WeirError('tooLarge', 'the body is larger than this call takes')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new WeirError('wrongType', 'the body must be JSON; send it with Content-Type: application/json')
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new WeirError('badRequest', 'the body is empty; a JSON object is needed')
    default:
      if ((error.statusCode ?? 500) < 500)
        return new WeirError('badRequest', `the request cannot be read: ${error.message}`)
      return new WeirError('internal', 'something went wrong in Weir; its log has the details')
  }
}
