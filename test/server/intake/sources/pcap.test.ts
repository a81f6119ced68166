import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import {
  newSummary,
  readCapture,
  type CaptureSummary,
  type Datagram,
} from '../../../../src/server/intake/sources/pcap.ts'
import { pcapFrame, pcapHeader, udpFrame, type Endpoints } from '../../../../src/server/intake/sources/pcap-writer.ts'

const captures = fileURLToPath(new URL('../../../../../shared/captures/pcap', import.meta.url))
const V4: Endpoints = {
  source: bytes('c0000201'),
  sourcePort: 50_000,
  destination: bytes('c6336407'),
  destinationPort: 2055,
}
const V6: Endpoints = {
  source: bytes('20010db8000000000000000000000001'),
  sourcePort: 50_000,
  destination: bytes('20010db8000000000000000000000002'),
  destinationPort: 4739,
}
const PAYLOAD = bytes('00050001')

describe('pcap', () => {
  it('reads back what the writer wrote, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 97 }),
        async (payloads, size) => {
          const file = joined([
            pcapHeader(),
            ...payloads.map((payload, i) => pcapFrame(1_700_000_000_000 + i, udpFrame(i % 2 ? V6 : V4, payload))),
          ])
          const { datagrams, summary } = await read(file, size)
          assert.deepEqual(
            datagrams.map((each) => [...each.payload]),
            payloads.map((each) => [...each]),
          )
          assert.deepEqual(
            datagrams.map((each) => each.timeMs),
            payloads.map((_, i) => 1_700_000_000_000 + i),
          )
          assert.equal(summary.problem, null)
          assert.equal(summary.frames, payloads.length)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('gives addresses as text and both ports', async () => {
    const { datagrams } = await read(
      joined([pcapHeader(), pcapFrame(1, udpFrame(V4, PAYLOAD)), pcapFrame(2, udpFrame(V6, PAYLOAD))]),
    )
    assert.deepEqual(datagrams, [
      {
        timeMs: 1,
        sourceAddress: '192.0.2.1',
        sourcePort: 50_000,
        destinationPort: 2055,
        payload: PAYLOAD,
        cut: false,
        session: null,
      },
      {
        timeMs: 2,
        sourceAddress: '2001:db8::1',
        sourcePort: 50_000,
        destinationPort: 4739,
        payload: PAYLOAD,
        cut: false,
        session: null,
      },
    ])
  })

  for (const [name, magic, little, fraction] of [
    ['microseconds, little-endian', 'd4c3b2a1', true, 250_999],
    ['microseconds, big-endian', 'a1b2c3d4', false, 250_999],
    ['nanoseconds, little-endian', '4d3cb2a1', true, 250_999_999],
    ['nanoseconds, big-endian', 'a1b23c4d', false, 250_999_999],
  ] as const) {
    it(`reads time stamps in ${name}`, async () => {
      const frame = udpFrame(V4, PAYLOAD)
      const u32 = (value: number) => word(value, little)
      const file = joined([
        bytes(magic),
        bytes('0000000000000000000000000000ffff'),
        u32(1),
        u32(1_700_000_000),
        u32(fraction),
        u32(frame.length),
        u32(frame.length),
        frame,
      ])
      const { datagrams } = await read(file)
      assert.deepEqual(
        datagrams.map((each) => each.timeMs),
        [1_700_000_000_250],
      )
    })
  }

  const ip = udpFrame(V4, PAYLOAD).subarray(14)
  const ip6 = udpFrame(V6, PAYLOAD).subarray(14)
  for (const [name, linkType, frame] of [
    ['BSD loopback, little-endian host', 0, joined([bytes('02000000'), ip])],
    ['BSD loopback, IPv6', 0, joined([bytes('1e000000'), ip6])],
    [
      'Ethernet with a VLAN tag',
      1,
      joined([bytes('020000000002020000000001'), bytes('8100006408 00'.replace(' ', '')), ip]),
    ],
    ['Ethernet with two VLAN tags', 1, joined([bytes('020000000002020000000001'), bytes('88a8000a8100006486dd'), ip6])],
    ['Ethernet with LLC and SNAP', 1, joined([bytes('0200000000020200000000010028aaaa030000000800'), ip])],
    ['Ethernet with MPLS labels', 1, joined([bytes('0200000000020200000000018847000640ff000c81ff'), ip])],
    ['PPPoE on Ethernet', 1, joined([bytes('020000000002020000000001886411000001'), bytes('00220021'), ip])],
    ['PPPoE', 51, joined([bytes('110000010022'), bytes('0057'), ip6])],
    ['PPP', 9, joined([bytes('0021'), ip])],
    ['PPP with address and control', 9, joined([bytes('ff030057'), ip6])],
    ['PPP with a short protocol field', 9, joined([bytes('21'), ip])],
    ['Cisco HDLC', 104, joined([bytes('0f000800'), ip])],
    ['Cisco HDLC in a capture of serial lines', 50, joined([bytes('8f0086dd'), ip6])],
    ['BSD loopback, big-endian host', 0, joined([bytes('00000002'), ip])],
    ['raw IP', 101, ip],
    ['raw IPv6', 229, ip6],
    ['OpenBSD loopback', 108, joined([bytes('00000002'), ip])],
    ['Linux cooked', 113, joined([bytes('0000000100060200000000010000'), bytes('0800'), ip])],
    ['Linux cooked v2', 276, joined([bytes('86dd000000000002000100060200000000010000'), ip6])],
    [
      'IPv4 with options',
      1,
      joined([
        bytes('0200000000020200000000010800'),
        bytes('46000024'),
        ip.subarray(4, 20),
        bytes('01010100'),
        ip.subarray(20),
      ]),
    ],
    [
      'IPv6 with extension headers',
      1,
      joined([
        bytes('02000000000202000000000186dd'),
        bytes('60000000001c0040'),
        ip6.subarray(8, 40),
        bytes('3c00010400000000'),
        bytes('1100010400000000'),
        ip6.subarray(40),
      ]),
    ],
  ] as const) {
    it(`finds the datagram in a frame of ${name}`, async () => {
      const { datagrams } = await read(joined([header(linkType), pcapFrame(5, frame)]))
      assert.deepEqual(
        datagrams.map((each) => [...each.payload]),
        [[...PAYLOAD]],
      )
    })
  }

  it('passes over what is not UDP', async () => {
    const tcp = ip.slice()
    tcp[9] = 6
    const { datagrams, summary } = await read(
      joined([header(101), pcapFrame(1, tcp), pcapFrame(2, bytes('')), pcapFrame(3, bytes('45')), pcapFrame(4, ip)]),
    )
    assert.equal(datagrams.length, 1)
    assert.equal(summary.otherFrames, 3)
  })

  it('puts IPv4 fragments together, in any order', async () => {
    const payload = new Uint8Array(3000).map((_, i) => i)
    const whole = udpFrame(V4, payload).subarray(34)
    const piece = (from: number, to: number) => fragment(whole, from, to, 7)
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 1, 2, 0],
    ]) {
      const pieces = [piece(0, 1480), piece(1480, 2960), piece(2960, whole.length)]
      const { datagrams, summary } = await read(
        joined([header(101), ...order.map((i) => pcapFrame(1, pieces[i] as Uint8Array))]),
      )
      assert.deepEqual(
        datagrams.map((each) => each.payload),
        [payload],
      )
      assert.deepEqual(summary.lost, new Map())
    }
  })

  it('counts datagrams of which a fragment is missing, and holds a bounded number', async () => {
    const whole = new Uint8Array(2000)
    const frames = Array.from({ length: 1000 }, (_, id) => pcapFrame(id, fragment(whole, 0, 1480, id)))
    const { datagrams, summary } = await read(joined([header(101), ...frames]))
    assert.equal(datagrams.length, 0)
    assert.deepEqual(summary.lost, new Map([['source.fragments', 1000]]))
  })

  it('says that a datagram was cut by the snap length', async () => {
    const { datagrams, summary } = await read(
      joined([header(101), pcapFrame(1, udpFrame(V4, new Uint8Array(100)).subarray(14, 80))]),
    )
    assert.equal(datagrams[0]?.cut, true)
    assert.deepEqual(summary.lost, new Map([['source.truncated', 1]]))
  })

  it('reads what is there of a file cut anywhere, and says where it ends', async () => {
    const file = joined([pcapHeader(), pcapFrame(1, udpFrame(V4, PAYLOAD)), pcapFrame(2, udpFrame(V4, PAYLOAD))])
    for (let length = 4; length < file.length; length++) {
      const { datagrams, summary } = await read(file.subarray(0, length))
      const ends = length === 24 || length === 24 + (file.length - 24) / 2
      assert.equal(datagrams.length, length < 24 + (file.length - 24) / 2 ? 0 : 1)
      if (!ends) assert.match(summary.problem ?? '', /cut short|ends inside/)
    }
  })

  it('stops at a length that no frame has', async () => {
    const bad = pcapFrame(2, udpFrame(V4, PAYLOAD))
    bad.set(bytes('ffffffff'), 8)
    const { datagrams, summary } = await read(joined([pcapHeader(), pcapFrame(1, udpFrame(V4, PAYLOAD)), bad]))
    assert.equal(datagrams.length, 1)
    assert.equal(summary.problem, 'frame 2 claims 4294967295 bytes: the file is damaged from there on')
  })

  it('refuses what is no capture', async () => {
    await assert.rejects(read(bytes('68656c6c6f')), /neither a pcap nor a pcapng file/)
    await assert.rejects(read(bytes('')), /neither a pcap nor a pcapng file/)
  })
})

describe('pcapng', () => {
  // Section header, interfaces of Ethernet (microseconds) and raw IP (nanoseconds, 100 s later), then a packet of each.
  const section = (little: boolean) => {
    const block = (type: number, body: Uint8Array) => {
      const length = word(12 + body.length, little)
      return joined([word(type, little), length, body, length])
    }
    const half = (value: number) => (little ? [value & 255, value >> 8] : [value >> 8, value & 255])
    const device = (linkType: number, options: Uint8Array) =>
      block(1, joined([new Uint8Array([...half(linkType), 0, 0]), word(0, little), options]))
    const nanoseconds = joined([
      new Uint8Array([...half(9), ...half(1), 9, 0, 0, 0]),
      new Uint8Array([...half(14), ...half(8)]),
      long(100n, little),
      new Uint8Array(4),
    ])
    const packet = (number: number, ticks: bigint, frame: Uint8Array) => {
      const high = word(Number(ticks >> 32n), little)
      const low = word(Number(ticks & 0xffffffffn), little)
      return block(
        6,
        joined([
          word(number, little),
          high,
          low,
          word(frame.length, little),
          word(frame.length, little),
          frame,
          new Uint8Array(-frame.length & 3),
        ]),
      )
    }
    return joined([
      block(
        0x0a0d0d0a,
        joined([
          word(0x1a2b3c4d, little),
          new Uint8Array([...half(1), ...half(0)]),
          word(0xffffffff, little),
          word(0xffffffff, little),
        ]),
      ),
      device(1, new Uint8Array(0)),
      device(101, nanoseconds),
      block(5, new Uint8Array(8)),
      packet(0, 1_700_000_000_250_999n, udpFrame(V4, PAYLOAD)),
      packet(1, 1_700_000_000_250_999_999n, udpFrame(V6, PAYLOAD).subarray(14)),
    ])
  }
  for (const little of [true, false]) {
    it(`reads ${little ? 'little' : 'big'}-endian sections`, async () => {
      const { datagrams, summary } = await read(section(little), 13)
      assert.deepEqual(
        datagrams.map((each) => [each.timeMs, each.sourceAddress]),
        [
          [1_700_000_000_250, '192.0.2.1'],
          [1_700_000_100_250, '2001:db8::1'],
        ],
      )
      assert.equal(summary.problem, null)
    })
  }

  it('starts anew with each section', async () => {
    const { datagrams } = await read(joined([section(true), section(false), section(true)]))
    assert.equal(datagrams.length, 6)
  })

  it('reads what is there of a file cut anywhere', async () => {
    const file = section(true)
    for (let length = 4; length < file.length; length++) {
      const { datagrams } = await read(file.subarray(0, length))
      assert.ok(datagrams.length <= 1)
    }
  })
})

describe('hostile captures', () => {
  const seed = joined([pcapHeader(), pcapFrame(1, udpFrame(V4, PAYLOAD)), pcapFrame(2, udpFrame(V6, PAYLOAD))])
  it('end, whatever their bytes', async () => {
    const heads = [bytes('d4c3b2a1'), bytes('0a0d0d0a1c0000004d3c2b1a'), seed, seed.subarray(0, 24)]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 20 }),
        async (head, tail, changes) => {
          const file = joined([head, tail])
          for (const [at, value] of changes) if (at >= 4 && at < file.length) file[at] = value
          await read(file, 50)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('against tshark', () => {
  const missing = existsSync(captures)
    ? spawnSync('tshark', ['--version']).status === 0
      ? false
      : 'tshark is missing: apt-get install -y tshark'
    : 'no captures beside this checkout'
  it('the captures have the same datagrams', { skip: missing }, async () => {
    const files = readdirSync(captures)
      .filter((name) => name.endsWith('.pcap'))
      .filter((_, i) => i % 32 === 0)
    for (const name of files) {
      const path = join(captures, name)
      const golden = execFileSync(
        'tshark',
        [
          '-n',
          '-r',
          path,
          '-d',
          'udp.port==1-65535,data',
          '-Y',
          'udp',
          '-T',
          'fields',
          '-E',
          'separator=/s',
          '-e',
          'frame.time_epoch',
          '-e',
          'ip.src',
          '-e',
          'ipv6.src',
          '-e',
          'udp.srcport',
          '-e',
          'udp.dstport',
          '-e',
          'udp.length',
        ],
        { maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] },
      )
      const expected = golden
        .toString()
        .trim()
        .split('\n')
        .map((line) => line.split(/ +/))
      const datagrams: Datagram[] = []
      for await (const each of readCapture(createReadStream(path))) datagrams.push(each)
      const ours = datagrams.map((each) => [
        each.timeMs,
        each.sourceAddress,
        each.sourcePort,
        each.destinationPort,
        each.payload.length + 8,
      ])
      const theirs = expected.map(([time, ...rest]) => [
        Date.parse(time as string) || Math.floor(Number(time) * 1000),
        ...rest.filter((text) => text !== '').map((text, i) => (i === 0 ? text : Number(text))),
      ])
      assert.deepEqual(ours, theirs, name)
    }
  })
})

async function read(file: Uint8Array, chunk = 65_536): Promise<{ datagrams: Datagram[]; summary: CaptureSummary }> {
  const summary = newSummary()
  const datagrams: Datagram[] = []
  for await (const datagram of readCapture(chunks(file, chunk), summary)) datagrams.push(datagram)
  return { datagrams, summary }
}

async function* chunks(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size)
}

function header(linkType: number): Uint8Array {
  const head = pcapHeader()
  head.set(word(linkType, true), 20)
  return head
}

/** An IPv4 packet with `[from, to)` of a UDP datagram in it. */
function fragment(udp: Uint8Array, from: number, to: number, id: number): Uint8Array {
  const packet = new Uint8Array(20 + to - from)
  const view = new DataView(packet.buffer)
  packet.set(bytes('4500'))
  view.setUint16(2, packet.length)
  view.setUint16(4, id)
  view.setUint16(6, (to < udp.length ? 0x2000 : 0) | (from / 8))
  packet.set(bytes('4011'), 8)
  packet.set(bytes('c0000201c6336407'), 12)
  packet.set(udp.subarray(from, to), 20)
  return packet
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function word(value: number, little: boolean): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value, little)
  return out
}

function long(value: bigint, little: boolean): Uint8Array {
  const out = new Uint8Array(8)
  new DataView(out.buffer).setBigInt64(0, value, little)
  return out
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
