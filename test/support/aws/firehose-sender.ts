/**
 * Delivers records to an HTTP endpoint as Amazon Data Firehose does, and is as strict with the answer ("HTTP endpoint delivery
 * request and response specifications" in its developer guide).
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import { ACCOUNT, REGION } from './resources.ts'

export interface DeliveryOptions {
  readonly accessKey: string
  /** Whether the body is compressed. */
  readonly gzip?: boolean
  /** The same at each attempt of one request. */
  readonly requestId?: string
  readonly commonAttributes?: Readonly<Record<string, string>>
}

export interface DeliveryResult {
  /** Whether Firehose forgets the records; else it delivers them again, later. */
  readonly accepted: boolean
  readonly status: number
  readonly body: string
  /** What it does not take of the answer. */
  readonly complaint: string | null
}

export async function deliver(
  url: string,
  records: readonly (string | Uint8Array)[],
  { accessKey, gzip = false, requestId = randomUUID(), commonAttributes = {} }: DeliveryOptions,
): Promise<DeliveryResult> {
  const json = JSON.stringify({
    requestId,
    timestamp: Date.now(),
    records: records.map((record) => ({ data: Buffer.from(record).toString('base64') })),
  })
  const body = gzip ? gzipSync(json) : Buffer.from(json)
  const headers = {
    'X-Amz-Firehose-Protocol-Version': '1.0',
    'X-Amz-Firehose-Request-Id': requestId,
    'X-Amz-Firehose-Source-Arn': `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/flow-logs`,
    'X-Amz-Firehose-Access-Key': accessKey,
    'X-Amz-Firehose-Common-Attributes': JSON.stringify({ commonAttributes }),
    'User-Agent': 'Amazon Kinesis Data Firehose Agent/1.0',
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
  }
  const sent = request(url, { method: 'POST', headers })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  const status = response.statusCode ?? 0
  const complaint = complaintOf(response, text, requestId)
  return { accepted: status === 200 && complaint === null, status, body: text, complaint }
}

/** A record of a subscription of CloudWatch Logs: gzip of its JSON. Without events it is the test of the subscription. */
export function subscriptionRecord(
  logGroup: string,
  logStream: string,
  events: readonly { readonly timestamp: number; readonly message: string }[],
): Uint8Array {
  const data = {
    messageType: events.length > 0 ? 'DATA_MESSAGE' : 'CONTROL_MESSAGE',
    owner: events.length > 0 ? ACCOUNT : 'CloudwatchLogs',
    logGroup: events.length > 0 ? logGroup : '',
    logStream: events.length > 0 ? logStream : '',
    subscriptionFilters: events.length > 0 ? ['flow-logs'] : [],
    logEvents:
      events.length > 0
        ? events.map(({ timestamp, message }, i) => ({
            id: `${timestamp}${String(i).padStart(43, '0')}`,
            timestamp,
            message,
          }))
        : [{ id: '', timestamp: Date.now(), message: 'CWL CONTROL MESSAGE: Checking health of destination Firehose.' }],
  }
  return gzipSync(JSON.stringify(data))
}

const MAX_ANSWER_BYTES = 1_048_576

function complaintOf({ headers }: IncomingMessage, body: string, requestId: string): string | null {
  const type = headers['content-type']?.split(';')[0]
  if (type !== 'application/json') return `content type ${type ?? 'missing'}, not application/json`
  if (headers['content-encoding'] !== undefined) return `content encoding ${headers['content-encoding']}`
  if (headers['content-length'] === undefined) return 'no content length'
  if (body.length > MAX_ANSWER_BYTES) return 'more than 1 MiB'
  try {
    const said = JSON.parse(body) as { requestId?: unknown; timestamp?: unknown }
    if (said.requestId !== requestId) return `request id ${JSON.stringify(said.requestId)}, not ${requestId}`
    if (!Number.isSafeInteger(said.timestamp)) return `timestamp ${JSON.stringify(said.timestamp)}`
    return null
  } catch {
    return 'no JSON'
  }
}
