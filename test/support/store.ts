/** A store in a folder, and questions with everything that a test leaves out. */
import { PLAIN, type Question, type RecordQuestion } from '../../src/shared/query/question.ts'
import { DuckStore, type StoreOptions } from '../../src/server/stores/duckdb/store.ts'
import { batchesOf, type PlainFlow } from './batches.ts'

export function openStore(dataDir: string, options: Partial<StoreOptions> = {}): Promise<DuckStore> {
  return DuckStore.open({ dataDir, threads: 2, memoryLimitBytes: 256 * 2 ** 20, ...options })
}

/** Appends and commits. */
export async function keep(store: DuckStore, flows: readonly PlainFlow[]): Promise<void> {
  for (const batch of batchesOf(flows)) await store.append(batch)
  await store.commit()
}

const ALWAYS = { fromMs: 0, toMs: Date.UTC(2200, 0), filter: null, scope: 'all' } as const

export function question(parts: Partial<Question> = {}): Question {
  return {
    ...ALWAYS,
    ...PLAIN,
    groupBy: [],
    measures: ['bytes', 'packets', 'flows'],
    intervalMs: null,
    limit: 10,
    orderBy: 'bytes',
    ...parts,
  }
}

export function recordQuestion(parts: Partial<RecordQuestion> = {}): RecordQuestion {
  return {
    ...ALWAYS,
    fields: ['end', 'bytes'],
    sort: { field: 'end', descending: true },
    limit: 100,
    cursor: null,
    count: 'exact',
    ...parts,
  }
}

/** Bytes, packets and flows of everything kept. */
export async function totalsOf(store: DuckStore): Promise<readonly unknown[]> {
  return (await store.query(question())).rows[0] ?? []
}
