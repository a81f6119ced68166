/** Datagrams to make bad ones of: captures where they are there, recorded exporters, the demo's routers, odd structures. */
import { createReadStream, readdirSync } from 'node:fs'
import { Demo } from '../../src/server/demo/demo.ts'
import { readCapture } from '../../src/server/intake/sources/pcap.ts'
import { cases, datagramsOf } from '../support/captures.ts'
import { ip4, options10, options9, set, template, u16, u32, u8, version10, version9 } from '../support/wire.ts'

/** Longer ones add nothing but time. */
const LONGEST = 2000
/** Of one capture; some have thousands that are alike. */
const MOST = 40

const START_MS = Date.UTC(2026, 10, 24, 9)
const fixtures = new URL('../fixtures/', import.meta.url)

/** `withCaptures`: those of the shared folder too, where it is there. */
export async function readSeeds(withCaptures: boolean): Promise<Uint8Array[]> {
  const seeds: Uint8Array[] = [...structures(), ...demo()]
  for (const name of readdirSync(fixtures).filter((file) => file.endsWith('.pcap')))
    for await (const { payload } of readCapture(createReadStream(new URL(name, fixtures)))) seeds.push(payload)
  if (withCaptures)
    for (const { name } of cases()) {
      const payloads = (await datagramsOf(name)).map(({ payload }) => payload)
      seeds.push(...payloads.slice(0, MOST))
    }
  // No Buffers: these share their memory with what is sliced off them.
  return seeds.filter(({ length }) => length > 0 && length <= LONGEST).map((bytes) => Uint8Array.from(bytes))
}

function demo(): Uint8Array[] {
  const routers = new Demo({
    seed: 1,
    flowsPerSecond: 300,
    startMs: START_MS,
    averageToMs: START_MS + 900_000,
    incidents: [],
  })
  return Array.from({ length: 3 }, () => routers.second().map(({ bytes }) => bytes)).flat()
}

/** What exporters send seldom: lists, type information, common properties, packet sections, samplers, withdrawals. */
function structures(): Uint8Array[] {
  const list = [3, ...u16(8), ...u16(4), ...ip4('10.0.0.1'), ...ip4('10.0.0.2')]
  const within = [255, ...u16(300), ...ip4('10.0.0.1'), ...u16(80)]
  const several = [0, ...u16(300), ...u16(10), ...ip4('10.0.0.3'), ...u16(53)]
  const packet = [
    0x45,
    0,
    0,
    40,
    0,
    0,
    0,
    0,
    64,
    6,
    0,
    0,
    ...ip4('10.0.0.1'),
    ...ip4('10.0.0.2'),
    ...u16(80),
    ...u16(81),
  ]
  const text = [3, 0x65, 0x74, 0x68]
  return [
    version10([
      set(2, template(300, [8, 4], [7, 2]), template(301, [8, 4], [291, 0xffff], [292, 0xffff], [293, 0xffff], [2, 4])),
      set(301, ip4('10.0.0.9'), u8(list.length), list, u8(within.length), within, u8(several.length), several, u32(7)),
    ]),
    version10([
      set(
        3,
        options10(
          310,
          [
            [346, 4],
            [303, 2],
          ],
          [
            [339, 1],
            [344, 1],
            [345, 2],
            [341, 0xffff],
          ],
        ),
      ),
      set(310, u32(29_305), u16(1), [3, 2], u16(1), text),
    ]),
    version10([
      set(
        3,
        options10(
          311,
          [[137, 8]],
          [
            [8, 4],
            [12, 4],
          ],
        ),
      ),
      set(2, template(312, [137, 8], [2, 4], [1, 4])),
      set(311, u32(0), u32(1), ip4('10.0.0.1'), ip4('10.0.0.2')),
      set(312, u32(0), u32(1), u32(3), u32(400)),
    ]),
    version10([
      set(2, template(313, [313, 0xffff], [312, 2], [302, 1]), template(315, [315, 0xffff], [409, 2])),
      set(313, u8(packet.length), packet, u16(40), u8(1)),
      set(2, u16(313), u16(0)),
      set(2, u16(2), u16(0)),
    ]),
    version9([
      set(
        1,
        options9(
          320,
          [[1, 4]],
          [
            [48, 1],
            [34, 4],
            [84, 16],
          ],
        ),
      ),
      set(
        320,
        u32(1),
        u8(2),
        u32(1000),
        Array.from({ length: 16 }, () => 0x41),
      ),
      set(1, options9(321, [[2, 4]], [[82, 0xffff]])),
      set(321, u32(3), text),
    ]),
  ]
}
