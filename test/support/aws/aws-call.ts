/** What a request of an AWS client asks for, and how its service says errors. */
import type { IncomingHttpHeaders } from 'node:http'
import { ACCOUNT } from './resources.ts'

/** How a service speaks: CloudWatch Logs, SQS and EventBridge in JSON, STS, SNS and IAM in XML, EC2 and S3 in XML of their own. */
export type Protocol = 'json' | 'query' | 'ec2' | 's3'

export interface Call {
  /** Name of the operation: `FilterLogEvents`, `GetObject`. */
  readonly action: string
  /** As in its signature: `logs`, `s3`. */
  readonly service: string
  readonly region: string
  readonly accessKeyId: string
  readonly protocol: Protocol
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** What was given to the operation; of S3 `Bucket`, `Key` and what stands in the query. */
  readonly input: Readonly<Record<string, unknown>>
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** How it is handed over, where that is not simply whole. */
  readonly delivery?: Delivery
}

export type Delivery =
  /** So many bytes of the body come, then the connection is reset or ended. */
  | { readonly how: 'reset' | 'end'; readonly afterBytes: number }
  /** The connection is reset before the first byte of an answer. */
  | { readonly how: 'hang up' }
  | { readonly how: 'slow'; readonly pieceBytes: number; readonly pauseMs: number }
  /** So many bytes come, and the rest when the promise resolves. */
  | { readonly how: 'stall'; readonly afterBytes: number; readonly until: Promise<void> }

export function readCall(method: string, path: string, headers: IncomingHttpHeaders, body: Buffer): Call {
  const [, accessKeyId = '', region = '', service = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? []
  const common = { service, region, accessKeyId, method, path, headers, body }
  const target = headers['x-amz-target']
  if (typeof target === 'string') {
    return { ...common, protocol: 'json', action: target.slice(target.indexOf('.') + 1), input: jsonOf(body) }
  }
  if (service === 's3') return { ...common, protocol: 's3', ...s3Call(method, path) }
  const input = Object.fromEntries(new URLSearchParams(body.toString()))
  return { ...common, protocol: service === 'ec2' ? 'ec2' : 'query', action: input['Action'] ?? '', input }
}

/** An object of JSON; of anything else an empty one. */
export function jsonOf(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** A text or number of the input; empty where it is not there. */
export function textOf(call: Call, name: string): string {
  const value = call.input[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function jsonAnswer(answer: Answer, of: object): Answer {
  return { ...answer, body: Buffer.from(JSON.stringify(of)) }
}

/** An error in the form of the service. */
export function errorAnswer(call: Call, code: string, status: number, message: string, queryCode = code): Answer {
  const id = '0b1c2d3e-0000-4000-8000-0123456789ab'
  const xml = (text: string, headers: Record<string, string> = {}): Answer => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': id, ...headers },
    body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`),
  })
  const said = `<Code>${code}</Code><Message>${escape(message)}</Message>`
  switch (call.protocol) {
    case 'json': {
      const sqs = call.service === 'sqs'
      return {
        status,
        headers: {
          'content-type': sqs ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1',
          'x-amzn-requestid': id,
          // SQS says its older names beside (awsQueryCompatible).
          ...(sqs ? { 'x-amzn-query-error': `${queryCode};${status < 500 ? 'Sender' : 'Receiver'}` } : {}),
        },
        body: Buffer.from(JSON.stringify({ __type: sqs ? `com.amazonaws.sqs#${code}` : code, message })),
      }
    }
    case 'query':
      return xml(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>${said}</Error><RequestId>${id}</RequestId></ErrorResponse>`,
      )
    case 'ec2':
      return xml(`<Response><Errors><Error>${said}</Error></Errors><RequestID>${id}</RequestID></Response>`)
    case 's3':
      // To HEAD it has no body, so its client knows the status only.
      return xml(
        call.method === 'HEAD' ? '' : `<Error>${said}<RequestId>${id}</RequestId><HostId>host</HostId></Error>`,
        {
          'content-type': 'application/xml',
          'x-amz-request-id': id,
        },
      )
  }
}

/** The permission that the operation needs, and the ARN of what it is needed for; operations of EC2 that describe have none. */
export function permissionOf(call: Call): { readonly permission: string; readonly resource?: string } {
  const { service, region, action } = call
  const arn = (rest: string) => `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`
  if (service === 's3') {
    const [bucket, key] = [textOf(call, 'Bucket'), textOf(call, 'Key')]
    const resource = `arn:aws:s3:::${key === '' ? bucket : `${bucket}/${key}`}`
    return { permission: `s3:${S3_PERMISSIONS[action] ?? action}`, resource }
  }
  if (service === 'logs') {
    const group = textOf(call, 'logGroupName') || textOf(call, 'logGroupIdentifier')
    return { permission: `logs:${action}`, resource: arn(`log-group:${group}:log-stream:`) }
  }
  if (service === 'sqs') {
    const resource = arn(textOf(call, 'QueueUrl').split('/').at(-1) ?? '')
    return { permission: `sqs:${action.replace(/Batch$/, '')}`, resource }
  }
  if (service === 'sts') return { permission: `sts:${action}`, resource: textOf(call, 'RoleArn') }
  return { permission: `${service}:${action}` }
}

const S3_PERMISSIONS: Readonly<Record<string, string>> = {
  ListObjectsV2: 'ListBucket',
  ListObjects: 'ListBucket',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListBuckets: 'ListAllMyBuckets',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
}

/** Operations on a bucket that a word in the query tells apart. */
const S3_BY_QUERY: Readonly<Record<string, string>> = {
  location: 'BucketLocation',
  notification: 'BucketNotificationConfiguration',
}

/** By path: `/bucket/key`. */
function s3Call(method: string, path: string): Pick<Call, 'action' | 'input'> {
  const url = new URL(path, 'http://s3')
  const [, Bucket = '', ...rest] = url.pathname.split('/')
  const Key = decodeURIComponent(rest.join('/'))
  const input = {
    ...Object.fromEntries(url.searchParams),
    ...(Bucket === '' ? {} : { Bucket }),
    ...(Key === '' ? {} : { Key }),
  }
  const verb = method.charAt(0) + method.slice(1).toLowerCase()
  if (Bucket === '') return { action: 'ListBuckets', input }
  if (Key !== '') return { action: `${verb}Object`, input }
  const special = Object.keys(S3_BY_QUERY).find((word) => url.searchParams.has(word))
  if (special) return { action: `${verb}${S3_BY_QUERY[special]}`, input }
  if (method !== 'GET') return { action: `${method === 'PUT' ? 'Create' : verb}Bucket`, input }
  return { action: url.searchParams.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects', input }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
