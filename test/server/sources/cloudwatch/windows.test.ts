import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { EventHash } from '../../../../src/server/sources/cloudwatch/event-hash.ts'
import { Pace } from '../../../../src/server/sources/cloudwatch/pace.ts'
import { Past } from '../../../../src/server/sources/cloudwatch/past.ts'
import { startOf, takenSince } from '../../../../src/server/sources/cloudwatch/position.ts'
import { Seen } from '../../../../src/server/sources/cloudwatch/seen.ts'
import { Tail } from '../../../../src/server/sources/cloudwatch/tail.ts'
import { randoms } from '../../../support/random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = Date.UTC(2026, 10, 24, 12)

describe('the stretches that the tail reads', () => {
  it('find each event whose lateness is within the overlap, soon after it came, for few calls', () => {
    for (const [overlapMs, intervalMs] of [
      [2 * HOUR, 10_000],
      [30 * MINUTE, MINUTE],
      [2 * HOUR, HOUR],
    ] as const) {
      const tail = new Tail(overlapMs, intervalMs, { startMs: NOW - overlapMs, scannedMs: null })
      const draw = randoms(9)
      const looks: { fromMs: number; beganMs: number }[] = []
      let read = 0
      for (let nowMs = NOW; nowMs < NOW + 12 * HOUR; nowMs += intervalMs + draw(intervalMs)) {
        const look = tail.next(nowMs)
        assert.ok(look.fromMs >= tail.floorMs)
        tail.done(look)
        looks.push(look)
        read += nowMs - look.fromMs
      }
      for (let n = 0; n < 2000; n++) {
        const lateMs = draw(overlapMs)
        const atMs = NOW + draw(8 * HOUR)
        const found = looks.find(({ fromMs, beganMs }) => beganMs >= atMs + lateMs && fromMs <= atMs)
        assert.ok(found, `late by ${lateMs}`)
        if (lateMs <= overlapMs / 4) {
          const moreMs = found.beganMs - atMs - lateMs
          assert.ok(moreMs <= lateMs / 1.5 + 4 * intervalMs, `late by ${lateMs}, found ${moreMs} later`)
        }
      }
      if (intervalMs === 10_000) assert.ok(read / looks.length < 10 * MINUTE, `${read / looks.length / MINUTE} minutes`)
    }
  })

  it('begin again after a restart where something could have come since', () => {
    const tail = new Tail(2 * HOUR, 10_000, { startMs: 0, scannedMs: NOW - HOUR })
    assert.equal(tail.next(NOW).fromMs, NOW - 3 * HOUR)
  })
})

describe('the past', () => {
  const place = (fromMs: number) => ({
    ranges: [{ fromMs, toMs: NOW, sinceMs: NOW, isGap: false }],
    pieceMs: 10 * MINUTE,
  })

  it('is read in pieces without a gap, the newest first, larger where there is little', () => {
    const past = new Past(place(NOW - 30 * HOUR))
    let toMs = NOW
    let pieces = 0
    for (let piece = past.next(); piece !== null; piece = past.next()) {
      assert.equal(piece.toMs, toMs)
      assert.ok(piece.fromMs < piece.toMs && piece.toMs - piece.fromMs <= HOUR)
      toMs = piece.fromMs
      past.done(piece, 1, 1000, NOW + ++pieces)
    }
    assert.equal(toMs, NOW - 30 * HOUR)
    assert.ok(pieces < 40)
    assert.equal(past.restMs, 0)
  })

  it('says how long the rest will take, by what it took so far', () => {
    const past = new Past(place(NOW - 10 * HOUR))
    assert.equal(past.remainingMs, null)
    past.done({ fromMs: NOW - HOUR, toMs: NOW }, 10, 60_000, NOW)
    assert.equal(past.remainingMs, 9 * 60_000)
  })

  it('goes on after a restart with the piece that was broken off, whatever its length', () => {
    const past = new Past(place(NOW - 10 * HOUR))
    for (let i = 0; i < 3; i++) past.done(past.next() as { fromMs: number; toMs: number }, 1, 1000, NOW)
    assert.deepEqual(new Past(past.place).next(), past.next())
  })
})

describe('the place where a group goes on', () => {
  const options = { overlapMs: 2 * HOUR, fromMs: undefined }

  it('is at first the overlap before now, and what is wished for of the past', () => {
    const place = startOf(undefined, NOW, { ...options, fromMs: NOW - 48 * HOUR })
    assert.equal(place.startMs, NOW - 2 * HOUR)
    assert.deepEqual(place.past.ranges, [{ fromMs: NOW - 48 * HOUR, toMs: NOW - 2 * HOUR, sinceMs: NOW, isGap: false }])
    assert.deepEqual(startOf(undefined, NOW, options).past.ranges, [])
  })

  it('gets no past a second time, but what is wished for further back', () => {
    const first = startOf(undefined, NOW, { ...options, fromMs: NOW - 48 * HOUR })
    const read = { ...first, past: { ...first.past, ranges: [] } }
    assert.deepEqual(startOf(read, NOW + HOUR, { ...options, fromMs: NOW - 48 * HOUR }), read)
    const more = startOf(read, NOW + HOUR, { ...options, fromMs: NOW - 50 * HOUR })
    assert.equal(more.past.ranges[0]?.toMs, NOW - 48 * HOUR)
  })

  it('after a long pause is now, and the pause is read as the past', () => {
    const first = { ...startOf(undefined, NOW, options), scannedMs: NOW + 5 * HOUR }
    const later = startOf(first, NOW + 50 * HOUR, options)
    assert.equal(later.startMs, NOW + 48 * HOUR)
    assert.deepEqual(
      later.past.ranges.map(({ fromMs, toMs }) => [fromMs, toMs]),
      [[NOW + 3 * HOUR, NOW + 48 * HOUR]],
    )
    assert.ok(takenSince(later, 2 * HOUR) < NOW + 3 * HOUR)
    assert.deepEqual(startOf(later, NOW + 51 * HOUR, options), later)
  })
})

describe('events that were seen', () => {
  it('are known until they can come no more', () => {
    const seen = new Seen(2 * HOUR)
    const draw = randoms(4)
    const events = Array.from({ length: 5000 }, (_, i) => [NOW + draw(3 * HOUR), i, i * 7] as const)
    for (const event of events) assert.equal(seen.add(...event), true)
    for (const event of events) assert.equal(seen.add(...event), false)
    seen.forget(NOW + HOUR)
    for (const [at, high, low] of events.filter(([ms]) => ms >= NOW + HOUR))
      assert.equal(seen.add(at, high, low), false)
    assert.ok(seen.size < 3800)
    const until = seen.forgetOldest()
    assert.ok(until >= NOW + HOUR && until < NOW + 1.3 * HOUR)
  })

  it('are known by 64 bits: ids that differ in one digit, and groups, never meet', () => {
    const known = new Set<bigint>()
    let number = 37_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n
    for (const group of ['/vpc/a', '/vpc/b']) {
      const hash = new EventHash(group)
      for (let i = 0; i < 100_000; i++) {
        const id = Buffer.from(String((number += 1n)))
        hash.take(id, 0, id.length)
        known.add((BigInt(hash.high) << 32n) | BigInt(hash.low))
      }
    }
    assert.equal(known.size, 200_000)
    // Each bit is set for about a half.
    for (let bit = 0n; bit < 64n; bit++) {
      let set = 0
      for (const value of known) set += Number((value >> bit) & 1n)
      assert.ok(Math.abs(set - 100_000) < 1500, `bit ${bit}: ${set}`)
    }
  })

  it('are known by the same number for ever', () => {
    const hash = new EventHash('/vpc/flow')
    const id = Buffer.from('37000000000000000000000000000000000000000000000000000001')
    hash.take(id, 0, id.length)
    assert.deepEqual([hash.high.toString(16), hash.low.toString(16)], ['1e38bff7', '643191f6'])
  })
})

describe('the pace of calls', () => {
  it('is never above the quota, and stands still where AWS says so', () => {
    const pace = new Pace(250)
    let nowMs = NOW
    const calls: number[] = []
    for (let i = 0; i < 40; i++) {
      nowMs += pace.take(nowMs)
      calls.push(nowMs)
    }
    for (const at of calls) assert.ok(calls.filter((each) => each >= at && each < at + 1000).length <= 4)
    pace.hold(nowMs, 5000)
    assert.equal(pace.take(nowMs), 5000)
  })

  it('goes on where the clock is set back by hours', () => {
    const pace = new Pace(250)
    pace.take(NOW)
    assert.equal(pace.take(NOW - 5 * HOUR), 0)
  })
})
