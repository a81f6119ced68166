/** Options by which other records are understood: RFC 5610 and RFC 5473. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { netflowStatus } from '../../../../src/server/intake/decoders/netflow-status.ts'
import { commonValues } from '../../../../src/server/intake/decoders/option-structures.ts'
import type { Exporter } from '../../../../src/server/intake/exporter.ts'
import { exporterStatus } from '../../../../src/server/intake/status.ts'
import { entriesOf, remember } from '../../../../src/server/intake/state/remembered.ts'
import type { RawRecord } from '../../../../src/server/intake/raw/record.ts'
import { RawReader } from '../../../../src/server/intake/raw/raw-reader.ts'
import { collect } from '../../../support/rows.ts'
import {
  SENT_MS,
  ip4,
  options10,
  set,
  template,
  u16,
  u32,
  u64,
  u8,
  version10,
  type Octets,
} from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'
const VARIABLE = 65535
const PEN = 424_242
const text = (value: string): Octets => [value.length, ...Buffer.from(value)]

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, counters, flush } = collect(...options)
  return {
    counters,
    flush,
    send: (datagram: Uint8Array, from = ROUTER) => pipeline.receive(datagram, from, SENT_MS),
    exporter: () => [...pipeline.exporters][0] as Exporter,
    pick: (...names: string[]) => flush().map((row) => names.map((name) => row[name])),
  }
}

/** RFC 5610 §3.9: scopes are enterprise and number. */
const ELEMENT_TYPES = options10(
  512,
  [
    [346, 4],
    [303, 2],
  ],
  [
    [339, 1],
    [344, 1],
    [341, VARIABLE],
  ],
)
const elementType = (id: number, type: number, name: string): Octets => [
  ...u32(PEN),
  ...u16(id),
  ...u8(type),
  ...u8(0),
  ...text(name),
]

test('names and types that an exporter gives its own elements', () => {
  const { send, flush, exporter, counters } = listen()
  send(
    version10([
      set(3, ELEMENT_TYPES),
      set(512, elementType(7, 13, 'gameName'), elementType(8 | 0x8000, 3, 'gameScore')),
      set(2, template(256, [8, 4], [12, 4], [1, 4], [7, VARIABLE, PEN], [8, 4, PEN], [9, 4, PEN])),
    ]),
  )
  assert.deepEqual(flush(), [])
  assert.deepEqual([exporter().records, exporter().options], [0, 2])
  const { templates } = netflowStatus(exporter())
  assert.deepEqual(
    templates.find(({ id }) => id === 256)?.fields.map(({ name }) => name),
    ['sourceIPv4Address', 'destinationIPv4Address', 'octetDeltaCount', 'gameName', 'gameScore', `${PEN}.9`],
  )
  assert.deepEqual(exporter().netflow.elements.type(`${PEN}.7`), 'string')
  assert.deepEqual(exporter().netflow.elements.type(`${PEN}.8`), 'unsigned32')
  assert.deepEqual(counters.losses(), {})
})

test('the names stand with the elements that are kept nowhere too, with values as their types say', () => {
  const { send, exporter } = listen()
  send(
    version10([
      set(3, ELEMENT_TYPES),
      set(512, elementType(7, 18, 'gameServer')),
      set(2, template(256, [8, 4], [7, 4, PEN])),
      set(256, ip4('10.0.0.1'), ip4('203.0.113.7')),
    ]),
  )
  const [unknown] = exporterStatus(exporter(), 0).unknownElements
  assert.deepEqual(unknown, {
    element: `${PEN}.7`,
    name: 'gameServer',
    type: 'ipv4Address',
    records: 1,
    values: ['203.0.113.7'],
    kind: 'ip',
  })
})

test('IXIA has the number of the element beside the scopes', () => {
  const { send, exporter } = listen()
  send(
    version10([
      set(
        3,
        options10(
          512,
          [[346, 4]],
          [
            [303, 2],
            [339, 1],
            [344, 1],
            [341, VARIABLE],
          ],
        ),
      ),
      set(512, elementType(7, 18, 'gameServer')),
    ]),
  )
  assert.equal(exporter().netflow.elements.name(`${PEN}.7`), 'gameServer')
  assert.equal(exporter().netflow.elements.type(`${PEN}.7`), 'ipv4Address')
})

test('an exporter does not rename what is registered, and a name that is none is not taken', () => {
  const { send, exporter } = listen()
  send(
    version10([
      set(3, options10(512, [[303, 2]], [[341, VARIABLE]])),
      set(512, u16(8), text('somethingElse'), u16(31_998), text('<script>'), u16(31_999), text('\u001b[31mred')),
    ]),
  )
  const { elements } = exporter().netflow
  assert.deepEqual([elements.name('8'), elements.name('31998'), elements.size], ['sourceIPv4Address', '31998', 0])
})

test('names of elements are bounded, and given back', () => {
  const { send, exporter, counters } = listen({ limits: { optionsPerExporter: 3 } })
  send(
    version10([
      set(3, ELEMENT_TYPES),
      set(512, ...Array.from({ length: 5 }, (_, i) => elementType(i, 3, `element${i}`))),
      // Told again, a name takes no more room.
      set(512, elementType(0, 3, 'renamed')),
    ]),
  )
  assert.equal(exporter().netflow.elements.size, 3)
  assert.equal(exporter().netflow.elements.name(`${PEN}.0`), 'renamed')
  assert.deepEqual(counters.losses(), { 'decode.optionsFull': 2 })
  exporter().forget()
  assert.equal(exporter().netflow.elements.size, 0)
})

test('raw records show the names that the exporter gives', () => {
  const records: RawRecord[] = []
  const { send } = listen({ tap: new RawReader((record) => records.push(record)) })
  const data = set(256, ip4('10.0.0.1'), text('chess'))
  send(version10([set(2, template(256, [8, 4], [7, VARIABLE, PEN])), data]))
  send(version10([set(3, ELEMENT_TYPES), set(512, elementType(7, 13, 'gameName')), data], { sequence: 1 }))
  const [before, , after] = records
  assert.deepEqual(before?.fields[1], { element: `${PEN}.7`, name: `${PEN}.7`, value: null, hex: '6368657373' })
  assert.deepEqual(after?.fields[1], { element: `${PEN}.7`, name: 'gameName', value: 'chess', hex: '6368657373' })
})

/** RFC 5473 §5: the properties are told once, by their number, and data records have the number. */
const common = (id: number, source: string, ingress: number): Octets => [...u64(id), ...ip4(source), ...u32(ingress)]
const COMMON = options10(
  513,
  [[137, 8]],
  [
    [8, 4],
    [10, 4],
  ],
)

test('properties in common fill in what records leave out', () => {
  const { send, pick, exporter, counters } = listen()
  send(
    version10([
      set(3, COMMON),
      set(513, common(1, '10.0.0.1', 7), common(2, '10.0.0.2', 8)),
      set(2, template(256, [137, 8], [12, 4], [1, 4], [34, 4])),
      set(2, template(257, [12, 4], [10, 4], [1, 4], [137, 4])),
      set(256, u64(2), ip4('192.0.2.1'), u32(100), u32(10), u64(1), ip4('192.0.2.2'), u32(200), u32(1)),
      set(257, ip4('192.0.2.3'), u32(9), u32(300), u32(1), ip4('192.0.2.4'), u32(9), u32(400), u32(3)),
    ]),
  )
  assert.deepEqual(pick('src.ip', 'dst.ip', 'bytes', 'in.if'), [
    ['10.0.0.2', '192.0.2.1', 1000, 8],
    ['10.0.0.1', '192.0.2.2', 200, 7],
    ['10.0.0.1', '192.0.2.3', 300, 9],
    [undefined, '192.0.2.4', 400, 9],
  ])
  assert.deepEqual([exporter().options, exporter().records], [2, 4])
  assert.deepEqual(counters.losses(), {})
})

test('properties in common hold in their domain only, change, and are bounded', () => {
  const { send, pick, exporter, counters } = listen({ limits: { optionsPerExporter: 2 } })
  const data = template(256, [137, 8], [12, 4], [1, 4])
  send(
    version10([
      set(3, COMMON),
      set(513, common(1, '10.0.0.1', 7), common(2, '10.0.0.2', 7), common(3, '10.0.0.3', 7), common(1, '10.0.0.9', 7)),
      set(2, data),
      set(256, u64(1), ip4('192.0.2.1'), u32(100), u64(3), ip4('192.0.2.2'), u32(100)),
    ]),
  )
  send(version10([set(2, data), set(256, u64(1), ip4('192.0.2.3'), u32(100))], { domain: 2 }))
  assert.deepEqual(pick('src.ip', 'dst.ip'), [
    ['10.0.0.9', '192.0.2.1'],
    [undefined, '192.0.2.2'],
    [undefined, '192.0.2.3'],
  ])
  assert.deepEqual(counters.losses(), { 'decode.optionsFull': 1 })
  exporter().forget()
})

test('both outlive the process, as the templates do', () => {
  const before = collect()
  before.pipeline.receive(
    version10([
      set(3, COMMON),
      set(513, common(1, '10.0.0.1', 7)),
      set(3, ELEMENT_TYPES),
      set(512, elementType(7, 13, 'gameName')),
      set(2, template(256, [137, 8], [12, 4], [1, 4])),
    ]),
    ROUTER,
    SENT_MS,
  )
  const entries = [...entriesOf(before.pipeline.exporters)]
  const after = collect()
  remember(after.pipeline.exporters, entries, SENT_MS)
  after.pipeline.receive(version10([set(256, u64(1), ip4('192.0.2.1'), u32(100))]), ROUTER, SENT_MS)
  const [row] = after.flush()
  assert.deepEqual([row?.['src.ip'], row?.['in.if'], row?.['dst.ip']], ['10.0.0.1', 7, '192.0.2.1'])
  const [exporter] = after.pipeline.exporters
  assert.deepEqual(
    [exporter?.netflow.elements.name(`${PEN}.7`), exporter?.netflow.elements.type(`${PEN}.7`)],
    ['gameName', 'string'],
  )
})

test('properties are written down when they change, not each time that they are told', () => {
  const notes: string[] = []
  const { send } = listen({ notes: { note: (entry) => notes.push(entry[0]) } })
  const told = (source: string) => version10([set(3, COMMON), set(513, common(1, source, 7))])
  for (const source of ['10.0.0.1', '10.0.0.1', '10.0.0.2']) send(told(source))
  assert.equal(notes.filter((kind) => kind === 'common').length, 2)
})

test('properties that were damaged on the way through a file are left out', () => {
  const [value] = commonValues('0:8:4:CgAAAQ==')
  assert.deepEqual(value?.field, { enterprise: 0, id: 8, length: 4 })
  for (const damaged of ['', 'x', '0:8', '0:8:4:CgAA', '0:x:4:CgAAAQ==', '0:31998:4:CgAAAQ=='])
    assert.deepEqual(commonValues(damaged), [])
})

test('properties in common of 60 kB each filled the memory', () => {
  const { send, exporter, counters } = listen()
  const options = options10(512, [[137, 8]], [[96, VARIABLE]])
  const property = (id: number, length: number): Octets => [
    ...u64(BigInt(id)),
    255,
    ...u16(length),
    ...Array.from({ length }, () => 0x61),
  ]
  send(version10([set(3, options), set(512, property(1, 800))]))
  for (let id = 2; id < 6; id++) send(version10([set(512, property(id, 60_000))]))
  const [domain] = exporter().netflow.domains()
  assert.deepEqual([...(domain?.common.keys() ?? [])], [1])
  assert.equal(counters.losses()['decode.optionsFull'], 4)
})
