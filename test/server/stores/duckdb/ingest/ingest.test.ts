import assert from 'node:assert/strict'
import type { DuckDBConnection } from '@duckdb/node-api'
import { describe, it } from 'node:test'
import { Batch, BATCH_ROWS } from '../../../../../src/server/intake/batch.ts'
import { Ingest } from '../../../../../src/server/stores/duckdb/ingest/ingest.ts'
import type { Partitions } from '../../../../../src/server/stores/duckdb/files/partitions.ts'

describe('flows that cannot be written', () => {
  it('are all counted at the end, those that waited for room too', async () => {
    const full: Pick<Partitions, 'write'> = { write: () => Promise.reject(new Error('no space left on device')) }
    const ingest = new Ingest({} as DuckDBConnection, full as Partitions, {
      committed: () => undefined,
      trouble: () => undefined,
      outOfMemory: () => undefined,
    })
    let arriving = Promise.resolve()
    let taken = 0
    // One after the other, as the store thread does.
    for (let i = 0; i < 40; i++) {
      arriving = arriving.then(async () => {
        await ingest.append(batch())
        taken++
      })
    }
    while (ingest.lastError === null) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.ok(taken < 40, 'there is no room for all')
    assert.equal(await ingest.close(), 40 * BATCH_ROWS)
    await arriving
  })
})

function batch(): Batch {
  const made = new Batch()
  made.rows = BATCH_ROWS
  return made
}
