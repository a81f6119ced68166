/** Changes of time zones, as the IANA time zone database has them. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { zonePeriods } from '../../../src/shared/query/zone.ts'

const HOUR = 3_600_000
const YEAR = [Date.UTC(2026, 0), Date.UTC(2027, 0)] as const

describe('the periods of a time zone', () => {
  for (const [zone, expected] of [
    ['UTC', [['2026-01-01T00:00', 0]]],
    ['Asia/Kolkata', [['2026-01-01T00:00', 5.5]]],
    [
      'Europe/Berlin',
      [
        ['2026-01-01T00:00', 1],
        ['2026-03-29T01:00', 2],
        ['2026-10-25T01:00', 1],
      ],
    ],
    [
      'America/New_York',
      [
        ['2026-01-01T00:00', -5],
        ['2026-03-08T07:00', -4],
        ['2026-11-01T06:00', -5],
      ],
    ],
    // Half an hour, at two in the morning.
    [
      'Australia/Lord_Howe',
      [
        ['2026-01-01T00:00', 11],
        ['2026-04-04T15:00', 10.5],
        ['2026-10-03T15:30', 11],
      ],
    ],
  ] as const) {
    it(zone, () => {
      const periods = zonePeriods(zone, ...YEAR)
      assert.deepEqual(
        periods.map(({ fromMs, offsetMs }) => [new Date(fromMs).toISOString().slice(0, 16), offsetMs / HOUR]),
        expected,
      )
    })
  }

  it('a range within one', () => {
    const noon = Date.UTC(2026, 6, 1, 12)
    assert.deepEqual(zonePeriods('Europe/Berlin', noon, noon + 1), [{ fromMs: noon, offsetMs: 2 * HOUR }])
  })

  it('a range that begins or ends exactly at a change', () => {
    const change = Date.UTC(2026, 9, 25, 1)
    assert.deepEqual(zonePeriods('Europe/Berlin', change, change + HOUR), [{ fromMs: change, offsetMs: HOUR }])
    assert.equal(zonePeriods('Europe/Berlin', change - HOUR, change)[0]?.offsetMs, 2 * HOUR)
  })
})
