/**
 * One entry for each HTTP call: its path, what it takes and what it answers. Validation at the edge, the OpenAPI
 * description, the page's client and the command line's all derive from it. The page imports only its types.
 */
import { z } from 'zod'
import { compareAnswer, compareBody } from './compare.ts'
import { conversationAnswer, conversationBody, surroundingAnswer, surroundingBody } from './around.ts'
import { lettersAnswer, lettersQuery, readAgainAnswer, readAgainBody } from './letters.ts'
import { cloudInterfacesAnswer, cloudInterfacesQuery } from './cloud-interfaces.ts'
import { coverageAnswer, coverageBody } from './coverage.ts'
import { countersAnswer, countersBody, interfacesAnswer, interfacesBody } from './counters.ts'
import { exporterEntry } from './exporters.ts'
import { filterPlace, filtersAnswer, namedFilterBody } from './filters.ts'
import { healthAnswer } from './health.ts'
import { flowsAnswer, flowsBody, KIND_NAMES, LIMITS, queryAnswer, queryBody } from './questions.ts'
import { seenAnswer, seenQuery } from './seen.ts'
import { suggestAnswer, suggestQuery } from './suggest.ts'
import { backupAnswer, backupBody, exportBody, importAnswer, importQuery } from './upkeep.ts'

const fieldEntry = z.object({
  name: z.string(),
  kind: z.enum(KIND_NAMES),
  label: z.string(),
  role: z.enum(['time', 'dimension', 'measure']),
  unit: z.string().optional(),
  aliases: z.array(z.string()),
  codes: z.array(z.string()).optional(),
  elements: z.array(z.string()),
  /** May stand in `groupBy`. */
  groupable: z.boolean(),
  description: z.string(),
})

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/api/${string}`
  readonly summary: string
  /** What stands in the path, as in `/api/filters/:name`. */
  readonly place?: z.ZodType
  readonly body?: z.ZodType
  /** What stands behind the ? of its address. */
  readonly query?: z.ZodObject
  readonly answer: z.ZodType
  /** The body is a file. */
  readonly takesFile?: true
  /** The answer is a Parquet file. */
  readonly isFile?: true
  /** The answer has columns and rows, and comes in every form of formats.ts. */
  readonly isTable?: true
}

export const CALLS = {
  health: {
    method: 'GET',
    path: '/api/health',
    summary: 'Whether the numbers are complete: the pipeline with every named loss, and the store.',
    answer: healthAnswer,
  },
  fields: {
    method: 'GET',
    path: '/api/fields',
    summary: 'The fields that flows have.',
    answer: z.object({ fields: z.array(fieldEntry) }),
  },
  exporters: {
    method: 'GET',
    path: '/api/exporters',
    summary: 'Exporters with templates, sampling, loss and clock.',
    answer: z.object({ exporters: z.array(exporterEntry) }),
  },
  query: {
    method: 'POST',
    path: '/api/query',
    summary: 'Sums by any dimensions, over time or in all.',
    body: queryBody,
    answer: queryAnswer,
    isTable: true,
  },
  flows: {
    method: 'POST',
    path: '/api/flows',
    summary: 'Records, page by page.',
    body: flowsBody,
    answer: flowsAnswer,
    isTable: true,
  },
  compare: {
    method: 'POST',
    path: '/api/compare',
    summary: 'What is different in a window of time: the values that explain it, ranked.',
    body: compareBody,
    answer: compareAnswer,
  },
  surrounding: {
    method: 'POST',
    path: '/api/surrounding',
    summary: 'What the exporter of a record reported before and after it, whatever the filter.',
    body: surroundingBody,
    answer: surroundingAnswer,
  },
  conversation: {
    method: 'POST',
    path: '/api/conversation',
    summary: 'Both directions of a conversation side by side: sums and records of each.',
    body: conversationBody,
    answer: conversationAnswer,
  },
  interfaces: {
    method: 'POST',
    path: '/api/interfaces',
    summary: 'What the interfaces of an exporter counted, beside what its flows say that went through them.',
    body: interfacesBody,
    answer: interfacesAnswer,
  },
  cloudInterfaces: {
    method: 'GET',
    path: '/api/cloud-interfaces',
    summary: 'Network interfaces of a cloud, as it tells of them: names, security groups, tags.',
    query: cloudInterfacesQuery,
    answer: cloudInterfacesAnswer,
  },
  coverage: {
    method: 'POST',
    path: '/api/coverage',
    summary: 'Which interfaces of a cloud saw nothing, or were left out of its flow logs, and when.',
    body: coverageBody,
    answer: coverageAnswer,
  },
  counters: {
    method: 'POST',
    path: '/api/counters',
    summary: 'What a device counts of itself, over time: interfaces, processors, memory, disks.',
    body: countersBody,
    answer: countersAnswer,
  },
  filter: {
    method: 'POST',
    path: '/api/filter',
    summary: 'Reads a filter without asking anything; says where it is wrong.',
    body: z.strictObject({ filter: z.string().max(LIMITS.filterLength) }),
    answer: z.object({
      problems: z.array(z.object({ from: z.number(), to: z.number(), message: z.string() })),
      /** The same filter with the fields' own names instead of aliases. */
      canonical: z.string(),
    }),
  },
  filters: {
    method: 'GET',
    path: '/api/filters',
    summary: 'Named filters: what @office stands for in other filters.',
    answer: filtersAnswer,
  },
  keepFilter: {
    method: 'PUT',
    path: '/api/filters/:name',
    summary: 'Keeps a filter under a name; answers all that are kept.',
    place: filterPlace,
    body: namedFilterBody,
    answer: filtersAnswer,
  },
  dropFilter: {
    method: 'DELETE',
    path: '/api/filters/:name',
    summary: 'Drops a named filter that no other one names; answers those that are left.',
    place: filterPlace,
    answer: filtersAnswer,
  },
  seen: {
    method: 'GET',
    path: '/api/seen',
    summary:
      'When an address or a network was seen: first, last, and each day with its flows and bytes, over all that is kept.',
    query: seenQuery,
    answer: seenAnswer,
  },
  suggest: {
    method: 'GET',
    path: '/api/suggest',
    summary:
      'What may stand at the cursor of a filter that is being typed: fields, operators, values by how many flows have them.',
    query: suggestQuery,
    answer: suggestAnswer,
  },
  backup: {
    method: 'POST',
    path: '/api/backup',
    summary:
      'Copies the data folder to another one of the same machine, as it is at a moment; what an earlier backup there has already is left. For who can read the data folder: the header `weir-token` has what its file `token` says.',
    body: backupBody,
    answer: backupAnswer,
  },
  exportFlows: {
    method: 'POST',
    path: '/api/export',
    summary:
      'Flows that ended in a range, with all that is stored of them, as a Parquet file for `weir import`. The header `weir-flows` says how many.',
    body: exportBody,
    answer: z.unknown(),
    isFile: true,
  },
  importFile: {
    method: 'POST',
    path: '/api/import',
    summary: 'Takes in the body: a capture with flow datagrams, or flows that a Weir has exported. One at a time.',
    query: importQuery,
    answer: importAnswer,
    takesFile: true,
  },
  letters: {
    method: 'GET',
    path: '/api/letters',
    summary: 'Dead letters: records of flow logs that were not taken, with what is wrong with each.',
    query: lettersQuery,
    answer: lettersAnswer,
  },
  readAgain: {
    method: 'POST',
    path: '/api/letters',
    summary:
      'Reads the dead letters again, with a layout that was missing or by a newer Weir. One at a time with imports.',
    body: readAgainBody,
    answer: readAgainAnswer,
  },
  demo: {
    method: 'POST',
    path: '/api/demo',
    summary: "Starts or stops demo traffic, sent as real datagrams to this server's own listener.",
    body: z.strictObject({ run: z.boolean(), flowsPerSecond: z.int().min(1).max(20_000).default(500) }),
    answer: z.object({ running: z.boolean(), flowsPerSecond: z.number() }),
  },
} as const satisfies Record<string, Call>

export type CallName = keyof typeof CALLS
/** What a call takes, as a client writes it: its body, or what stands behind the ? of its address. */
export type BodyOf<C extends CallName> = (typeof CALLS)[C] extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : (typeof CALLS)[C] extends { query: infer Q extends z.ZodType }
    ? z.input<Q>
    : undefined
export type AnswerOf<C extends CallName> = z.output<(typeof CALLS)[C]['answer']>
