/**
 * What a queue says of new objects: events of S3 themselves ("Event message structure", Amazon S3 User Guide), wrapped by a
 * topic of SNS, or as events of EventBridge.
 */
import { z } from 'zod'

/** An object that was told of. */
export interface ToldObject {
  readonly bucket: string
  readonly key: string
  /** As S3 has it, without quotes; null where it was not told. */
  readonly etag: string | null
  readonly bytes: number | null
  /** When it was made; null where it was not told. */
  readonly atMs: number | null
}

const TEXT = z.string().min(1)
const OBJECT = z.object({
  key: TEXT.max(4096),
  size: z.number().nonnegative().optional(),
})
const RECORDS = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      eventTime: z.string().optional(),
      s3: z.object({ bucket: z.object({ name: TEXT }), object: OBJECT.extend({ eTag: z.string().optional() }) }),
    }),
  ),
})
const BRIDGE = z.object({
  'detail-type': z.string(),
  source: z.literal('aws.s3'),
  time: z.string().optional(),
  detail: z.object({ bucket: z.object({ name: TEXT }), object: OBJECT.extend({ etag: z.string().optional() }) }),
})
/** What S3 sends when notifications are set up. */
const TEST = z.object({ Event: z.literal('s3:TestEvent') })
const TOPIC = z.object({ Type: z.literal('Notification'), Message: z.string() })

/**
 * Objects that a message tells of: none where it is a test, or tells that objects were removed. Null where it is nothing of
 * the kind.
 */
export function toldBy(body: string): readonly ToldObject[] | null {
  const json = parsed(body)
  const topic = TOPIC.safeParse(json)
  return told(topic.success ? parsed(topic.data.Message) : json)
}

function told(json: unknown): readonly ToldObject[] | null {
  if (TEST.safeParse(json).success) return []
  const bridge = BRIDGE.safeParse(json)
  if (bridge.success) {
    const { detail, time } = bridge.data
    if (bridge.data['detail-type'] !== 'Object Created') return []
    // EventBridge gives keys as they are.
    const { key, size, etag } = detail.object
    return [{ bucket: detail.bucket.name, key, etag: etag ?? null, bytes: size ?? null, atMs: moment(time) }]
  }
  const records = RECORDS.safeParse(json)
  if (!records.success) return null
  return records.data.Records.filter(({ eventName }) => /^(s3:)?ObjectCreated:/.test(eventName)).map(
    ({ s3: { bucket, object }, eventTime }) => ({
      bucket: bucket.name,
      key: decoded(object.key),
      etag: object.eTag ?? null,
      bytes: object.size ?? null,
      atMs: moment(eventTime),
    }),
  )
}

/** S3 encodes keys as forms do: a space is `+`, the rest by percent, in some events `/` and `=` too. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return key
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function moment(text: string | undefined): number | null {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isFinite(at) ? at : null
}
