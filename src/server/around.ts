/** What stands around a record, put together from several questions. */
import type { AnswerOf } from '../shared/api/contract.ts'
import type { Direction, Surrounding } from '../shared/query/around.ts'
import type { Answer, RecordAnswer, RecordQuestion } from '../shared/query/question.ts'
import type { Frozen } from './frozen.ts'

/** Who answers the questions; see `Questions`. */
export interface Asked {
  query(question: Direction['sums'], signal: AbortSignal): Promise<Answer>
  flows(question: RecordQuestion, signal: AbortSignal): Promise<RecordAnswer>
}

export async function surrounding(
  { after, at, before }: Surrounding,
  asked: Asked,
  signal: AbortSignal,
): Promise<Frozen<AnswerOf<'surrounding'>>> {
  const began = performance.now()
  const ask = (question: RecordQuestion | null) => (question ? asked.flows(question, signal) : null)
  const [later, same, earlier] = await Promise.all([ask(after), asked.flows(at, signal), ask(before)])
  const laterRows = later?.rows.toReversed() ?? []
  const earlierRows = earlier?.rows ?? []
  return {
    columns: same.columns,
    rows: [...laterRows, ...same.rows, ...earlierRows],
    after: laterRows.length,
    at: same.rows.length,
    before: earlierRows.length,
    tookMs: performance.now() - began,
  }
}

export async function conversation(
  { there, back }: { readonly there: Direction; readonly back: Direction },
  asked: Asked,
  signal: AbortSignal,
): Promise<Frozen<AnswerOf<'conversation'>>> {
  const began = performance.now()
  const [a, b] = await Promise.all([there, back].map((direction) => answerOf(direction, asked, signal)))
  return {
    columns: (a as Answered).columns,
    there: (a as Answered).direction,
    back: (b as Answered).direction,
    from: there.sums.fromMs,
    to: there.sums.toMs,
    tookMs: performance.now() - began,
  }
}

type Answered = Awaited<ReturnType<typeof answerOf>>

async function answerOf({ sums, records, oldest }: Direction, asked: Asked, signal: AbortSignal) {
  const [summed, newest, first] = await Promise.all([
    asked.query(sums, signal),
    asked.flows({ ...records, fields: [...records.fields, 'end'] }, signal),
    asked.flows(oldest, signal),
  ])
  const [bytes = null, packets = null, flows = null] = summed.rows[0] ?? []
  const time = (value: unknown) => (typeof value === 'number' ? value : null)
  return {
    columns: newest.columns.slice(0, -1),
    direction: {
      bytes,
      packets,
      flows,
      first: time(first.rows[0]?.[0]),
      last: time(newest.rows[0]?.at(-1)),
      rows: newest.rows.map((row) => row.slice(0, -1)),
    },
  }
}
