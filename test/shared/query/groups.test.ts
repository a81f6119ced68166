import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WeirError } from '../../../src/shared/api/errors.ts'
import {
  groupCellText,
  groupLabel,
  groupText,
  readGroup,
  type Grouping,
  type GroupRequest,
} from '../../../src/shared/query/groups.ts'

const refusal = (request: GroupRequest): string => {
  try {
    readGroup(request, 'groupBy[0]')
  } catch (error) {
    if (error instanceof WeirError && error.code === 'badRequest') return error.message
    throw error
  }
  assert.fail('it was taken')
}

describe('what a question is grouped by', () => {
  const read: [GroupRequest, Grouping, string][] = [
    ['srcaddr', 'src.ip', 'src.ip'],
    [{ field: 'src.ip' }, 'src.ip', 'src.ip'],
    ['sa/24', { field: 'src.ip', prefix: 24, prefix6: 64 }, 'src.ip/24'],
    ['dst.ip/16/48', { field: 'dst.ip', prefix: 16, prefix6: 48 }, 'dst.ip/16/48'],
    [{ field: 'src.ip', prefix6: 48 }, { field: 'src.ip', prefix: 32, prefix6: 48 }, 'src.ip/32/48'],
    ['src.port/1000', { field: 'src.port', bucket: 1000 }, 'src.port/1000'],
    ['byt/log', { field: 'bytes', bucket: 'log' }, 'bytes/log'],
    ['duration/1000', { field: 'duration', bucket: 1000 }, 'duration/1000'],
    ['hour', { clock: 'hour', zone: 'UTC' }, 'hour'],
    ['weekday@Europe/Berlin', { clock: 'weekday', zone: 'Europe/Berlin' }, 'weekday@Europe/Berlin'],
    [{ field: 'hour', zone: 'Asia/Tokyo' }, { clock: 'hour', zone: 'Asia/Tokyo' }, 'hour@Asia/Tokyo'],
  ]
  for (const [request, group, text] of read) {
    it(`${JSON.stringify(request)} is ${text}`, () => {
      assert.deepEqual(readGroup(request, 'groupBy[0]'), group)
      assert.equal(groupText(group), text)
      assert.deepEqual(readGroup(text, 'groupBy[0]'), group)
    })
  }

  const refused: [GroupRequest, RegExp][] = [
    ['src.ip/33', /^groupBy\[0\]\.prefix: 33 does not fit; a whole number from 0 to 32/],
    ['src.ip/24/129', /^groupBy\[0\]\.prefix6: 129 does not fit/],
    ['src.ip/24/64/1', /^groupBy\[0\]: src\.ip\/24\/64\/1 cannot be read; write a field, an address with/],
    ['src.ip/x', /cannot be read/],
    ['src.ip/log', /has no buckets: src\.ip is no number/],
    ['src.port/0', /^groupBy\[0\]\.bucket: 0 does not fit/],
    ['src.port/10/10', /has no prefix: src\.port is no address/],
    ['service/10', /has no buckets: service is no number/],
    ['end/1000', /has no buckets: end is no number/],
    ['bytes', /is a measure and makes no groups; ask for it in measures, or group by ranges of it: bytes\/1000/],
    ['time', /ask with an interval instead, or group by hour or weekday/],
    ['hour@Mars/Olympus', /^groupBy\[0\]: Mars\/Olympus is no time zone/],
    ['src.ip@UTC', /has no time zone; hour and weekday have/],
    [{ field: 'hour', bucket: 2 }, /has a time zone at most/],
    [{ field: 'src.ip', prefix: 24, bucket: 5 }, /^groupBy\[0\]: \{"field":"src\.ip".*a prefix or a bucket, not both/],
    ['nothing/24', /nothing is no field/],
  ]
  for (const [request, message] of refused)
    it(`refuses ${JSON.stringify(request)}`, () => assert.match(refusal(request), message))

  it('says what stands in a column, and above it', () => {
    const at = (request: string, value: number, unit?: 'B' | 'ms') => {
      const group = readGroup(request, 'groupBy[0]') as Parameters<typeof groupCellText>[0]
      return groupCellText(group, value, unit).replaceAll('\u2009', ' ')
    }
    assert.equal(at('src.port/1000', 1000), '1000–1999')
    assert.equal(at('src.port/1', 7), '7')
    assert.equal(at('src.port/log', 0), '0')
    assert.equal(at('src.port/log', 10), '10–99')
    assert.equal(at('bytes/log', 1000, 'B'), '1.00 kB–10.0 kB')
    assert.equal(at('duration/60000', 60_000, 'ms'), '1 min–2 min')
    assert.equal(at('hour', 8), '08:00')
    assert.equal(at('weekday', 7), 'Sunday')
    assert.equal(groupLabel(readGroup('src.ip/24', '')), 'Source address /24, /64')
    assert.equal(groupLabel(readGroup('hour@Europe/Berlin', '')), 'Hour of the day, Europe/Berlin')
  })
})
