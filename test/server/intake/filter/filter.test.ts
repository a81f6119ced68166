/** Filters over batches, against what they mean for one flow (test/conformance/reference.ts). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Batch } from '../../../../src/server/intake/batch.ts'
import { keepRows } from '../../../../src/server/intake/filter/compact.ts'
import { rowTest } from '../../../../src/server/intake/filter/compile.ts'
import { exporterTest, readFilters } from '../../../../src/server/intake/filter/settings.ts'
import { WeirError } from '../../../../src/shared/api/errors.ts'
import { makeFilter, makeFlows, plain, Random } from '../../../conformance/flows.ts'
import { holds } from '../../../conformance/reference.ts'
import { batchOf, writeFlow } from '../../../support/batches.ts'
import { collect, rowsOf } from '../../../support/rows.ts'
import { set, u16, u32, version10, version9, type Octets } from '../../../support/wire.ts'

const ALL = { exporters: { deny: [] }, protocols: { deny: [] } }

describe('a filter over a batch', () => {
  it('is true of the same rows as of the flows themselves, and leaves their values as they are', () => {
    const random = new Random(7)
    let kept = 0
    for (let round = 0; round < 120; round++) {
      const flows = makeFlows(random, 60, round % 2 === 0)
      const filter = makeFilter(random, 3)
      const batch = batchOf(flows.map(plain))
      const test = rowTest(filter, batch)
      const wanted = flows.filter((flow) => holds(filter, flow))
      const gone = keepRows(batch, 0, test)
      assert.equal(
        batch.rows,
        wanted.length,
        JSON.stringify(filter, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
      )
      assert.equal(gone, flows.length - wanted.length)
      assert.deepEqual(rowsOf(batch), rowsOf(batchOf(wanted.map(plain))))
      kept += wanted.length
    }
    assert.ok(kept > 500, 'the filters were to keep some')
  })

  it('rows before are left alone, and rows that went leave nothing behind', () => {
    const flows = makeFlows(new Random(3), 40, false).map(plain)
    const batch = batchOf(flows)
    keepRows(batch, 10, (row) => row % 3 === 0)
    const wanted = flows.filter((_, row) => row < 10 || row % 3 === 0)
    assert.deepEqual(rowsOf(batch), rowsOf(batchOf(wanted)))
    for (const mask of batch.masks)
      for (let row = batch.rows; row < 40; row++) assert.equal(((mask[row >> 3] as number) >> (row & 7)) & 1, 0)
    keepRows(batch, 0, () => false)
    assert.equal(batch.rows, 0)
    for (const flow of flows) writeFlow(batch, flow)
    assert.deepEqual(rowsOf(batch), rowsOf(batchOf(flows)))
    assert.equal(
      keepRows(new Batch(), 0, () => true),
      0,
    )
  })
})

describe('filters of the configuration', () => {
  it('keep and drop together', () => {
    const { flows } = readFilters({ ...ALL, keep: 'src.ip:10.0.0.0/8', drop: 'proto:udp' })
    const batch = batchOf([
      { 'src.ip': '10.1.1.1', proto: 6 },
      { 'src.ip': '10.1.1.2', proto: 17 },
      { 'src.ip': '192.0.2.1', proto: 6 },
      { proto: 6 },
      { 'src.ip': '10.1.1.3' },
    ])
    assert.ok(flows)
    keepRows(batch, 0, rowTest(flows, batch))
    assert.deepEqual(
      rowsOf(batch).map((row) => row['src.ip']),
      ['10.1.1.1', '10.1.1.3'],
    )
    assert.equal(readFilters(ALL).flows, null)
  })

  it('one that cannot be read is named', () => {
    for (const [name, text, wanted] of [
      ['keep', 'nosuch:1', /^intake\.keep: .*nosuch/],
      ['drop', 'src.ip:(', /^intake\.drop: /],
      ['drop', '  ', /^intake\.drop says nothing/],
    ] as const)
      assert.throws(
        () => readFilters({ ...ALL, [name]: text }),
        (error) => error instanceof WeirError && error.code === 'badOption' && wanted.test(error.message),
        text,
      )
  })

  it('exporters: denied goes before allowed; without a list, all', () => {
    const test = exporterTest({ allow: ['192.0.2.0/24', '2001:db8::/32'], deny: ['192.0.2.9'] })
    assert.deepEqual(
      ['192.0.2.1', '192.0.2.9', '198.51.100.1', '2001:db8::1'].map((address) => test?.(address)),
      [true, false, false, true],
    )
    assert.equal(exporterTest({ deny: ['10.0.0.0/8'] })?.('10.1.1.1'), false)
    assert.equal(exporterTest({ deny: [] }), null)
  })
})

describe('what the intake lets in', () => {
  const template = (id: number): Octets => [
    ...u16(300),
    ...u16(3),
    ...u16(8),
    ...u16(4),
    ...u16(4),
    ...u16(1),
    ...u16(id),
    ...u16(4),
  ]
  const record = (last: number, proto: number, bytes: number): Octets => [10, 0, 0, last, proto, ...u32(bytes)]
  const ipfix = version10([set(2, template(1)), set(300, record(1, 6, 100), record(2, 17, 200), record(3, 6, 300))])

  it('a protocol that is denied is counted and not decoded', () => {
    const { pipeline, counters, flush } = collect({ deniedProtocols: ['netflow9'] })
    pipeline.receive(version9([set(0, template(1)), set(300, record(1, 6, 100))]), '192.0.2.1', 1000)
    pipeline.receive(ipfix, '192.0.2.1', 1000)
    assert.equal(flush().length, 3)
    assert.equal(counters.get('filtered.protocol'), 1)
    assert.deepEqual(counters.losses(), {})
  })

  it('an exporter that is denied takes no place', () => {
    const { pipeline, counters, flush } = collect({
      limits: { exporters: 1 },
      allows: exporterTest({ allow: ['192.0.2.1'], deny: [] }),
    })
    for (let i = 2; i < 20; i++) pipeline.receive(ipfix, `192.0.2.${i}`, 1000)
    pipeline.receive(ipfix, '192.0.2.1', 1000)
    assert.equal(flush().length, 3)
    assert.equal(counters.get('filtered.exporter'), 18)
    assert.equal(counters.get('exporters'), 1)
    assert.deepEqual(counters.losses(), {})
  })

  it('flows that do not fit are counted; a batch of which nothing is left is not handed on', () => {
    const { pipeline, counters, flush, rows } = collect({ keep: readFilters({ ...ALL, drop: 'bytes>=200' }).flows })
    pipeline.receive(ipfix, '192.0.2.1', 1000)
    assert.deepEqual(
      flush().map((row) => row['bytes']),
      [100],
    )
    assert.equal(counters.get('filtered.flows'), 2)
    pipeline.receive(version10([set(300, record(1, 6, 500))], { sequence: 3 }), '192.0.2.1', 1000)
    assert.equal(flush().length, 1)
    assert.equal(counters.get('filtered.flows'), 3)
    pipeline.receive(version10([set(300, record(9, 6, 50))], { sequence: 4 }), '192.0.2.1', 1000)
    flush()
    assert.equal(rows.at(-1)?.['src.ip'], '10.0.0.9')
  })
})
