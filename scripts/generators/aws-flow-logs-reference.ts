import { AWS_FIELDS, type AwsField } from '../../src/server/intake/decoders/logs/aws-fields.ts'
import type { Generator } from './generator.ts'

/** docs/reference/aws-flow-logs.md */
export const awsFlowLogsReference: Generator = {
  name: 'aws-flow-logs-reference',
  build: () => ({ 'docs/reference/aws-flow-logs.md': page() }),
}

/** Of the fields that mean more than their value. */
const MEANING: Readonly<Record<Exclude<AwsField['as'], 'text' | 'u64'>, string>> = {
  srcaddr:
    '`src.ip` where the log has no `pkt-srcaddr`, or none in the record; `interface.src.ip` where it has that field',
  dstaddr:
    '`dst.ip` where the log has no `pkt-dstaddr`, or none in the record; `interface.dst.ip` where it has that field',
  'pkt-srcaddr': '`src.ip`',
  'pkt-dstaddr': '`dst.ip`',
  srcport: '`src.port`; null for ICMP',
  dstport: '`dst.port`; null for ICMP',
  protocol: '`proto`',
  start: '`start`; seconds or milliseconds',
  end: '`end`; seconds or milliseconds',
  action: '`action`',
  'log-status': 'OK: a flow. NODATA, SKIPDATA: what the interface did not see; no flow',
  type: '`ip.version`; EFA is kept in `other.fields`',
  'flow-direction': '`direction`, and which end of the flow the interface is',
  'traffic-path': '`traffic.path`; a code that Weir does not know is kept in `other.fields`',
  'tcp-flags':
    '`tcp.flags`, with `tcp.flags.basis` partial; SYN and ACK together say that the destination is the initiator',
  version: 'nothing: the fields say it',
}

function page(): string {
  const rows = Array.from(AWS_FIELDS, ([name, field]) => `| \`${name}\` | ${becomes(field)} |`)
  return `# AWS flow logs

Generated from \`src/server/intake/decoders/logs/aws-fields.ts\`. Weir reads VPC flow logs of versions 2 to 11 and Transit Gateway flow logs of
version 6: as text, as Parquet (columns with \`_\` or \`-\`, plain and Hive paths, any of its codecs), gzipped or not, and in JSON: subscriptions of
CloudWatch Logs, events of Lambda and Kinesis, requests of Firehose, \`{"message": "…"}\`, OTLP log records whose body is the line, and
OCSF's network activity (class 4001). OCSF in Parquet, as Security Lake stores it, and OpenTelemetry's own attributes are not read.

## Which fields a record has

In this order: the header line that files in S3 begin with; the configured layout (\`layout\` of a source, \`weir import --layout\`, \`layout\` of
\`POST /api/import\`; with or without \`\${}\`); for lines of exactly the 14 fields of version 2, these. Any other line is a dead letter,
\`log.unknownLayout\`: nothing is guessed. Parquet files name their columns.

A field that Weir does not know is kept by its name in \`other.fields\`. \`-\`, \`null\` and \`None\` are no value. A record with another number of
fields than its layout, or with a value that cannot be, is a dead letter (\`log.badRecord\`), and the others are taken.

## What is a flow

Every record of which addresses, packets or bytes are known, or of a layout that has none of these. Where there is no \`end\`, the flow
ended at its \`start\`; where there is neither, at the time of the event that it came in, else when it was received. One that ends before it starts,
before 2000, or more than a day after it was received, is a dead letter. \`sampling.rate\` is 1 and \`sampling.source\` \`format\`: flow logs
count every packet. Records that AWS skipped are told by SKIPDATA.

## The ends of a flow

\`src.ip\` and \`dst.ip\` are the packet's own addresses. Account, region, zone, VPC, subnet, instance and interface of the record
(\`vpc.id\` and so on) are those of the interface that reported it. They are those of one end of the flow too (\`src.vpc.id\` or
\`dst.vpc.id\` …): of the destination for ingress, of the source for egress, which \`flow-direction\` says, or the presence of a
\`traffic-path\`. They are left out where neither says it, and where the packet's address on that side is another than the interface's: then the
interface is on the way (a NAT gateway, a load balancer, a transit gateway), or has several addresses, and the record does not say which.
In records of transit gateways each end has fields of its own.

## Fields

| AWS | Becomes |
|---|---|
${rows.join('\n')}
`
}

function becomes(field: AwsField): string {
  if (!('to' in field)) return MEANING[field.as]
  const ends = 'ends' in field && field.ends ? `; \`${field.ends[0]}\` or \`${field.ends[1]}\`` : ''
  return `\`${field.to}\`${ends}`
}
