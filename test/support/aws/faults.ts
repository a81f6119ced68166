/**
 * What AWS, or the way to it, does to a call. Errors have the code, status and words that each service gives them; their
 * form is the service's own.
 */
import { errorAnswer, jsonAnswer, jsonOf, permissionOf, type Answer, type Call, type Delivery } from './aws-call.ts'
import { ACCOUNT } from './resources.ts'

/** Answers a call, with or without asking the real part: `next`. */
export type Fault = (call: Call, next: () => Promise<Answer>) => Answer | Promise<Answer>

/** Any error by its code. */
export function failed(code: string, status: number, message: string, queryCode = code): Fault {
  return (call) => errorAnswer(call, code, status, message, queryCode)
}

export function throttled(): Fault {
  return byService({
    logs: ['ThrottlingException', 400, 'Rate exceeded'],
    sqs: ['RequestThrottled', 400, 'The request was denied due to request throttling.'],
    s3: ['SlowDown', 503, 'Please reduce your request rate.'],
    ec2: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
    others: ['Throttling', 400, 'Rate exceeded'],
  })
}

/** An error on the service's side. */
export function broken(): Fault {
  return byService({
    logs: ['ServiceUnavailableException', 500, 'The service cannot complete the request.'],
    sqs: ['InternalFailure', 500, 'The request processing has failed because of an unknown error.'],
    s3: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
    ec2: ['InternalError', 500, 'An internal error has occurred'],
    others: ['InternalFailure', 500, 'The request processing has failed because of an unknown error.'],
  })
}

/** 503 of a load balancer: a page, not an error of the service's form. */
export function unavailable(): Fault {
  return () => ({
    status: 503,
    headers: { 'content-type': 'text/html' },
    body: Buffer.from('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>\n'),
  })
}

/** Temporary credentials that have run out. */
export function expiredToken(): Fault {
  const message = 'The security token included in the request is expired'
  return byService({
    logs: ['ExpiredTokenException', 400, message],
    sqs: ['ExpiredTokenException', 403, message, 'ExpiredToken'],
    s3: ['ExpiredToken', 400, 'The provided token has expired.'],
    ec2: ['RequestExpired', 400, 'Request has expired.'],
    others: ['ExpiredToken', 403, message],
  })
}

/** A key that does not exist. */
export function unknownKey(): Fault {
  const message = 'The security token included in the request is invalid.'
  return byService({
    logs: ['UnrecognizedClientException', 400, message],
    sqs: ['UnrecognizedClientException', 403, message, 'InvalidClientTokenId'],
    s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
    ec2: ['AuthFailure', 401, 'AWS was not able to validate the provided access credentials'],
    others: ['InvalidClientTokenId', 403, message],
  })
}

/** A secret that is not the key's. */
export function wrongSecret(): Fault {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
  return byService({
    logs: ['InvalidSignatureException', 400, message],
    sqs: ['InvalidSignatureException', 403, message, 'SignatureDoesNotMatch'],
    s3: [
      'SignatureDoesNotMatch',
      403,
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ],
    ec2: ['AuthFailure', 401, 'AWS was not able to validate the provided access credentials'],
    others: ['SignatureDoesNotMatch', 403, message],
  })
}

/** A permission that the caller has not. */
export function denied(user = `arn:aws:iam::${ACCOUNT}:user/weir`): Fault {
  return (call) => {
    const needed = permissionOf(call)
    // SQS says its actions in lower case, S3 its resources in quotes.
    const permission = call.service === 'sqs' ? needed.permission.toLowerCase() : needed.permission
    const resource = call.service === 's3' ? `"${needed.resource}"` : needed.resource
    const on = resource === undefined ? '' : ` on resource: ${resource}`
    const reason = `User: ${user} is not authorized to perform: ${permission}${on} because no identity-based policy allows the ${permission} action`
    const fault = byService({
      logs: ['AccessDeniedException', 400, reason],
      sqs: ['AccessDeniedException', 403, reason, 'AccessDenied'],
      s3: ['AccessDenied', 403, reason],
      ec2: ['UnauthorizedOperation', 403, `You are not authorized to perform this operation. ${reason}`],
      others: ['AccessDenied', 403, reason],
    })
    return fault(call, notAsked)
  }
}

/** A bucket of another region. */
export function otherRegion(region: string): Fault {
  return (call) => {
    const message =
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.'
    const answer = errorAnswer(call, 'PermanentRedirect', 301, message)
    return { ...answer, headers: { ...answer.headers, 'x-amz-bucket-region': region } }
  }
}

/** A token of a page that is not, or no longer, good; for calls that come with one. */
export function invalidPageToken(): Fault {
  return (call, next) =>
    call.input['nextToken'] === undefined
      ? next()
      : errorAnswer(call, 'InvalidParameterException', 400, 'The specified nextToken is invalid.')
}

/** The connection is reset before the answer. */
export function hungUp(): Fault {
  return delivered(() => ({ how: 'hang up' }))
}

/** The connection is reset, or ended, amid the body; after a half of it where no number is given. */
export function cutOff(how: 'reset' | 'end' = 'reset', afterBytes?: number): Fault {
  return delivered((answer) => ({ how, afterBytes: afterBytes ?? answer.body.length >> 1 }))
}

/** A shorter body whose length and connection are in order: only a checksum, or its content, can tell. */
export function shortened(toBytes: number): Fault {
  return async (_call, next) => {
    const answer = await next()
    return { ...answer, body: answer.body.subarray(0, toBytes) }
  }
}

export function slow(pieceBytes: number, pauseMs: number): Fault {
  return delivered(() => ({ how: 'slow', pieceBytes, pauseMs }))
}

/** So many bytes come; the rest when `until` resolves. */
export function stalled(afterBytes: number, until: Promise<void>): Fault {
  return delivered(() => ({ how: 'stall', afterBytes, until }))
}

/** DescribeLogStreams behind the events: AWS updates its times seldom, at times after an hour and more. */
export function staleStreams(behindMs: number): Fault {
  return async (_call, next) => {
    const answer = await next()
    const of = jsonOf(answer.body)
    const streams = (of['logStreams'] ?? []) as Record<string, unknown>[]
    const logStreams = streams.map((stream) => ({
      ...stream,
      ...Object.fromEntries(
        ['lastEventTimestamp', 'lastIngestionTime']
          .filter((name) => typeof stream[name] === 'number')
          .map((name) => [name, (stream[name] as number) - behindMs]),
      ),
    }))
    return jsonAnswer(answer, { ...of, logStreams })
  }
}

/** An answer whose JSON or XML ends amid. */
export function garbled(): Fault {
  return async (_call, next) => {
    const answer = await next()
    return { ...answer, body: answer.body.subarray(0, answer.body.length >> 1) }
  }
}

type Said = readonly [code: string, status: number, message: string, queryCode?: string]

function byService(said: { readonly others: Said } & Readonly<Record<string, Said>>): Fault {
  return (call) => errorAnswer(call, ...(said[call.service] ?? said.others))
}

function delivered(how: (answer: Answer) => Delivery): Fault {
  return async (_call, next) => {
    const answer = await next()
    return { ...answer, delivery: how(answer) }
  }
}

function notAsked(): Promise<Answer> {
  return Promise.reject(new Error('not asked'))
}
