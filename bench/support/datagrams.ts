/** Pools of NetFlow and IPFIX datagrams as routers send them: 1,400 bytes of records whose values vary. */

import { generator } from './random.ts'

/** Element and length of each field, in the order in which routers send them. */
export type Layout = readonly (readonly [element: number, length: number])[]

// oxfmt-ignore
export const V9: Layout = [
  [1, 4], [2, 4], [4, 1], [5, 1], [6, 1], [7, 2], [8, 4], [9, 1], [10, 4], [11, 2], [12, 4],
  [13, 1], [14, 4], [15, 4], [16, 4], [17, 4], [21, 4], [22, 4], [58, 2], [59, 2], [61, 1],
]
// oxfmt-ignore
export const IPFIX: Layout = [
  [1, 8], [2, 8], [4, 1], [5, 1], [6, 2], [7, 2], [8, 4], [9, 1], [10, 4], [11, 2], [12, 4],
  [13, 1], [14, 4], [15, 4], [16, 4], [17, 4], [152, 8], [153, 8], [58, 2], [59, 2], [61, 1], [136, 1],
]
/** NetFlow v5's record; 0 is padding. */
// oxfmt-ignore
export const V5: Layout = [
  [8, 4], [12, 4], [15, 4], [10, 2], [14, 2], [2, 4], [1, 4], [22, 4], [21, 4], [7, 2],
  [11, 2], [0, 1], [6, 1], [4, 1], [5, 1], [16, 2], [17, 2], [9, 1], [13, 1], [0, 2],
]

const DATAGRAM_BYTES = 1400
const TEMPLATE_ID = 256
const UPTIME_MS = 7_200_000

export function netflow9Datagrams(count: number): Uint8Array[] {
  return withTemplate(count, V9, (sets, sequence) =>
    datagram([9, 2], [1, 2], [UPTIME_MS, 4], [nowSeconds(), 4], [sequence, 4], [1, 4], sets),
  )
}

export function ipfixDatagrams(count: number): Uint8Array[] {
  const records = recordsIn(IPFIX, 20)
  return withTemplate(count, IPFIX, (sets, n) =>
    datagram([10, 2], [sets.length + 16, 2], [nowSeconds(), 4], [Math.max(0, n - 1) * records, 4], [1, 4], sets),
  )
}

export function netflow5Datagrams(count: number): Uint8Array[] {
  const random = generator(1)
  const records = Math.min(30, recordsIn(V5, 24))
  return Array.from({ length: count }, (_, n) =>
    datagram(
      [5, 2],
      [records, 2],
      [UPTIME_MS, 4],
      [nowSeconds(), 4],
      [0, 4],
      [n * records, 4],
      [1, 2],
      [0, 2],
      writeRecords(V5, records, random),
    ),
  )
}

/** Records as routers of several makers have them: NetFlow v9, element and length. */
// oxfmt-ignore
const MAKERS: readonly Layout[] = [
  V9,
  // Cisco ASR with NBAR
  [[8, 4], [12, 4], [7, 2], [11, 2], [10, 4], [14, 4], [4, 1], [5, 1], [6, 1], [95, 4], [1, 4], [2, 4], [22, 4], [21, 4], [48, 1], [61, 1]],
  // Juniper MX
  [[8, 4], [12, 4], [5, 1], [4, 1], [7, 2], [11, 2], [32, 2], [10, 4], [58, 2], [9, 1], [13, 1], [16, 4], [17, 4], [15, 4], [6, 1], [14, 4], [1, 8], [2, 8], [52, 1], [53, 1], [22, 4], [21, 4], [136, 1]],
  // Huawei NE
  [[1, 8], [2, 8], [22, 4], [21, 4], [10, 4], [14, 4], [16, 4], [17, 4], [15, 4], [18, 4], [7, 2], [11, 2], [8, 4], [12, 4], [6, 1], [4, 1], [5, 1], [9, 1], [13, 1], [61, 1], [89, 1]],
  // MikroTik
  [[8, 4], [12, 4], [4, 1], [5, 1], [7, 2], [11, 2], [10, 4], [14, 4], [22, 4], [21, 4], [2, 4], [1, 4], [15, 4], [13, 1], [9, 1], [6, 1], [225, 4], [226, 4], [227, 2], [228, 2]],
]

/** Where the sequence number stands in NetFlow v9. */
export const SEQUENCE_AT = 12

export interface FromExporter {
  readonly address: string
  readonly bytes: Uint8Array
}

/** Datagrams of which `manyExporters` sends each for several exporters: as many as a processor's cache holds. */
const DIFFERENT = 2000

/**
 * Templates of each of so many exporters, five each; then `data` datagrams, of exporters and templates in turn. The bytes
 * are the same for several exporters, so a sequence number is to be written into them (at `SEQUENCE_AT`) before each is sent.
 */
export function manyExporters(exporters: number, data: number): { templates: FromExporter[]; data: FromExporter[] } {
  const random = generator(2)
  const addressOf = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
  const message = (sets: Uint8Array, sequence: number) =>
    datagram([9, 2], [1, 2], [UPTIME_MS, 4], [nowSeconds(), 4], [sequence, 4], [1, 4], sets)
  const templates = Array.from({ length: exporters }, (_, n) => ({
    address: addressOf(n),
    bytes: message(
      datagram(
        [0, 2],
        [4 + MAKERS.reduce((sum, layout) => sum + 4 + 4 * layout.length, 0), 2],
        ...MAKERS.flatMap((layout, i): [number, number][] => [
          [TEMPLATE_ID + i, 2],
          [layout.length, 2],
          ...layout.flat().map((value): [number, number] => [value, 2]),
        ]),
      ),
      0,
    ),
  }))
  const different = Array.from({ length: DIFFERENT }, (_, n) => {
    const i = n % MAKERS.length
    const layout = MAKERS[i] as Layout
    const content = writeRecords(layout, recordsIn(layout, 24), random)
    return message(datagram([TEMPLATE_ID + i, 2], [content.length + 4, 2], content), 0)
  })
  return {
    templates,
    // A multiplier without a common factor, so that each exporter's turn comes with each of its templates.
    data: Array.from({ length: data }, (_, n) => ({
      address: addressOf((n * 7919) % exporters),
      bytes: different[n % DIFFERENT] as Uint8Array,
    })),
  }
}

/** A datagram with the template, then the rest with data. */
function withTemplate(
  count: number,
  layout: Layout,
  message: (sets: Uint8Array, n: number) => Uint8Array,
): Uint8Array[] {
  const random = generator(1)
  const records = recordsIn(layout, 24)
  const ofTemplate = layout[0]?.[1] === 8 ? 2 : 0
  const template = datagram(
    [TEMPLATE_ID, 2],
    [layout.length, 2],
    ...layout.flatMap(([element, length]): [number, number][] => [
      [element, 2],
      [length, 2],
    ]),
  )
  const set = (id: number, content: Uint8Array) => datagram([id, 2], [content.length + 4, 2], content)
  return Array.from({ length: count }, (_, n) =>
    message(n === 0 ? set(ofTemplate, template) : set(TEMPLATE_ID, writeRecords(layout, records, random)), n),
  )
}

function recordsIn(layout: Layout, header: number): number {
  return Math.floor((DATAGRAM_BYTES - header) / layout.reduce((sum, [, length]) => sum + length, 0))
}

function writeRecords(layout: Layout, records: number, random: () => number): Uint8Array {
  return datagram(...Array.from({ length: records }, () => record(layout, random)).flat())
}

/** One flow: mostly TCP, some UDP and ICMP. */
function record(layout: Layout, random: () => number): [number, number][] {
  const whole = (below: number) => Math.floor(random() * below)
  const packets = Math.ceil(1 / (random() + 1e-5))
  const duration = whole(60_000)
  const now = nowSeconds() * 1000
  const values: Record<number, number> = {
    1: packets * (40 + whole(1460)),
    2: packets,
    4: [6, 6, 6, 17, 17, 1][whole(6)] as number,
    6: 0x1b,
    7: 32_768 + whole(28_000),
    8: 0x0a000000 + whole(50_000),
    9: 24,
    10: 10_101 + whole(48),
    11: [443, 80, 53, 22, 993][whole(5)] as number,
    12: 0xc6120000 + whole(150_000),
    13: 16,
    14: 49,
    15: 0x0a000001 + whole(16),
    16: 64_512,
    17: 15_169 + whole(40),
    21: UPTIME_MS - 1000,
    22: UPTIME_MS - 1000 - duration,
    58: 100 + whole(16),
    59: 100,
    61: whole(2),
    136: 1 + whole(3),
    18: 0x0a000001 + whole(16),
    32: 0,
    48: 1,
    52: 64,
    53: 64,
    89: 64,
    95: 0x0d000000 + whole(500),
    225: 0xc6330000 + whole(200),
    226: 0xc6120000 + whole(150_000),
    227: 32_768 + whole(28_000),
    228: 443,
    152: now - duration,
    153: now,
  }
  return layout.map(([element, length]) => [values[element] ?? 0, length])
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** Big-endian numbers `[value, length]` and pieces, one after the other. */
function datagram(...parts: readonly (readonly [value: number, length: number] | Uint8Array)[]): Uint8Array {
  const bytes = new Uint8Array(
    parts.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : part[1]), 0),
  )
  let at = 0
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      bytes.set(part, at)
      at += part.length
      continue
    }
    for (let i = part[1] - 1, rest = part[0]; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[at + i] = rest % 256
    at += part[1]
  }
  return bytes
}
