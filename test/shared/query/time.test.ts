import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { autoInterval, formatInterval, parseInterval, parseTime } from '../../../src/shared/query/time.ts'

const now = Date.UTC(2026, 10, 24, 16, 40, 31, 250)
const iso = (time: number | string) => {
  const ms = parseTime(time, now)
  return ms === null ? null : new Date(ms).toISOString()
}

describe('times', () => {
  const examples: [number | string, string | null][] = [
    [0, '1970-01-01T00:00:00.000Z'],
    [1_764_000_000_123, '2025-11-24T16:00:00.123Z'],
    ['1764000000123', '2025-11-24T16:00:00.123Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    ['2026-11-24T10:20', '2026-11-24T10:20:00.000Z'],
    ['2026-11-24 10:20:30', '2026-11-24T10:20:30.000Z'],
    ['2026-11-24T10:20:30.5', '2026-11-24T10:20:30.500Z'],
    ['2026-11-24T10:20:30.123456789Z', '2026-11-24T10:20:30.123Z'],
    ['2026-11-24T10:20:30+09:00', '2026-11-24T01:20:30.000Z'],
    ['2026-11-24T10:20:30-0330', '2026-11-24T13:50:30.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['now', '2026-11-24T16:40:31.250Z'],
    ['now-90s', '2026-11-24T16:39:01.250Z'],
    ['now-1h', '2026-11-24T15:40:31.250Z'],
    ['now+1d', '2026-11-25T16:40:31.250Z'],
    ['now-1w', '2026-11-17T16:40:31.250Z'],
    ['now-1M', '2026-10-24T16:40:31.250Z'],
    ['now-9M', '2026-02-24T16:40:31.250Z'],
    ['now-1y', '2025-11-24T16:40:31.250Z'],
    ['now-1d-2h', '2026-11-23T14:40:31.250Z'],
    ['now/s', '2026-11-24T16:40:31.000Z'],
    ['now/m', '2026-11-24T16:40:00.000Z'],
    ['now/h', '2026-11-24T16:00:00.000Z'],
    ['now/d', '2026-11-24T00:00:00.000Z'],
    // 24 November 2026 is a Tuesday; weeks start on Monday.
    ['now/w', '2026-11-23T00:00:00.000Z'],
    ['now/M', '2026-11-01T00:00:00.000Z'],
    ['now/y', '2026-01-01T00:00:00.000Z'],
    ['now-1d/d', '2026-11-23T00:00:00.000Z'],
    ['now/10m', '2026-11-24T16:40:00.000Z'],
    ['now-24h/6h', '2026-11-23T12:00:00.000Z'],
    ['now/1w', '2026-11-23T00:00:00.000Z'],
    // Days since 1 January 1970, which was a Thursday.
    ['now/7d', '2026-11-19T00:00:00.000Z'],
    ['now/0m', null],
    ['now/2M', null],
    ['2026-13-01', null],
    ['2026-02-29', null],
    ['2026-11-24T24:00', null],
    ['2026-11-24T10', null],
    ['2026-11-24T10:00:00+25:00', null],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['yesterday', null],
    ['now-', null],
    ['now-1', null],
    ['now/q', null],
    ['now-99999y', null],
    ['', null],
    [-1, null],
    [Number.NaN, null],
    [1.5, null],
    [1e17, null],
  ]
  for (const [text, expected] of examples) it(`${text}`, () => assert.equal(iso(text), expected))

  it('a month back from its last day is the last day of a shorter month', () => {
    assert.equal(parseTime('now-1M', Date.UTC(2026, 2, 31, 12)), Date.UTC(2026, 1, 28, 12))
  })

  it('what Date prints, it reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) =>
        assert.equal(parseTime(new Date(ms).toISOString(), now), ms),
      ),
    )
  })
})

describe('intervals', () => {
  it('are whole numbers of seconds, minutes, hours, days, weeks', () => {
    assert.deepEqual(
      ['10s', '1m', '5m', '1h', '1d', '1w'].map(parseInterval),
      [10_000, 60_000, 300_000, 3_600_000, 86_400_000, 604_800_000],
    )
    assert.deepEqual(['0s', '1', 's', '1M', '1.5m', '-1s', '1ms', 'auto', ''].map(parseInterval), Array(9).fill(null))
  })

  it('auto gives at most 200 buckets, and no fewer than 60 up to a month', () => {
    for (let spanMs = 200_000; spanMs < 31 * 86_400_000; spanMs = Math.ceil(spanMs * 1.07)) {
      const buckets = spanMs / autoInterval(spanMs)
      assert.ok(buckets <= 200 && buckets >= 60, `${spanMs} ms: ${buckets}`)
    }
    assert.equal(formatInterval(autoInterval(3_600_000)), '30s')
    assert.equal(formatInterval(autoInterval(86_400_000)), '10m')
    assert.ok((10 * 365 * 86_400_000) / autoInterval(10 * 365 * 86_400_000) <= 200)
  })

  it('what is printed is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_000 }), (seconds) =>
        assert.equal(parseInterval(formatInterval(seconds * 1000)), seconds * 1000),
      ),
    )
  })
})
