import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseTime } from '../../src/shared/query/time.ts'
import { nameOfRange, rangeName, rangeOf, shifted, wholeFrom, zoomedOut } from '../../src/web/data/range.ts'

const NOW = Date.parse('2026-11-17T14:32:00Z')
const at = (time: string) => Date.parse(`2026-11-17T${time}Z`)

describe('time ranges', () => {
  it('ends now where the text says so, and moves with it', () => {
    assert.deepEqual(rangeOf('now-1h', 'now', NOW), { fromMs: at('13:32:00'), toMs: NOW, live: true })
    assert.deepEqual(rangeOf('2026-11-17T10:00:00Z', '2026-11-17T11:00:00Z', NOW), {
      fromMs: at('10:00:00'),
      toMs: at('11:00:00'),
      live: false,
    })
  })

  it('what cannot be read is the last hour', () => {
    assert.deepEqual(rangeOf('yesterday', 'soon', NOW), { fromMs: at('13:32:00'), toMs: NOW, live: false })
  })

  it('steps back by its own length, and forward until now', () => {
    const before = shifted({ from: 'now-1h', to: 'now' }, -1, NOW)
    assert.deepEqual(before, { from: '2026-11-17T12:32:00Z', to: '2026-11-17T13:32:00Z' })
    assert.deepEqual(shifted(before, 1, NOW), { from: 'now-1h', to: 'now' })
    assert.deepEqual(shifted({ from: '2026-11-17T10:00:00Z', to: '2026-11-17T10:30:00Z' }, 1, NOW), {
      from: '2026-11-17T10:30:00Z',
      to: '2026-11-17T11:00:00Z',
    })
  })

  it('zooms out around its middle, and keeps to now where it ends there', () => {
    assert.deepEqual(zoomedOut({ from: 'now-45m', to: 'now' }, NOW), { from: 'now-90m', to: 'now' })
    assert.deepEqual(zoomedOut({ from: '2026-11-17T10:00:00Z', to: '2026-11-17T11:00:00Z' }, NOW), {
      from: '2026-11-17T09:30:00Z',
      to: '2026-11-17T11:30:00Z',
    })
  })

  it('is asked for from where a bucket starts, while it ends now', () => {
    const asked = (from: string, intervalMs: number | null = null) => wholeFrom({ from, to: 'now' }, intervalMs, NOW)
    assert.equal(asked('now-5m'), 'now-5m/2s')
    assert.equal(asked('now-1h'), 'now-1h/1m')
    assert.equal(asked('now-24h'), 'now-24h/10m')
    assert.equal(asked('now-7d'), 'now-7d/1h')
    assert.equal(asked('now-30d'), 'now-30d/6h')
    assert.equal(asked('now-24h', 3_600_000), 'now-24h/1h')
    assert.equal(asked('now-1h', 86_400_000), 'now-1h')
    assert.equal(asked('now/d'), 'now/d')
    assert.equal(asked('now-1d/d'), 'now-1d/d')
    assert.equal(asked('2026-11-17T10:00:00Z'), '2026-11-17T10:00:00Z')
    assert.equal(wholeFrom({ from: 'now-2d', to: 'now-1d' }, null, NOW), 'now-2d')
    assert.equal(parseTime(asked('now-24h'), NOW), at('14:30:00') - 86_400_000)
  })

  it('has a name', () => {
    assert.equal(rangeName({ from: 'now-1h', to: 'now' }), 'Last hour')
    assert.equal(rangeName({ from: 'now-7d', to: 'now' }), 'Last 7 days')
    assert.equal(rangeName({ from: 'now/d', to: 'now' }), 'Today, UTC')
  })

  it('of dates was told twice on a page: they have no name of their own', () => {
    assert.equal(nameOfRange({ from: '2026-11-24T00:00:00Z', to: '2026-11-24T06:00:00Z' }), null)
    assert.equal(nameOfRange({ from: 'now-1h', to: 'now' }), 'Last hour')
  })
})
