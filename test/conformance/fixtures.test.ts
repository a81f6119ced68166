/** Recorded datagrams of real exporters decode to what other collectors counted of them; see test/support/record-fixtures.ts. */
import assert from 'node:assert/strict'
import { createReadStream, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { readCapture } from '../../src/server/intake/sources/pcap.ts'
import { collect } from '../support/rows.ts'

const folder = new URL('../fixtures/', import.meta.url)

interface Expected {
  readonly by: string
  readonly datagrams: number
  readonly flows: number
  readonly packets: number
  readonly bytes?: number
  readonly 'bytes.l2'?: number
}

const all = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, Expected>

describe('fixtures', () => {
  for (const [name, { by, datagrams, ...sums }] of Object.entries(all)) {
    it(`${name}: the same as ${by}`, async () => {
      const { pipeline, counters, flush } = collect()
      for await (const datagram of readCapture(createReadStream(new URL(`${name}.pcap`, folder))))
        pipeline.receive(datagram.payload, datagram.sourceAddress, datagram.timeMs)
      const rows = flush()
      assert.equal(counters.get('datagrams'), datagrams)
      assert.deepEqual(counters.losses(), {})
      for (const [measure, value] of Object.entries(sums)) {
        assert.equal(
          measure === 'flows' ? rows.length : rows.reduce((sum, row) => sum + Number(row[measure]), 0),
          value,
          measure,
        )
      }
      for (const row of rows) assert.ok(Number(row['start']) <= Number(row['end']))
    })
  }
})
