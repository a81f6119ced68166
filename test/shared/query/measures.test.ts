import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeMeasure, FIXED_MEASURES, readMeasure } from '../../../src/shared/query/measures.ts'

describe('measures', () => {
  it('each has a label of its own, and reads back', () => {
    const labels = FIXED_MEASURES.map((measure) => describeMeasure(measure).label)
    assert.equal(new Set(labels).size, labels.length)
    for (const measure of FIXED_MEASURES) assert.equal(readMeasure(measure, 'measures[0]'), measure)
  })

  it('have units: of a rate that of the rate, of shares per cent, of durations milliseconds, of counts of values none', () => {
    const unit = (text: string) => describeMeasure(readMeasure(text, 'measures[0]')).unit
    assert.deepEqual(
      ['bps.p95', 'bytes.max', 'flows.share', 'bytes/packet', 'duration.sum', 'unique(dst.ip)'].map(unit),
      ['bit/s', 'B', '%', 'B', 'ms', undefined],
    )
  })

  it('a count of values is written with the field in its own name', () => {
    assert.equal(readMeasure('unique(da)', 'measures[0]'), 'unique(dst.ip)')
    assert.equal(readMeasure('unique(srcaddr/24)', 'measures[0]'), 'unique(src.ip/24)')
  })

  for (const [text, message] of [
    ['bps.p96', /measures\[0\]: bps\.p96 is no measure; did you mean bps\.p95\?/],
    ['weight', /measures\[0\]: weight is no measure; take bytes, packets/],
    ['unique(hour)', /unique\(hour\) counts nothing of a flow/],
    ['unique(bytes)', /bytes is a measure and makes no groups/],
    ['unique(ip)', /ip means either side/],
    ['unique(nobody)', /nobody is no field/],
    ['unique()', /is no measure/],
  ] as const)
    it(`refuses ${text}`, () => assert.throws(() => readMeasure(text, 'measures[0]'), message))
})
