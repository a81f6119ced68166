/** What an odd or hostile exporter sends costs itself: its neighbours lose no record, and nothing of theirs is forgotten. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CONFIG } from '../../../../src/server/config/schema.ts'
import { collect } from '../../../support/rows.ts'
import { SENT_MS, ip4, options9, set, template, u16, u32, version10, version9 } from '../../../support/wire.ts'

const HOSTILE = '198.51.100.1'
const NEIGHBOURS = Array.from({ length: 8 }, (_, i) => `192.0.2.${i + 1}`)
/** Neighbours tell their templates once; then, after each of so many hostile datagrams, one of them sends its data. */
function among(rounds: number, hostile: (n: number) => Uint8Array) {
  const { limits } = CONFIG.parse({})
  const { pipeline, counters, rows, flush } = collect({ limits })
  for (const address of NEIGHBOURS)
    pipeline.receive(version9([set(0, template(256, [8, 4], [2, 4]))]), address, SENT_MS)
  for (let n = 0; n < rounds; n++) {
    pipeline.receive(hostile(n), HOSTILE, SENT_MS)
    pipeline.receive(
      version9([set(256, ip4('10.0.0.1'), u32(n))], { sequence: n >> 3 }),
      NEIGHBOURS[n % 8] as string,
      SENT_MS,
    )
  }
  flush()
  const exporters = [...pipeline.exporters]
  const of = (address: string) => {
    const found = exporters.find((exporter) => exporter.address === address)
    assert.ok(found)
    return found
  }
  for (const address of NEIGHBOURS) assert.deepEqual(of(address).lost, {}, address)
  const theirs = rows.filter((row) => row['exporter'] !== HOSTILE)
  assert.equal(theirs.length, rounds)
  assert.equal(
    theirs.reduce((sum, row) => sum + Number(row['packets']), 0),
    (rounds * (rounds - 1)) / 2,
  )
  return { counters, lost: of(HOSTILE).lost, exporters, limits }
}

describe('neighbours of an exporter', () => {
  it('that redefines a template of 300 fields with every datagram: compiled so often at most, then counted', () => {
    const { lost } = among(300, (n) => {
      // No two of them are the same; none has a structure, which is read without being compiled.
      const fields = Array.from({ length: 300 }, (_, i): [number, number] => [1 + (i % 100), i === n ? 2 : 1])
      const record = Array.from({ length: 301 }, (_, i) => i & 255)
      return version9([set(0, template(256, ...fields)), set(256, record)])
    })
    const { 'decode.templatesFull': notRead = 0 } = lost
    // 256 at once are compiled; time stands still here.
    assert.equal(notRead, 300 - 256)
  })

  it('that tells of a thousand templates with every datagram: bounded by its own limit', () => {
    const { lost, exporters, limits } = among(80, (n) =>
      version10([
        set(
          2,
          ...Array.from({ length: 1000 }, (_, i) =>
            template(256 + ((n * 1000 + i) % 65_000), [8, 4], [1 + (n % 9), 4]),
          ),
        ),
      ]),
    )
    assert.ok((lost['decode.templatesFull'] ?? 0) > 0)
    const templates = exporters.flatMap(({ netflow }) =>
      Array.from(netflow.domains(), (domain) => domain.templates.size),
    )
    assert.equal(Math.max(...templates), limits.templatesPerExporter)
  })

  it('that uses another domain with every message', () => {
    const { lost } = among(80, (n) => version10([set(2, template(256, [8, 4]))], { domain: n * 7919 }))
    assert.deepEqual(lost, {})
  })

  it('that names a thousand samplers with every datagram', () => {
    among(80, (n) =>
      version9([
        set(1, options9(300, [[48, 4]], [[34, 4]])),
        set(300, ...Array.from({ length: 1000 }, (_, i) => [...u32(n * 1000 + i), ...u32(100)])),
      ]),
    )
  })

  it('that sends data without a template: what it makes wait pushes out only what it made wait', () => {
    const { pipeline, counters, flush } = collect({ limits: { waitingSets: 64 } })
    const early = version9([set(256, ip4('10.0.0.1'), u32(7))])
    for (const address of NEIGHBOURS) pipeline.receive(early, address, SENT_MS)
    for (let n = 0; n < 10_000; n++) pipeline.receive(version9([set(256 + (n % 9), u16(n))]), HOSTILE, SENT_MS)
    assert.equal(counters.get('waitingSets'), 64)
    assert.deepEqual(counters.losses(), { 'decode.templateUnknown': 10_000 + NEIGHBOURS.length - 64 })
    for (const address of NEIGHBOURS)
      pipeline.receive(version9([set(0, template(256, [8, 4], [2, 4]))], { sequence: 1 }), address, SENT_MS)
    assert.deepEqual(
      flush().map((row) => row['packets']),
      NEIGHBOURS.map(() => 7),
    )
  })

  it('that makes no sense at all', () => {
    among(80, (n) => Uint8Array.from({ length: 400 }, (_, i) => (i === 0 ? 0 : i === 1 ? 9 : (i * n * 31) & 255)))
  })
})
