/** What the configuration says of sources: where flow logs come from, besides datagrams. */
import { z } from 'zod'
import { LOG_TYPES } from '../../shared/schema/codes.ts'
import { layoutOf } from '../intake/decoders/logs/log-format.ts'

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/i, 'letters, digits, dots, dashes and underscores, at most 63')
  .meta({ description: 'What the source is called: in `source.name`, on Health, and for its saved position.' })
const layout = z.string().trim().min(1).max(8192).transform(layoutOf).optional().meta({
  description:
    'Fields of the records in their order, as AWS writes a custom format: `${version} ${vpc-id} …`. Where it is not given, the header line or the cloud says it.',
})
const format = z
  .enum(LOG_TYPES)
  .optional()
  .meta({ description: `Format of the records, where it cannot be seen from them: ${LOG_TYPES.join(', ')}.` })

/** What all of AWS have. Credentials come in the usual ways of AWS's own tools, and from nowhere else. */
const aws = {
  region: z.string().min(1).max(64).optional().meta({ description: 'AWS region; `AWS_REGION` where it is not given.' }),
  role: z.string().startsWith('arn:').max(2048).optional().meta({ description: 'Role to assume.' }),
  externalId: z.string().min(2).max(1224).optional().meta({ description: 'External id to assume it with.' }),
  endpoint: z
    .url()
    .optional()
    .meta({ description: 'Another address than that of AWS, for servers that speak as it does.' }),
  interfaces: z.boolean().default(true).meta({
    description: 'Whether AWS is asked for the names, tags and security groups of network interfaces.',
  }),
}
const duration = (fallback: string) =>
  z
    .string()
    .regex(/^\d+(s|m|h|d)$/, 'a duration such as 2h')
    .default(fallback)
    .transform((text) => Number.parseInt(text, 10) * (UNITS[text.at(-1) as keyof typeof UNITS] as number))
const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const moment = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .transform((text) => Date.parse(text))

const cloudwatch = z.strictObject({
  type: z.literal('cloudwatch'),
  name,
  ...aws,
  groups: z.array(z.string().min(1).max(512)).min(1).max(100).meta({ description: 'Log groups, by name or ARN.' }),
  layout,
  overlap: duration('2h').meta({
    description: 'How far back is read again each time, for events that come late. Each is taken once.',
  }),
  interval: duration('10s').meta({ description: 'How often it is asked for new events.' }),
  from: moment.optional().meta({
    description:
      'From when on the past is taken in too, such as `2026-11-01`; without it, what the overlap reaches at the first start.',
  }),
})

const s3 = z.strictObject({
  type: z.literal('s3'),
  name,
  ...aws,
  bucket: z.string().min(3).max(255).meta({ description: 'Bucket that the logs are in.' }),
  prefix: z.string().max(1024).default('').meta({ description: 'What the keys of the logs begin with.' }),
  queue: z.url().optional().meta({
    description: 'Address of the SQS queue that S3 tells of new objects. Without it, the bucket is listed.',
  }),
  pathStyle: z.boolean().default(false).meta({ description: 'Whether the bucket stands in the path of addresses.' }),
  format,
  layout,
  interval: duration('1m').meta({ description: 'How often the bucket is listed, where there is no queue.' }),
  from: moment.optional().meta({ description: 'From when on objects of the past are taken in too.' }),
})

const push = {
  name,
  key: z.string().min(16).max(4096).meta({
    description: 'What senders must present: the access key of Firehose, the token of a push address.',
  }),
  format,
  layout,
}
const firehose = z.strictObject({ type: z.literal('firehose'), ...push })
const pubsub = z.strictObject({ type: z.literal('pubsub'), ...push })

const azure = z.strictObject({
  type: z.literal('azure'),
  name,
  container: z.url().meta({
    description:
      'Container that the logs are in: `https://ACCOUNT.blob.core.windows.net/insights-logs-flowlogflowevent`.',
  }),
  sas: z.string().max(4096).optional().meta({
    description: 'Shared access signature for it, with the permissions read and list: what stands behind the `?`.',
  }),
  prefix: z.string().max(1024).default('').meta({ description: 'What the names of the blobs begin with.' }),
  key: push.key.optional().meta({
    description: 'Token of the address that Event Grid may tell of new blobs: `/ingest/azure/NAME?token=KEY`.',
  }),
  format,
  layout,
  interval: duration('1m').meta({ description: 'How often the container is listed.' }),
  from: moment.optional().meta({
    description: 'From when on blobs of the past are taken in too; without it, from the first start on.',
  }),
})

const folder = z.strictObject({
  type: z.literal('folder'),
  name,
  path: z.string().min(1).max(4096).meta({ description: 'Folder whose files are taken in, with those below it.' }),
  format,
  layout,
  interval: duration('5s').meta({ description: 'How often it is looked into.' }),
})

export const SOURCE = z.discriminatedUnion('type', [cloudwatch, s3, firehose, pubsub, azure, folder])

/** Durations are milliseconds, moments epoch milliseconds. */
export type SourceSettings = z.output<typeof SOURCE>
export type SourceKind = SourceSettings['type']
export type SettingsOf<K extends SourceKind> = Extract<SourceSettings, { readonly type: K }>

export const SOURCES = z
  .array(SOURCE)
  .max(64)
  .refine((all) => new Set(all.map((each) => each.name)).size === all.length, 'two sources have the same name')
  .default([])
  .meta({ description: 'Where flow logs come from, besides datagrams.' })

export type AwsSource = SettingsOf<'cloudwatch'> | SettingsOf<'s3'>

export function awsSources(sources: readonly SourceSettings[]): AwsSource[] {
  return sources.filter((each): each is AwsSource => each.type === 'cloudwatch' || each.type === 's3')
}
