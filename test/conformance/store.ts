/**
 * What every store must answer, whatever it is made of: fixed flows, hundreds of questions, and answers that a slow and
 * obvious reference works out from the rules of docs/explanation/numbers.md.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Answer, Question, RecordAnswer, RecordQuestion } from '../../src/shared/query/question.ts'
import { makeFlows, makeQuestion, makeRecordQuestion, plain, Random } from './flows.ts'
import { referenceAnswer } from './reference-question.ts'
import { referenceRecords } from './reference.ts'
import type { PlainFlow } from '../support/batches.ts'

/** A store as the suite uses it. */
export interface Conforming {
  /** Resolves when the flows are part of answers. */
  keep(flows: readonly PlainFlow[]): Promise<void>
  query(question: Question): Promise<Answer>
  flows(question: RecordQuestion): Promise<RecordAnswer>
  /** Lets go of all it holds. */
  close(): Promise<void>
}

export interface Variant {
  readonly name: string
  /** Counts up to 2^64 − 1 instead of below 2^53. */
  readonly huge: boolean
  /** Other questions for another seed. */
  readonly seed: number
  readonly questions?: number
}

const QUESTIONS = 200
const RECORD_QUESTIONS = 60
/** Pages that a question is read in at most. */
const PAGES = 5
/** Flows kept at once: what a store does between (row groups, partitions, columns) comes one after the other. */
const AT_ONCE = 400

/** Declares the suite for a store; `open` gives an empty one. */
export function conforms({ name, huge, seed, questions = QUESTIONS }: Variant, open: () => Promise<Conforming>): void {
  describe(name, () => {
    const flows = makeFlows(new Random(huge ? 2 : 1), 1500, huge)
    let store: Conforming

    before(async () => {
      store = await open()
      for (let from = 0; from < flows.length; from += AT_ONCE)
        await store.keep(flows.slice(from, from + AT_ONCE).map(plain))
    })
    after(() => store.close())

    it(`answers ${questions} made-up questions as the reference does`, async () => {
      const random = new Random(seed)
      for (let i = 0; i < questions; i++) {
        const question = makeQuestion(random)
        const expected = referenceAnswer(flows, question)
        const answer = await store.query(question)
        const { totals, sampled, otherRow, groups } = answer.meta
        const further = (answer.further ?? []).map((level) => ({
          rows: level.rows,
          otherRow: level.otherRow,
          together: level.totals ?? null,
        }))
        assert.deepEqual(
          { rows: answer.rows, together: answer.totals ?? null, further, totals, sampled, otherRow, groups },
          expected,
          say(i, question, answer.meta.sql),
        )
      }
    })

    it(`gives the records of ${RECORD_QUESTIONS} made-up questions, each once, in order, page by page`, async () => {
      const random = new Random(12)
      for (let i = 0; i < RECORD_QUESTIONS; i++) {
        const made = makeRecordQuestion(random)
        const expected = referenceRecords(flows, made)
        const question = { ...made, limit: Math.max(made.limit, Math.ceil(expected.length / PAGES)) }
        const rows: RecordAnswer['rows'][number][] = []
        for (let cursor: string | null = null; ;) {
          const page: RecordAnswer = await store.flows({ ...question, cursor })
          assert.equal(page.meta.matched, expected.length, say(i, question, page.meta.sql))
          assert.ok(page.rows.length <= question.limit)
          rows.push(...page.rows)
          cursor = page.cursor
          if (cursor === null) break
        }
        assert.deepEqual(
          inGroups(rows.map((cells, at) => ({ ...expected[at], cells }))),
          inGroups(expected),
          say(i, question, ''),
        )
      }
    })
  })
}

/** Records that share the sort keys may stand in any order among themselves. */
function inGroups(
  records: readonly { cells: readonly unknown[]; sort?: bigint | string | null; end?: bigint }[],
): unknown[] {
  const groups = new Map<string, string[]>()
  for (const { cells, sort, end } of records) {
    const key = `${sort} ${end}`
    groups.set(key, [...(groups.get(key) ?? []), JSON.stringify(cells)])
  }
  return [...groups].map(([key, cells]) => [key, cells.toSorted()])
}

function say(i: number, question: Question | RecordQuestion, sql: string | undefined): string {
  return `question ${i}: ${JSON.stringify(question, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}\n${sql ?? ''}`
}
