/** Texts of a window: each once, whatever the batches; forgotten with their rows; bounded. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Window } from '../../../../../src/server/stores/duckdb/ingest/window.ts'
import { batchOf, type PlainFlow } from '../../../../support/batches.ts'

const NOW = Date.UTC(2026, 10, 24)
const flow = (texts: PlainFlow): PlainFlow => ({ start: NOW, end: NOW, received: NOW, ...texts })

function textAt(window: Window, name: 'app' | 'http.host', place: number): string | null {
  const mask = window.mask(name)
  if (!mask || (((mask[place >> 3] as number) >> (place & 7)) & 1) === 0) return null
  return window.texts[window.values(name)?.[place] as number] ?? ''
}
const texts = (window: Window, name: 'app' | 'http.host') =>
  Array.from(window.places(window.rows), (place) => textAt(window, name, place))

describe('texts of a window', () => {
  it('of several batches with numbers of their own', () => {
    const window = new Window()
    window.add(batchOf([flow({ app: 'dns' }), flow({ app: 'http', 'http.host': 'dns' }), flow({})]), NOW)
    window.add(batchOf([flow({ app: 'http' }), flow({ 'http.host': 'a.example' }), flow({ app: 'dns' })]), NOW)
    assert.deepEqual(texts(window, 'app'), ['dns', 'http', null, 'http', null, 'dns'])
    assert.deepEqual(texts(window, 'http.host'), [null, 'dns', null, null, 'a.example', null])
    assert.deepEqual(window.texts.toSorted(), ['a.example', 'dns', 'http'])
  })

  it('go with the last row that has them, and the others stay what they were', () => {
    const window = new Window()
    window.add(batchOf([flow({ app: 'first' }), flow({ app: 'both' })]), NOW)
    window.add(batchOf([flow({ app: 'both' }), flow({ app: 'last', 'http.host': 'both' })]), NOW)
    const { textGeneration } = window
    window.drop(2)
    assert.deepEqual(texts(window, 'app'), ['both', 'last'])
    assert.deepEqual(texts(window, 'http.host'), [null, 'both'])
    assert.deepEqual(window.texts.toSorted(), ['both', 'last'])
    assert.notEqual(window.textGeneration, textGeneration)
    window.add(batchOf([flow({ app: 'last' })]), NOW)
    window.forget([window.places(2).slice(1)])
    assert.deepEqual(texts(window, 'app'), ['both', 'last'])
    window.drop(2)
    assert.deepEqual(window.texts, [])
  })

  it('of rows that have none cost nothing', () => {
    const window = new Window()
    window.add(batchOf([flow({})]), NOW)
    assert.equal(window.values('app'), null)
    assert.deepEqual(window.texts, [])
  })

  it('are bounded: more of them wait for a commit, however few the rows', () => {
    const window = new Window()
    let rows = 0
    const long = 'x'.repeat(240)
    while (window.fits(1)) {
      window.add(batchOf(Array.from({ length: 4000 }, (_, i) => flow({ app: `${rows + i} ${long}` }))), NOW)
      rows += 4000
    }
    assert.ok(rows > 100_000 && rows < 200_000, `${rows} rows`)
    window.drop(rows)
    assert.ok(window.fits(1))
  })
})
