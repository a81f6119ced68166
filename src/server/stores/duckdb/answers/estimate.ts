/**
 * A first answer to a question that takes long, out of a part of the flows: every so many vectors of 2,048 rows, drawn by
 * the database without reading the others. Sums that are kept are taken as they are. Neighbouring rows are alike, so the
 * error is worked out from how much sixteenths of the sample differ, not from the number of flows.
 */
import type { AnswerMeta, Question } from '../../../../shared/query/question.ts'
import { MEASURES, partsOf, type Measure } from '../../../../shared/query/measures.ts'
import type { Reader } from '../files/database.ts'
import type { PlanLimits } from './plan.ts'
import type { Sums } from './query.ts'
import { isFlowGroup } from '../sql/groups.ts'
import type { FlowsPart, Part } from '../sql/source.ts'
import { groupNames, shapeOf, sums as addedUp, type Shape } from '../sql/sums.ts'

/** Flows of the sample, about: 50 ms of reading. */
const SAMPLE_FLOWS = 1_500_000
const REPLICATES = 16
const VECTOR_ROWS = 2048
/** Standard errors that 95 of 100 estimates lie within. */
const SURE = 1.96

/** Whether a sample says anything of all that is asked: it does not of extremes and of how many there are of something. */
export function canEstimate({ measures, orderBy, groupBy, furtherMs, scope, topPer }: Question): boolean {
  const kinds = [...measures, orderBy].map((measure) => partsOf(measure).kind)
  return (
    kinds.every((kind) => kind === 'sum' || kind === 'share' || kind === 'ratio') &&
    groupBy.every(isFlowGroup) &&
    furtherMs.length === 0 &&
    topPer === 'range' &&
    scope !== 'deduplicated'
  )
}

/** One vector in so many is enough; null where the exact answer is there soon. */
export function sampleOf(parts: readonly Part[], { groups }: Shape, { estimateFrom }: PlanLimits): number | null {
  const flows = parts.reduce((sum, part) => sum + ('table' in part ? 0 : rowsOf(part)), 0)
  if (flows < estimateFrom / (groups.length > 2 ? 4 : 1)) return null
  return Math.max(2, Math.round(flows / SAMPLE_FLOWS))
}

/** The same with one vector in `oneIn` of the flows, for all of them. */
export function sampledSums(sums: Sums, oneIn: number): Sums {
  const parts = async (shape: Shape) => drawn(await sums.parts(shape), oneIn)
  return { ...sums, of: async (shape) => addedUp(shape, await parts(shape)), parts }
}

function drawn(parts: readonly Part[], oneIn: number): Part[] {
  return parts.map((part) => ('table' in part ? part : { ...part, oneIn }))
}

/** How far the value of a group, or all together, may be off, as a share of the total: 95 of 100 are nearer. */
export async function sampleError(
  question: Question,
  parts: readonly Part[],
  totals: AnswerMeta['totals'],
  reader: Reader,
): Promise<number | null> {
  const shape = shapeOf(question, question.groupBy.filter(isFlowGroup), null)
  const flows = parts.filter((part): part is FlowsPart => !('table' in part))
  const count = countedBy(question.orderBy)
  const total = Number(totals[count])
  if (flows.length === 0 || !(total > 0)) return null
  const keys = groupNames(shape)
  const replicate = `g${keys.length}`
  const each = addedUp(
    {
      ...shape,
      groups: [...shape.groups, `rowid // ${VECTOR_ROWS} % ${REPLICATES}`],
      columns: [...shape.columns, 'rowid'],
    },
    flows,
  )
  const squares = `sqrt(greatest(sum(v * v) - sum(v) * sum(v) / ${REPLICATES}, 0) * ${REPLICATES} / ${REPLICATES - 1})`
  const named = keys.length > 0 ? ` GROUP BY ${keys.join(', ')} ORDER BY sum(v) DESC LIMIT ${question.limit}` : ''
  const list = [...keys, `${replicate} AS part`, `coalesce(sum("${count}"), 0)::DOUBLE AS v`].join(', ')
  const rows = await reader.rows(
    `WITH parts AS MATERIALIZED (SELECT ${list} FROM (${each}) GROUP BY ALL) SELECT max(off) FROM ((SELECT ${squares} AS off FROM parts${named}) UNION ALL SELECT ${squares} FROM (SELECT sum(v) AS v FROM parts GROUP BY part))`,
  )
  const off = rows[0]?.[0]
  return off === null || off === undefined ? null : (SURE * Number(off)) / total
}

function countedBy(measure: Measure): 'bytes' | 'packets' | 'flows' {
  const parts = partsOf(measure)
  const of = parts.kind === 'sum' ? MEASURES[parts.of].of : parts.kind === 'share' ? parts.of : 'bytes'
  return of === 'bytes.l2' ? 'bytes' : of
}

function rowsOf({ source: { rows } }: FlowsPart): number {
  return rows && rows.to !== null ? rows.to - rows.from : 0
}
