/** Packets in packets: frames of an independent program, read with outer and with inner addresses. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { GOLDEN_PACKETS, type GoldenPacket } from '../../../support/golden-packets.ts'
import { collect, type Row } from '../../../support/rows.ts'
import { datagram, flowSample, ipv4, MACS, NOW, rawHeader, TCP } from '../../../support/sflow-wire.ts'

const AGENT = '10.0.0.254'

const collected = {
  inner: collect({ settings: { [AGENT]: { tunnels: 'inner' } } }),
  outer: collect({ settings: { [AGENT]: { tunnels: 'outer' } } }),
}

function read(frame: string, tunnels: 'inner' | 'outer', frameOctets = frame.length / 2 + 4, protocol = 1): Row {
  const { pipeline, flush, counters } = collected[tunnels]
  pipeline.receive(datagram([flowSample([rawHeader(frameOctets, frame, protocol)], { rate: 1 })]), '192.0.2.1', NOW)
  assert.deepEqual(counters.losses(), {})
  return flush().pop() ?? {}
}

/** The fields of an IP header, as the golden text has them. */
function headerOf(row: Row): string {
  const names = ['src.ip', 'dst.ip', 'proto', 'bytes', 'ttl', 'tos', 'src.port', 'dst.port']
  return names.flatMap((name) => row[name] ?? []).join(' ')
}

function others(row: Row): string | undefined {
  return row['outer.src.ip'] === undefined ? undefined : `${row['outer.src.ip']} ${row['outer.dst.ip']}`
}

const addresses = (header: string | undefined) => header?.split(' ').slice(0, 2).join(' ')

/** An error's packet is no tunnelled one. */
const headersOf = ({ name, headers }: GoldenPacket) => (name.startsWith('ICMP error') ? headers.slice(0, 1) : headers)

describe('tunnelled packets, as tshark dissects them', () => {
  for (const golden of GOLDEN_PACKETS) {
    const headers = headersOf(golden)
    const [outermost = '', within] = headers
    const innermost = headers.at(-1) ?? ''
    it(`${golden.name}: outer`, () => {
      const row = read(golden.frame, 'outer')
      assert.equal(headerOf(row), outermost)
      assert.equal(others(row), addresses(within))
      assert.equal(row['tunnel.id'] ?? null, golden.id)
      assert.equal(row['tunnel'] === undefined, golden.tunnel === null)
      assert.equal(row['tunnel'] ?? null, golden.tunnel)
    })
    it(`${golden.name}: inner`, () => {
      const row = read(golden.frame, 'inner')
      assert.equal(headerOf(row), innermost)
      assert.equal(others(row), headers.length > 1 ? addresses(outermost) : undefined)
      assert.equal(row['tunnel.id'] ?? null, golden.id)
      assert.equal(row['tunnel'] ?? null, golden.tunnel)
      assert.equal(row['bytes.l2'], golden.frame.length / 2 + 4, 'the frame is what it was')
    })
    it(`${golden.name}: cut short anywhere, it says nothing that the whole does not`, () => {
      const outer = read(golden.frame, 'outer')
      const inner = read(golden.frame, 'inner')
      for (let octets = 0; octets <= golden.frame.length / 2; octets++) {
        const frame = golden.frame.slice(0, 2 * octets)
        const whole = golden.frame.length / 2 + 4
        agrees(read(frame, 'outer', whole), outer, `outer, ${octets}`)
        const row = read(frame, 'inner', whole)
        if (headers.length < 3) agrees(row, others(row) === undefined ? outer : inner, `inner, ${octets}`)
      }
    })
  }
})

/** Whether what a shorter header says is also what the whole says; but for what depends on the length. */
function agrees(row: Row, whole: Row, where: string): void {
  for (const [name, value] of Object.entries(row))
    if (!['bytes', 'outer.src.ip', 'outer.dst.ip', 'mpls.stack'].includes(name))
      assert.equal(value, whole[name], `${name} at ${where}`)
}

describe('packets that tshark needs telling what they are', () => {
  it('VXLAN at the port that Linux had before 4789', () => {
    const row = read(
      '02000000000202000000000108004500007a000100003c11fa6ec0000201c0000202c35021180066f3e20800000000271b0002000000000b02000000000a8100000c86dd62800000001c113d20010db8000a0000000000000000000120010db8000b000000000000000000020035d000001c1f427878787878787878787878787878787878787878',
      'inner',
    )
    assert.deepEqual(
      [row['tunnel'], row['tunnel.id'], row['src.ip'], row['vlan'], row['dst.port']],
      ['vxlan', 10_011, '2001:db8:a::1', undefined, 53_248],
    )
  })
  it('an Ethernet pseudowire with control word', () => {
    const row = read(
      '0200000000020200000000018847493301000000000002000000000b02000000000a080045b8003c000100003e065df00a0102030a090807c00101bb000000000000000050182000fb3300007878787878787878787878787878787878787878',
      'outer',
    )
    assert.deepEqual(
      [row['mpls.label'], row['mpls.stack'], row['src.ip'], row['dst.port'], row['src.mac'], row['tunnel']],
      [299_824, '299824', '10.1.2.3', 443, '02:00:00:00:00:01', undefined],
    )
  })
  it('the first fragment behind hop-by-hop options has ports', () => {
    const row = read(
      '02000000000202000000000186dd62800000002c003d20010db8000a0000000000000000000120010db8000b000000000000000000022c0001040000000011000001000000090035d000001c1f427878787878787878787878787878787878787878',
      'outer',
    )
    assert.deepEqual([row['proto'], row['src.port'], row['dst.port'], row['bytes']], [17, 53, 53_248, 84])
  })
})

describe('link layers', () => {
  it('a stack of labels is text, the top first', () => {
    const row = read(`${MACS}88470 3e840ff 05dc11ff ${ipv4('06')}${TCP}`.replaceAll(' ', ''), 'outer', 1502)
    assert.deepEqual([row['mpls.label'], row['mpls.stack'], row['dst.port']], [16_004, '16004 24001', 443])
  })
  it('QinQ: both tags', () => {
    const row = read(`${MACS}88a800c881000064 0800${ipv4('06')}${TCP}`.replaceAll(' ', ''), 'outer', 1506)
    assert.deepEqual([row['vlan'], row['inner.vlan']], [200, 100])
  })
  it('PPP (7), MPLS (13), Cisco HDLC and PPP over SONET (14)', () => {
    const packet = `${ipv4('06')}${TCP}`.replaceAll(' ', '')
    assert.equal(read(`0021${packet}`, 'outer', 1500, 7)['dst.port'], 443)
    assert.equal(read(`003e81ff${packet}`, 'outer', 1500, 13)['mpls.label'], 1000)
    assert.equal(read(`0f000800${packet}`, 'outer', 1500, 14)['dst.port'], 443)
    assert.equal(read(`ff030021${packet}`, 'outer', 1500, 14)['dst.port'], 443)
  })
  it('802.11 (15): data from an access point, with quality of service, and what is protected', () => {
    const packet = `aaaa030000000800${ipv4('06')}${TCP}`.replaceAll(' ', '')
    const addresses80211 = '0200000000aa0200000000bb0200000000cc'
    const row = read(`88020000${addresses80211}00000000${packet}`, 'outer', 1500, 15)
    assert.deepEqual(
      [row['dst.mac'], row['wifi.ap'], row['src.mac'], row['dst.port']],
      ['02:00:00:00:00:aa', '02:00:00:00:00:bb', '02:00:00:00:00:cc', 443],
    )
    const up = read(`08410000${addresses80211}0000${packet}`, 'outer', 1500, 15)
    assert.deepEqual(
      [up['wifi.ap'], up['src.mac'], up['dst.mac'], up['src.ip']],
      ['02:00:00:00:00:aa', '02:00:00:00:00:bb', '02:00:00:00:00:cc', undefined],
    )
  })
  it('a thousand tags, labels or headers end somewhere', () => {
    assert.equal(read(`${MACS}${'81000064'.repeat(50)}`.replaceAll(' ', ''), 'outer', 1500)['vlan'], 100)
    read(`${MACS}8847${'0000 00ff'.repeat(50)}`.replaceAll(' ', ''), 'outer', 1500)
    const nested = '45000400000040003c04000001010101020202 02'.replaceAll(' ', '')
    const row = read(`${MACS}0800${nested.repeat(40)}`.replaceAll(' ', ''), 'inner', 1500)
    assert.equal(row['tunnel'], 'ip-in-ip')
  })
})
