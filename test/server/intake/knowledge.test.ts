/** What option records say of the numbers in flows is known, shown and used; none of it is a flow. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import type { Exporter } from '../../../src/server/intake/exporter.ts'
import { StateFile } from '../../../src/server/intake/state/state-file.ts'
import { entriesOf, remember } from '../../../src/server/intake/state/remembered.ts'
import { exporterStatus } from '../../../src/server/intake/status.ts'
import { totalsOf } from '../../../src/server/intake/totals.ts'
import { collect } from '../../support/rows.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import {
  SENT_MS,
  ip4,
  options10,
  options9,
  set,
  template,
  u16,
  u32,
  u64,
  u8,
  version10,
  version9,
  type Octets,
} from '../../support/wire.ts'

const ROUTER = '198.51.100.1'
const fixed = (text: string, length: number): Octets => [
  ...Buffer.from(text),
  ...Array.from({ length: length - Buffer.byteLength(text) }, () => 0),
]
const variable = (text: string): Octets => [Buffer.byteLength(text), ...Buffer.from(text)]

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, counters, flush } = collect(...options)
  const exporter = () => [...pipeline.exporters][0] as Exporter
  return {
    counters,
    flush,
    exporter,
    send: (bytes: Uint8Array) => pipeline.receive(bytes, ROUTER, SENT_MS),
    status: () => exporterStatus(exporter(), 0),
  }
}

test('NetFlow v9: interfaces by scope (RFC 3954 §6.1), IF_NAME and IF_DESC, filled up with zeros', () => {
  const { send, status, flush, counters } = listen()
  send(
    version9([
      set(
        1,
        options9(
          300,
          [[2, 4]],
          [
            [82, 8],
            [83, 16],
          ],
        ),
      ),
    ]),
  )
  send(
    version9([
      set(300, u32(7), fixed('Gi0/7', 8), fixed('To the world', 16), u32(8), fixed('Gi0/8', 8), fixed('', 16)),
    ]),
  )
  assert.deepEqual(status().interfaces, [
    { index: 7, name: 'Gi0/7', description: 'To the world' },
    { index: 8, name: 'Gi0/8', description: '' },
  ])
  assert.deepEqual(flush(), [])
  assert.deepEqual([counters.get('flows'), counters.get('options'), counters.losses()], [0, 2, {}])
})

test('IPFIX: interfaces by ingressInterface, of variable length; a name that changes', () => {
  const { send, status } = listen()
  send(
    version10([
      set(
        3,
        options10(
          300,
          [[10, 4]],
          [
            [82, 65535],
            [83, 65535],
          ],
        ),
      ),
    ]),
  )
  send(version10([set(300, u32(1), variable('ge-0/0/1'), variable('a'))]))
  send(version10([set(300, u32(1), variable('ge-0/0/1'), variable('b'))]))
  assert.deepEqual(status().interfaces, [{ index: 1, name: 'ge-0/0/1', description: 'b' }])
})

test('names of VRFs and of samplers, with the mode', () => {
  const { send, status } = listen()
  send(version10([set(3, options10(300, [[234, 4]], [[236, 8]])), set(300, u32(5), fixed('blue', 8))]))
  send(
    version9([
      set(
        1,
        options9(
          301,
          [[1, 4]],
          [
            [48, 1],
            [84, 8],
            [49, 1],
            [50, 4],
          ],
        ),
      ),
      set(301, u32(0), u8(3), fixed('one', 8), u8(2), u32(100)),
    ]),
  )
  assert.deepEqual(status().vrfs, [{ id: 5, name: 'blue' }])
  assert.deepEqual(status().samplers, [{ id: 3, name: 'one', mode: 'random' }])
  assert.deepEqual(status().sampling, [{ domain: 1, sampler: '3', rate: 100, source: 'sampler' }])
})

test('an application that a record only numbers has the name that options gave it; its own goes before', () => {
  const { send, flush, status } = listen()
  send(
    version9([
      set(
        1,
        options9(
          300,
          [[1, 4]],
          [
            [95, 4],
            [96, 24],
          ],
        ),
      ),
    ]),
  )
  send(
    version9([set(300, u32(0), u32(0x0d00_0001), fixed('youtube', 24), u32(0), u32(0x0300_0050), fixed('http', 24))]),
  )
  send(
    version9([
      set(0, template(256, [8, 4], [95, 4])),
      set(256, ip4('10.0.0.1'), u32(0x0d00_0001), ip4('10.0.0.2'), u32(0x0d00_0002)),
    ]),
  )
  send(
    version9([
      set(0, template(257, [8, 4], [95, 4], [96, 8])),
      set(257, ip4('10.0.0.3'), u32(0x0d00_0001), fixed('own', 8)),
    ]),
  )
  const rows = flush()
  assert.equal(status().applications, 2)
  assert.deepEqual(
    rows.map((row) => [row['src.ip'], row['app.id'], row['app']]),
    [
      ['10.0.0.1', 0x0d00_0001, 'youtube'],
      ['10.0.0.2', 0x0d00_0002, undefined],
      ['10.0.0.3', 0x0d00_0001, 'own'],
    ],
  )
})

test('what the exporter could not send is its own count', () => {
  const { send, status } = listen()
  send(
    version10([
      set(
        3,
        options10(
          300,
          [[144, 4]],
          [
            [42, 8],
            [166, 8],
            [164, 8],
          ],
        ),
      ),
      set(300, u32(1), u64(1000), u64(7), u64(0)),
    ]),
  )
  assert.deepEqual(status().statistics, [
    { domain: 1, element: '42', name: 'exportedFlowRecordTotalCount', value: 1000, loss: false },
    { domain: 1, element: '166', name: 'notSentFlowTotalCount', value: 7, loss: true },
    { domain: 1, element: '164', name: 'ignoredPacketTotalCount', value: 0, loss: true },
  ])
})

test('names that nobody should print are made fit', () => {
  const { send, status } = listen()
  send(version10([set(3, options10(300, [[10, 4]], [[82, 65535]]))]))
  send(version10([set(300, u32(1), variable('\u001b[31m eth0\r\n'), u32(2), [2, 0xff, 0x41], u32(3), [0])]))
  assert.deepEqual(
    status().interfaces.map(({ index, name }) => [index, name]),
    [
      [1, '[31m eth0'],
      [2, '\ufffdA'],
    ],
  )
})

test('names are bounded for an exporter and in all, and given back', () => {
  const { send, counters, exporter } = listen({ limits: { optionsPerExporter: 3 } })
  const names = (from: number, to: number) =>
    set(300, ...Array.from({ length: to - from }, (_, i) => [...u32(from + i), ...fixed('x', 4)]))
  send(version9([set(1, options9(300, [[2, 4]], [[82, 4]])), names(0, 5)]))
  assert.deepEqual(counters.losses(), { 'decode.optionsFull': 2 })
  assert.equal(totalsOf(exporter().shared).options, 3)
  exporter().forget()
  assert.equal(totalsOf(exporter().shared).options, 0)
})

test('names outlive the process', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const start = async () => {
    const stateFile = new StateFile(file, (_, message) => assert.fail(message))
    const { pipeline } = collect({ notes: stateFile })
    remember(pipeline.exporters, await stateFile.read(), SENT_MS)
    stateFile.start(() => entriesOf(pipeline.exporters))
    return { stateFile, pipeline }
  }
  const first = await start()
  const send = (bytes: Uint8Array) => first.pipeline.receive(bytes, ROUTER, SENT_MS)
  send(version9([set(1, options9(300, [[2, 4]], [[82, 8]])), set(300, u32(7), fixed('Gi0/7', 8))]))
  await first.stateFile.stop()
  const second = await start()
  const [exporter] = second.pipeline.exporters
  assert.deepEqual(
    [...(exporter as Exporter).knowledge.all()],
    [{ kind: 'interface', id: 7, name: 'Gi0/7', description: '' }],
  )
  await second.stateFile.stop()
})

test('a record of names that is cut short is no name', () => {
  const { send, status, counters } = listen()
  send(version10([set(3, options10(300, [[10, 4]], [[82, 65535]]))]))
  send(version10([set(300, u32(1), [200, ...u16(0)])]))
  assert.deepEqual([status().interfaces, counters.losses()], [[], { 'decode.short': 1 }])
})

test('what people call an exporter is in its status', () => {
  const { send, status } = listen({ settings: { '198.51.100.0/24': { name: 'core' } } })
  send(version9([]))
  assert.equal(status().name, 'core')
})
