/**
 * The flow samples that most samples are, read by WebAssembly: compact, with a sampled Ethernet frame and perhaps the extended
 * switch data, in it at most one VLAN tag, IPv4 without options or IPv6 without extension headers, TCP, UDP that is no tunnel,
 * or ICMP, its header all there. sflow-samples.ts reads the same and everything else, which takes four times as long
 * (bench/decode.ts); what stands where is said there, in sflow-records.ts and in packet-network.ts.
 */
import { DIRECTIONS, SAMPLING_SOURCES } from '../../../shared/schema/codes.ts'
import { columnIndex, layout } from '../batch.ts'
import { markedSlot, type MarkedField } from '../marks.ts'
import { functionOf } from '../memory.ts'
import { TUNNEL_PORTS, TUNNEL_SOURCE_PORT } from './packet-tunnels.ts'
import { I32, get, i32, i64, leave, repeat, select, set, v128, when, type Code } from '../wasm.ts'

/**
 * Reads the sample whose content stands at the addresses `[at, end)` into a row of the batch at that address. Its marks
 * (marks.ts); 0 where it is not one of these samples, or not whole.
 */
export type SampleKernel = (at: number, end: number, batch: number, row: number) => number

let made: SampleKernel | undefined

export function sampleKernel(): SampleKernel {
  made ??= functionOf({
    parameters: [I32, I32, I32, I32],
    result: I32,
    locals: [[25, I32]],
    body: sample(),
  })
  return made
}

// Parameters and locals.
const AT = 0
const END = 1
const BATCH = 2
const ROW = 3
/** Address of the row's value in a column of that width at the start of the batch. */
const PLACE = { 1: 4, 2: 5, 4: 6, 8: 7 } as const
const RECORD = 8
const LEFT = 9
const LENGTH = 10
const HEADER = 11
const HEADER_LENGTH = 12
const SWITCH = 13
const FRAME = 14
const FRAME_END = 15
const TYPE = 16
const NETWORK = 17
const VLAN = 18
const PROTOCOL = 19
const TRANSPORT = 20
const PORTS = 21
const IP_LENGTH = 22
const FRAME_LENGTH = 23
const RATE = 24
const WORD = 25
const MARKS = 26
const IN_KNOWN = 27
const OUT_KNOWN = 28

const FLOW_HEADER = 32
const RAW_HEADER = 1
const EXTENDED_SWITCH = 1001
const INTERNAL = 0x3fff_ffff

const IPV4 = 0x0800
const IPV6 = 0x86dd
const VLAN_TAG = 0x8100
const ICMP = 1
const TCP = 6
const UDP = 17
const ICMPV6 = 58

function sample(): Code {
  return [
    ([1, 2, 4, 8] as const).map((width) => [
      [get(BATCH), get(ROW), i32.const(width), i32.multiply, i32.add, set(PLACE[width])],
    ]),
    refuse([get(AT), i32.const(FLOW_HEADER), i32.add, get(END), i32.above]),
    findRecords(),
    frame(),
    [i32.const(bits('src.mac', 'dst.mac', 'ip.version', 'tos', 'ttl', 'proto', 'src.ip', 'dst.ip')), set(MARKS)],
    when2([is(TYPE, IPV4), ipv4()], [is(TYPE, IPV6), ipv6()]),
    transport(),
    [get(PLACE[1]), get(PROTOCOL), i32.store8(to('proto'))],
    [get(PLACE[8]), number(FRAME, 0, 6), i64.store(to('dst.mac'))],
    [get(PLACE[8]), number(FRAME, 6, 6), i64.store(to('src.mac'))],
    [get(VLAN), when([get(PLACE[2]), get(VLAN), i32.store16(to('vlan')), mark('vlan')])],
    [get(SWITCH), when([vlanOf('vlan', 0), vlanOf('out.vlan', 8)])],
    sampling(),
    sizes(),
    way(),
    get(MARKS),
  ]
}

/** The sampled header and the switch data; other records are not for here. */
function findRecords(): Code {
  return [
    [word(AT, 28), set(LEFT)],
    refuse([get(LEFT), i32.const(1), i32.sub, i32.const(8), i32.above]),
    [get(AT), i32.const(FLOW_HEADER), i32.add, set(RECORD)],
    repeat([
      refuse([get(RECORD), i32.const(8), i32.add, get(END), i32.above]),
      [word(RECORD, 4), set(LENGTH)],
      refuse([get(LENGTH), get(END), get(RECORD), i32.sub, i32.const(8), i32.sub, i32.above]),
      refuse([get(LENGTH), i32.const(16), i32.below]),
      [word(RECORD, 0), set(WORD)],
      when2(
        [
          is(WORD, RAW_HEADER),
          [
            refuse(get(HEADER)),
            [get(RECORD), i32.const(8), i32.add, set(HEADER)],
            [get(LENGTH), i32.const(16), i32.sub, set(HEADER_LENGTH)],
          ],
        ],
        [is(WORD, EXTENDED_SWITCH), [get(RECORD), i32.const(8), i32.add, set(SWITCH)]],
      ),
      [get(RECORD), i32.const(8), i32.add, get(LENGTH), i32.add, set(RECORD)],
      [get(LEFT), i32.const(1), i32.sub, set(LEFT), get(LEFT)],
    ]),
    refuse([get(HEADER), i32.const(0), i32.equal]),
  ]
}

/** Ethernet, up to where the network layer begins. */
function frame(): Code {
  return [
    refuse([word(HEADER, 0), i32.const(1), i32.notEqual]),
    [word(HEADER, 12), set(WORD)],
    refuse([get(WORD), get(HEADER_LENGTH), i32.above]),
    refuse([get(WORD), i32.const(18), i32.below]),
    [get(HEADER), i32.const(16), i32.add, set(FRAME)],
    [get(FRAME), get(WORD), i32.add, set(FRAME_END)],
    [half(FRAME, 12), set(TYPE), get(FRAME), i32.const(14), i32.add, set(NETWORK)],
    [
      is(TYPE, VLAN_TAG),
      when([
        [word(NETWORK, 0), set(WORD)],
        [get(WORD), i32.const(0xffff), i32.and, set(TYPE)],
        [get(WORD), i32.const(16), i32.shiftRight, i32.const(0xfff), i32.and, set(VLAN)],
        [get(NETWORK), i32.const(4), i32.add, set(NETWORK)],
      ]),
    ],
  ]
}

function ipv4(): Code {
  const address = (at: number) => [word(NETWORK, at), i64.ofI32, i64.const(0xffff_0000_0000n), i64.or]
  return [
    refuse([get(NETWORK), i32.const(34), i32.add, get(FRAME_END), i32.above]),
    [word(NETWORK, 0), set(WORD)],
    refuse([get(WORD), i32.const(24), i32.shiftRight, i32.const(0x45), i32.notEqual]),
    [get(WORD), i32.const(0xffff), i32.and, set(IP_LENGTH)],
    refuse([get(IP_LENGTH), i32.const(34), i32.below]),
    [get(PLACE[1]), get(WORD), i32.const(16), i32.shiftRight, i32.store8(to('tos'))],
    [word(NETWORK, 6), set(WORD)],
    // A fragment beyond the first has no ports.
    refuse([get(WORD), i32.const(0x1fff_0000), i32.and]),
    [get(WORD), i32.const(0xff), i32.and, set(PROTOCOL)],
    [get(PLACE[1]), get(WORD), i32.const(8), i32.shiftRight, i32.store8(to('ttl'))],
    [get(PLACE[1]), i32.const(4), i32.store8(to('ip.version'))],
    [get(PLACE[8]), i64.const(0n), i64.store(to('src.ip')), get(PLACE[8]), i64.const(0n), i64.store(to('dst.ip'))],
    [get(PLACE[8]), address(12), i64.store(to('src.ip', 1)), get(PLACE[8]), address(16), i64.store(to('dst.ip', 1))],
    [get(NETWORK), i32.const(20), i32.add, set(TRANSPORT)],
  ]
}

function ipv6(): Code {
  const store = (field: 'src.ip' | 'dst.ip', part: 0 | 1, at: number) => [
    [get(PLACE[8]), number(NETWORK, at, 8), i64.store(to(field, part))],
  ]
  return [
    refuse([get(NETWORK), i32.const(54), i32.add, get(FRAME_END), i32.above]),
    [word(NETWORK, 0), set(WORD)],
    refuse([get(WORD), i32.const(28), i32.shiftRight, i32.const(6), i32.notEqual]),
    [get(PLACE[1]), get(WORD), i32.const(20), i32.shiftRight, i32.store8(to('tos'))],
    [word(NETWORK, 4), set(WORD)],
    refuse([get(WORD), i32.const(16), i32.shiftRight, i32.const(14), i32.below]),
    [get(WORD), i32.const(16), i32.shiftRight, i32.const(40), i32.add, set(IP_LENGTH)],
    [get(WORD), i32.const(8), i32.shiftRight, i32.const(0xff), i32.and, set(PROTOCOL)],
    [get(PLACE[1]), get(WORD), i32.store8(to('ttl'))],
    [get(PLACE[1]), i32.const(6), i32.store8(to('ip.version'))],
    [store('src.ip', 0, 8), store('src.ip', 1, 16), store('dst.ip', 0, 24), store('dst.ip', 1, 32)],
    [get(NETWORK), i32.const(40), i32.add, set(TRANSPORT)],
  ]
}

function transport(): Code {
  const port = [get(PORTS), i32.const(0xffff), i32.and]
  const ports = [
    [get(PLACE[2]), get(PORTS), i32.const(16), i32.shiftRight, i32.store16(to('src.port'))],
    [get(PLACE[2]), get(PORTS), i32.store16(to('dst.port'))],
    mark('src.port', 'dst.port'),
  ]
  const flags = [get(PLACE[2]), half(TRANSPORT, 12), i32.const(0x0fff), i32.and, i32.store16(to('tcp.flags'))]
  const noTunnel = [
    TUNNEL_PORTS.map((tunnel) => refuse([port, i32.const(tunnel), i32.equal])),
    refuse([get(PORTS), i32.const(16), i32.shiftRight, i32.const(TUNNEL_SOURCE_PORT), i32.equal]),
  ]
  const icmp = [i32.const(ICMP), i32.const(ICMPV6), is(TYPE, IPV4), select]
  return [
    [word(TRANSPORT, 0), set(PORTS)],
    [
      is(PROTOCOL, TCP),
      when(
        [ports, flags, mark('tcp.flags')],
        [
          is(PROTOCOL, UDP),
          when(
            [noTunnel, ports],
            [
              refuse([get(PROTOCOL), icmp, i32.notEqual]),
              [get(PLACE[1]), get(PORTS), i32.const(24), i32.shiftRight, i32.store8(to('icmp.type'))],
              [get(PLACE[1]), get(PORTS), i32.const(16), i32.shiftRight, i32.store8(to('icmp.code'))],
              mark('icmp.type', 'icmp.code'),
            ],
          ),
        ],
      ),
    ],
  ]
}

/** 0 is untagged or unknown; what is no VLAN number is unknown. */
function vlanOf(field: 'vlan' | 'out.vlan', at: number): Code {
  return [
    [word(SWITCH, at), set(WORD)],
    [get(WORD), i32.const(1), i32.sub, i32.const(4095), i32.below],
    when([get(PLACE[2]), get(WORD), i32.store16(to(field)), mark(field)]),
  ]
}

/** A rate of 0 says nothing, and the configuration may. */
function sampling(): Code {
  return [
    [word(AT, 8), set(RATE)],
    refuse([get(RATE), i32.const(0), i32.equal]),
    [get(PLACE[8]), get(RATE), i64.ofI32, i64.store(to('packets'))],
    [get(PLACE[4]), get(RATE), i32.store(to('sampling.rate'))],
    [get(PLACE[1]), i32.const(SAMPLING_SOURCES.indexOf('record')), i32.store8(to('sampling.source'))],
    mark('packets', 'sampling.rate', 'sampling.source'),
  ]
}

/** As `writeSize` has it. */
function sizes(): Code {
  const store = (field: 'bytes' | 'bytes.l2', octets: Code) => [
    [get(PLACE[8]), octets, i64.ofI32, get(RATE), i64.ofI32, i64.multiply, i64.store(to(field))],
  ]
  const stripped = [word(HEADER, 8), i32.const(0xffff), word(HEADER, 8), i32.const(0xffff), i32.below, select]
  const around = [stripped, get(NETWORK), get(FRAME), i32.sub, i32.add]
  return [
    [word(HEADER, 4), set(FRAME_LENGTH)],
    [get(FRAME_LENGTH), get(IP_LENGTH), i32.below],
    [get(FRAME_LENGTH), i32.const(0), i32.notEqual, i32.and],
    when(
      [
        [around, set(WORD)],
        store('bytes', [
          [get(FRAME_LENGTH), get(WORD), i32.sub, i32.const(0), get(FRAME_LENGTH), get(WORD), i32.above, select],
        ]),
      ],
      store('bytes', get(IP_LENGTH)),
    ),
    mark('bytes'),
    [get(FRAME_LENGTH), when([store('bytes.l2', get(FRAME_LENGTH)), mark('bytes.l2')])],
  ]
}

/** As `writeWay` has it: source (type 8 bits, index 24), input and output (format 2 bits, value 30). */
function way(): Code {
  const known = (at: number, field: 'in.if' | 'out.if', local: number) => [
    [word(AT, at), set(WORD)],
    [get(WORD), i32.const(1), i32.sub, i32.const(INTERNAL - 1), i32.below, set(local)],
    [get(local), when([get(PLACE[4]), get(WORD), i32.store(to(field)), mark(field)])],
    // An interface, and not another kind of source: the upper 8 bits are 0.
    [get(WORD), word(AT, 4), i32.equal, get(WORD), i32.const(0x100_0000), i32.below, i32.and],
    [get(local), i32.and, set(local)],
  ]
  return [
    // Dropped: it is to be said why.
    refuse([word(AT, 24), i32.const(30), i32.shiftRight, i32.const(1), i32.equal]),
    known(20, 'in.if', IN_KNOWN),
    known(24, 'out.if', OUT_KNOWN),
    [get(IN_KNOWN), get(OUT_KNOWN), i32.notEqual],
    when([
      [get(PLACE[1]), i32.const(DIRECTIONS.indexOf('egress')), i32.const(DIRECTIONS.indexOf('ingress'))],
      [get(OUT_KNOWN), select, i32.store8(to('direction')), mark('direction')],
    ]),
  ]
}

/** Where a field's column begins in the batch, in bytes. */
function to(field: MarkedField, part: 0 | 1 = 0): number {
  return layout().columns[columnIndex(field) + part] as number
}

function bits(...fields: readonly MarkedField[]): number {
  return fields.reduce((sum, field) => sum | markedSlot(field).bit, 0)
}

function mark(...fields: readonly MarkedField[]): Code {
  return [get(MARKS), i32.const(bits(...fields)), i32.or, set(MARKS)]
}

function is(local: number, value: number): Code {
  return [get(local), i32.const(value), i32.equal]
}

/** Gives the sample up where `condition` holds. */
function refuse(condition: Code): Code {
  return [condition, when([i32.const(0), leave])]
}

/** The first of two bodies whose condition holds; gives the sample up where neither does. */
function when2([first, one]: readonly [Code, Code], [second, other]: readonly [Code, Code]): Code {
  return [first, when(one, [second, when(other, [i32.const(0), leave])])]
}

/** Four octets, two octets, as an i32, most significant first; up to eight as an i64. */
function word(local: number, at: number): Code {
  return [get(local), v128.load32(at), v128.const(order(4)), v128.swizzle, v128.firstI32]
}
function half(local: number, at: number): Code {
  return [get(local), v128.load32(at), v128.const(order(2)), v128.swizzle, v128.firstI32]
}
function number(local: number, at: number, length: number): Code {
  return [get(local), v128.load64(at), v128.const(order(length)), v128.swizzle, v128.firstI64]
}

function order(length: number): number[] {
  return Array.from({ length: 16 }, (_, i) => (i < length ? length - 1 - i : 16))
}
