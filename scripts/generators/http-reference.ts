import { z } from 'zod'
import { openApiPath } from '../../src/server/api/openapi-document.ts'
import { CALLS } from '../../src/shared/api/contract.ts'
import { FORMAT_NAMES, FORMATS, mediaTypes } from '../../src/shared/api/formats.ts'
import { LIMITS } from '../../src/shared/api/questions.ts'
import { describeMeasure, FIXED_MEASURES, isStatistic, readMeasure } from '../../src/shared/query/measures.ts'
import type { Generator } from './generator.ts'

/** docs/reference/http.md */
export const httpReference: Generator = {
  name: 'http-reference',
  build: () => ({ 'docs/reference/http.md': page() }),
}

interface Schema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

interface Call {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly answer: z.ZodType
  readonly isTable?: true
  readonly isFile?: true
}

function page(): string {
  const calls: readonly Call[] = Object.values(CALLS)
  const measures = [...FIXED_MEASURES, readMeasure('unique(dst.ip)', '')]
    .filter((measure) => !isStatistic(measure) || measure.startsWith('bps.'))
    .map((measure) => {
      const { label, unit } = describeMeasure(measure)
      return `| \`${measure}\` | ${label} | ${unit ?? ''} |`
    })
  const forms = FORMAT_NAMES.map(
    (name) =>
      `| \`${name}\` | ${mediaTypes(name)
        .map((type) => `\`${type}\``)
        .join(', ')} | ${FORMATS[name].description} |`,
  )
  return `# HTTP

Generated from \`src/shared/api/contract.ts\`. Bodies are JSON, answers too unless another form is asked for. \`GET /api/openapi.json\` describes all of it for programs,
\`GET /metrics\` is for Prometheus. An error is \`{ "error": { "code", "message", "detail"? } }\` with a fitting status; the codes are
[listed](errors.md).

Times are epoch milliseconds, ISO 8601 (UTC where no zone is given) or date math: \`now\`, \`now-24h\`, \`now/d\` (start of the day, UTC),
\`now-24h/10m\` (start of ten minutes, as buckets have it).
A range is \`[from, to)\`. Bytes and packets are numbers while they are exact, and text past 2^53. Addresses are text in their usual
form. Names of registered services are text, words of a list are text, protocols are numbers.

With \`other\`, what the top N leave out stands in the last rows, from \`meta.otherRow\` on; their group cells are null. The rows
add up to \`meta.totals\`. With \`interval\` the first column is \`time\`, the start of the bucket. Rates are over the part of the
bucket that the range covers.

## Forms of an answer

Calls that answer a table do so in any of these forms: \`?format=NAME\`, or \`Accept\` with the media type. Without either it is JSON. The
other forms are streamed; records come up to ${LIMITS.recordsStreamed.toLocaleString('en')} in one answer, if \`limit\` says so. What the answer rests on (\`meta\`, without
its SQL) stands in the header \`weir-meta\`, and in the metadata of Parquet and Arrow under \`weir\`. An answer that breaks off in its midst
is not ended as HTTP ends one, so that programs notice.

| Name | Media type | |
|---|---|---|
${forms.join('\n')}

## Measures

| Name | What it is | Unit |
|---|---|---|
${measures.join('\n')}

Every sum and rate has the statistics that \`bps\` has above; \`unique(…)\` takes any group of a field. What each means is in
[what the numbers mean](../explanation/numbers.md#measures), as are the [groups](../explanation/numbers.md#groups): \`src.ip\`,
\`src.ip/24\`, \`src.port/1000\`, \`bytes/log\`, \`hour\`, \`weekday@Europe/Berlin\`, or as objects
\`{ "field": "src.ip", "prefix": 24, "prefix6": 56 }\`, \`{ "field": "bytes", "bucket": "log" }\`, \`{ "field": "hour", "zone": "Europe/Berlin" }\`.

With several intervals, \`rows\` are of the first, and each other has an entry in \`further\`, with rows of the same columns; \`time\` is null in
those of \`all\`. With \`totals\`, the cells of \`totals\` are those of \`rows\` without the groups'. Other forms than JSON have \`rows\` alone.

    { "from": "now-7d", "groupBy": ["in.if"], "measures": ["bps", "bps.p95", "bps.max"], "orderBy": "bps.p95",
      "interval": ["1h", "all"], "totals": true }

${calls.map(section).join('\n')}`
}

function section(call: Call): string {
  const takes = call.body
    ? `Takes:\n\n${properties(schemaOf(call.body, 'input'))}\n\n`
    : call.query
      ? `Takes, behind the \`?\` of its address:\n\n${properties(schemaOf(call.query, 'input'))}\n\n`
      : ''
  return `## ${call.method} ${openApiPath(call.path)}

${call.summary}${call.isTable ? ' In any [form](#forms-of-an-answer).' : ''}

${takes}Answers${call.isFile ? ' a Parquet file; see [export and import](../how-to/export-and-import.md).' : `:\n\n${properties(schemaOf(call.answer, 'output'))}`}
`
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Schema
}

function properties(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const needed = schema.required?.includes(name) ? '' : ' (optional)'
    const fallback = property.default === undefined ? '' : ` Default: \`${JSON.stringify(property.default)}\`.`
    return `| \`${name}\`${needed} | ${kind(property)} | ${property.description ?? ''}${fallback} |`
  })
  return `| Name | Kind | |\n|---|---|---|\n${rows.join('\n')}`
}

function kind(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(kind).join(' or ')
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.map((word) => `\`${String(word)}\``).join(', ')
  if (schema.type === 'array') return `list of ${schema.items ? kind(schema.items) : 'values'}`
  if (schema.type === 'object') {
    const names = Object.keys(schema.properties ?? {})
    return names.length > 0 ? `object (${names.map((name) => `\`${name}\``).join(' ')})` : 'object'
  }
  const bounds = [
    schema.minimum === undefined || schema.minimum < -1e15 ? '' : `from ${schema.minimum}`,
    schema.maximum === undefined || schema.maximum > 1e15 ? '' : `to ${schema.maximum}`,
  ].filter(Boolean)
  return `${schema.type ?? 'any'}${bounds.length > 0 ? ` ${bounds.join(' ')}` : ''}`
}
