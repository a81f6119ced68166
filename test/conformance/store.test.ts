/** A store answers what the reference answers: fixed flows, hundreds of questions. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { PLAN_LIMITS } from '../../src/server/stores/duckdb/plan.ts'
import { DuckStore } from '../../src/server/stores/duckdb/store.ts'
import type { Question, RecordAnswer, RecordQuestion } from '../../src/shared/query/question.ts'
import { batchesOf } from '../support/batches.ts'
import { makeFlows, makeQuestion, makeRecordQuestion, plain, Random } from './flows.ts'
import { referenceAnswer } from './reference-question.ts'
import { referenceRecords } from './reference.ts'

const QUESTIONS = 200
const RECORD_QUESTIONS = 60
/** Pages that a question is read in at most. */
const PAGES = 5

/** So that sums are taken however few flows there are, where they name all groups. */
const SUMS_FIRST = { ...PLAN_LIMITS, flowsOfDay: 0, flowsInAll: Number.POSITIVE_INFINITY }

for (const { name, huge, seed, kept } of [
  { name: 'counts below 2^53', huge: false, seed: 11, kept: false },
  { name: 'counts up to 2^64 − 1', huge: true, seed: 13, kept: false },
  { name: 'from sums kept of half of the flows', huge: false, seed: 17, kept: true },
  { name: 'from sums kept, counts up to 2^64 − 1', huge: true, seed: 19, kept: true },
]) {
  describe(`DuckDB, ${name}`, () => {
    const flows = makeFlows(new Random(huge ? 2 : 1), 1500, huge)
    const folder = mkdtempSync(join(tmpdir(), 'weir-conformance-'))
    let store: DuckStore

    before(async () => {
      store = await DuckStore.open({
        dataDir: folder,
        threads: 2,
        memoryLimitBytes: 256 * 2 ** 20,
        ...(kept ? { planLimits: SUMS_FIRST } : {}),
      })
      // In several commits, so that row groups, partitions and columns come one after the other.
      for (let from = 0; from < flows.length; from += 400) {
        for (const batch of batchesOf(flows.slice(from, from + 400).map(plain))) await store.append(batch)
        await store.commit()
        if (kept && from === 400) await store.settle()
      }
    })
    after(async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    })

    it(`answers ${QUESTIONS} made-up questions as the reference does`, async () => {
      const random = new Random(seed)
      for (let i = 0; i < QUESTIONS; i++) {
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
