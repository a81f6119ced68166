/** The order in which rows are written: those that are alike together, each once. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { arrange } from '../../../../../src/server/stores/duckdb/ingest/arrange.ts'
import { ORIGINS, originsOf } from '../../../../../src/server/stores/duckdb/ingest/origins.ts'
import { Window } from '../../../../../src/server/stores/duckdb/ingest/window.ts'
import { batchOf, type PlainFlow } from '../../../../support/batches.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const flow = (fields: PlainFlow): PlainFlow => ({ start: NOW, end: NOW, received: NOW, 'ip.version': 4, ...fields })

function windowOf(flows: readonly PlainFlow[]): Window {
  const window = new Window()
  for (let from = 0; from < flows.length; from += 8000) window.add(batchOf(flows.slice(from, from + 8000)), NOW)
  return window
}

describe('the order of rows', () => {
  const flows = Array.from({ length: 20_000 }, (_, i) =>
    flow({
      exporter: ['10.0.0.1', '2001:db8::1', '10.0.0.9', '192.0.2.3'][(i * 7) % 4] as string,
      'in.if': (i * 5) % 3,
      ...(i % 4 === 1 ? {} : { 'out.if': (i * 11) % 5 }),
      'ip.version': i % 10 === 0 ? 6 : 4,
      service: 6 * 65_536 + ((i * 3) % 20),
      packets: 1 + (i % 300),
    }),
  )

  it('each row is there once', () => {
    const window = windowOf(flows)
    const shares = arrange(window, flows.length)
    assert.equal(shares.length, 1)
    assert.deepEqual(shares[0]?.places.toSorted(), window.places(flows.length))
  })

  it('within an IP version, those of an exporter and its interfaces stand together', () => {
    const window = windowOf(flows)
    const [share] = arrange(window, flows.length)
    assert.ok(share)
    const runs = Array.from(share.places, (place) => {
      const { exporter, 'in.if': input, 'out.if': output, 'ip.version': version } = flows[place] as PlainFlow
      return `${String(version)} ${String(exporter)} ${String(input)} ${String(output)}`
    }).filter((origin, i, all) => origin !== all[i - 1])
    assert.equal(runs.length, new Set(runs).size)
  })

  it('those that are alike in everything stay in the order of their arrival', () => {
    const window = windowOf(Array.from({ length: 5000 }, () => flow({ exporter: '10.0.0.1' })))
    assert.deepEqual(arrange(window, 5000)[0]?.places, window.places(5000))
  })

  it('more origins than there are numbers share the last one', () => {
    const many = Array.from({ length: ORIGINS + 500 }, (_, i) => flow({ exporter: '10.0.0.1', 'in.if': i }))
    const window = windowOf(many)
    const numbers = originsOf(window, window.places(many.length))
    assert.equal(new Set(numbers).size, ORIGINS)
    assert.equal(Math.max(...numbers), ORIGINS - 1)
    assert.equal(numbers.filter((number) => number === ORIGINS - 1).length, 501)
  })
})
