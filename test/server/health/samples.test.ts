import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Counters } from '../../../src/server/counters.ts'
import { LATELY_MS, Samples } from '../../../src/server/health/samples.ts'

describe('samples of the counters', () => {
  it('rates are averages over the last ten seconds', () => {
    const counters = new Counters()
    const samples = new Samples(counters, 0)
    assert.deepEqual(samples.perSecond(), { datagrams: 0, flows: 0, stored: 0 })
    for (let second = 1; second <= 5; second++) {
      counters.add('flows', 1000)
      samples.tick(second * 1000)
    }
    assert.equal(samples.perSecond().flows, 1000)
    for (let second = 6; second <= 15; second++) samples.tick(second * 1000)
    assert.equal(samples.perSecond().flows, 0)
  })

  it('a loss is told of for ten minutes', () => {
    const counters = new Counters()
    const samples = new Samples(counters, 0)
    let atMs = 0
    const pass = (ms: number) => {
      for (const end = atMs + ms; atMs < end;) samples.tick((atMs += 1000))
    }
    pass(60_000)
    assert.deepEqual(samples.lostLately(), [])
    counters.add('queue.full', 8192)
    assert.deepEqual(samples.lostLately(), [['queue.full', 8192]])
    pass(LATELY_MS - 60_000)
    assert.deepEqual(samples.lostLately(), [['queue.full', 8192]])
    pass(120_000)
    assert.deepEqual(samples.lostLately(), [])
    counters.add('queue.full', 1)
    assert.deepEqual(samples.lostLately(), [['queue.full', 1]])
  })
})
