import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Counters } from '../../../src/server/counters.ts'
import { Exporter } from '../../../src/server/intake/exporter.ts'
import { Journal } from '../../../src/server/intake/journal.ts'
import { LIMITS } from '../../support/rows.ts'

const NOW = Date.UTC(2026, 10, 24)
const SECOND = 1000

function start() {
  const counters = new Counters()
  const lines: string[] = []
  const journal = new Journal(counters, (level, message) => lines.push(`${level} ${message}`))
  const shared = { counters, limits: LIMITS, settings: {} }
  const exporter = (address: string) => {
    const made = new Exporter(address, NOW, shared)
    made.protocols.add('netflow9')
    return made
  }
  const taken = () => lines.splice(0)
  return { counters, journal, exporter, taken }
}

describe('journal', () => {
  it('says once that an exporter is new', () => {
    const { journal, exporter, taken } = start()
    const one = exporter('192.0.2.1')
    for (let s = 0; s < 200; s++) journal.tick(NOW + s * SECOND, [one])
    assert.deepEqual(taken(), ['info new exporter 192.0.2.1 sends netflow9'])
  })

  it("says an exporter's losses at once, then at most once a minute, with their sums", () => {
    const { journal, exporter, taken } = start()
    const one = exporter('192.0.2.1')
    journal.tick(NOW, [one])
    taken()
    const said: unknown[] = []
    for (let s = 1; s <= 130; s++) {
      one.lose('decode.short', 2)
      journal.tick(NOW + s * SECOND, [one])
      for (const line of taken())
        said.push([s, /^error exporter 192\.0\.2\.1 lost (\d+ sets decode\.short)/.exec(line)?.[1]])
    }
    assert.deepEqual(said, [
      [1, '2 sets decode.short'],
      [61, '120 sets decode.short'],
      [121, '120 sets decode.short'],
    ])
  })

  it("says the losses that are no exporter's", () => {
    const { journal, counters, taken } = start()
    journal.tick(NOW, [])
    counters.add('kernel.drops', 7)
    journal.tick(NOW + 30 * SECOND, [])
    assert.deepEqual(taken(), [])
    journal.tick(NOW + 60 * SECOND, [])
    assert.match(
      taken().join('\n'),
      /^error lost 7 datagrams kernel\.drops: The kernel had no room in a socket buffer\. Raise the receive buffer: /,
    )
    journal.tick(NOW + 120 * SECOND, [])
    assert.deepEqual(taken(), [])
  })

  it('names a sender of what is no flow data once a minute, with the first octets', () => {
    const { journal, taken } = start()
    for (let n = 0; n < 1000; n++)
      journal.refused('192.0.2.9', 'decode.notFlowData', Buffer.from('GET / HTTP/1.1\r\nHost: weir'))
    journal.tick(NOW, [])
    const lines = taken()
    assert.equal(lines.length, 1)
    assert.match(
      lines[0] as string,
      /^error decode\.notFlowData from 192\.0\.2\.9: .*It starts with 474554202f20485454502f312e310d0a\. /,
    )
    journal.refused('192.0.2.9', 'decode.notFlowData', Buffer.from('GET'))
    journal.tick(NOW + 60 * SECOND, [])
    assert.equal(taken().length, 1)
  })

  it('a flood of exporters and strangers is a bounded number of lines, and says how many were left out', () => {
    const { journal, exporter, taken } = start()
    const many = Array.from({ length: 500 }, (_, i) => exporter(`10.0.${i >> 8}.${i & 255}`))
    for (let n = 0; n < 10_000; n++) journal.refused(`203.0.113.${n % 250}`, 'decode.notFlowData', Buffer.from('x'))
    journal.tick(NOW, many)
    assert.equal(taken().length, 30)
    journal.tick(NOW + 60 * SECOND, many)
    assert.match(taken()[0] as string, /^warn 5\d\d more lines like these were left out in the last minute/)
  })

  it('a fault comes with its stack and the datagram', () => {
    const { journal, taken } = start()
    journal.refused('192.0.2.1', 'decode.fault', Buffer.from([0, 9, 0, 1]), new RangeError('out of bounds'))
    journal.tick(NOW, [])
    assert.match(
      taken()[0] as string,
      /decode\.fault from 192\.0\.2\.1: RangeError: out of bounds[^]*It starts with 00090001/,
    )
  })
})
