/** Packet headers written out by hand from the standards, as sFlow's raw header brings them. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { datagram, decode, flowSample, ipv4, MACS, rawHeader, TCP, xdr } from '../../../support/sflow-wire.ts'

describe('packets', () => {
  const read = (header: string, frame = 1498, protocol = 1) =>
    decode(datagram([flowSample([rawHeader(frame, header, protocol)], { rate: 1 })])).rows[0] ?? {}

  it('802.1Q: the VLAN, and 4 octets more of header', () => {
    const row = read(`${MACS} 81 00 20 64 08 00 ${ipv4('11')} 00 35 d0 00 05 b4 00 00`, 1502)
    assert.equal(row['vlan'], 100)
    assert.equal(row['bytes'], 1480)
    assert.equal(row['src.port'], 53)
    assert.equal(row['dst.port'], 53_248)
    assert.equal(row['tcp.flags'], undefined)
  })
  it('QinQ: the outer VLAN', () => {
    const row = read(`${MACS} 88 a8 00 c8 81 00 00 64 08 00 ${ipv4('11')} 00 35 d0 00 05 b4 00 00`, 1506)
    assert.equal(row['vlan'], 200)
    assert.equal(row['proto'], 17)
  })
  it('VLAN 0 is priority, no VLAN', () =>
    assert.equal(read(`${MACS} 81 00 e0 00 08 00 ${ipv4('11')}`)['vlan'], undefined))
  it('IPv4 options are passed over', () => {
    const row = read(
      `${MACS} 08 00 47 00 05 c8 12 34 40 00 3e 11 00 00 0a 01 02 03 0a 09 08 07 01 01 01 01 01 01 01 00 00 35 d0 00 05 b4 00 00`,
    )
    assert.equal(row['src.port'], 53)
  })
  it('a later fragment has no ports, and counts', () => {
    const row = read(`${MACS} 08 00 ${ipv4('11', { fragment: '20 b9' })} 00 35 d0 00 05 b4 00 00`)
    assert.equal(row['proto'], 17)
    assert.equal(row['src.port'], undefined)
    assert.equal(row['bytes'], 1480)
  })
  it('ICMP: type and code, no ports', () => {
    const row = read(`${MACS} 08 00 ${ipv4('01')} 03 01 00 00 00 00 00 00`)
    assert.deepEqual(
      [row['icmp.type'], row['icmp.code'], row['src.port'], row['dst.port']],
      [3, 1, undefined, undefined],
    )
  })
  it('SCTP ports', () =>
    assert.equal(read(`${MACS} 08 00 ${ipv4('84')} 0f 1c d0 00 00 00 00 01 00 00 00 00`)['src.port'], 3868))

  const IPV6 = '2001 0db8 0000 0000 0000 0000 0000 0001  2001 0db8 0000 0000 0000 0000 0000 0002'
  it('IPv6: 40 octets more than its payload', () => {
    const row = read(`${MACS} 86 dd 6b 80 00 00 00 14 06 40 ${IPV6} ${TCP}`, 78)
    assert.deepEqual(
      [
        row['src.ip'],
        row['dst.ip'],
        row['ip.version'],
        row['tos'],
        row['ttl'],
        row['proto'],
        row['bytes'],
        row['dst.port'],
      ],
      ['2001:db8::1', '2001:db8::2', 6, 0xb8, 64, 6, 60, 443],
    )
  })
  it('IPv6 extension headers are passed over', () => {
    const hopByHop = '2b 00 05 02 00 00 01 00'
    const routing = '33 02 04 01 00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00'
    const authentication = '3c 04 00 00 00 00 00 01 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00'
    const options = '11 00 01 04 00 00 00 00'
    const row = read(
      `${MACS} 86 dd 60 00 00 00 00 60 00 40 ${IPV6} ${hopByHop} ${routing} ${authentication} ${options} 00 35 d0 00 00 20 00 00`,
      158,
    )
    assert.deepEqual([row['proto'], row['src.port'], row['dst.port']], [17, 53, 53_248])
  })
  it('IPv6 fragments: ports in the first, none in the later ones', () => {
    const fragment = (offset: string) =>
      read(`${MACS} 86 dd 60 00 00 00 05 00 2c 40 ${IPV6} 11 00 ${offset} 00 00 00 07 00 35 d0 00 05 b4 00 00`)
    assert.deepEqual([fragment('00 01')['proto'], fragment('00 01')['src.port']], [17, 53])
    assert.deepEqual([fragment('05 79')['proto'], fragment('05 79')['src.port']], [17, undefined])
  })
  it('bare IPv4 and IPv6 headers (protocol 11 and 12)', () => {
    assert.equal(read(`${ipv4('06')} ${TCP}`, 1480, 11)['dst.port'], 443)
    assert.equal(read(`60 00 00 00 00 14 06 40 ${IPV6} ${TCP}`, 60, 12)['dst.port'], 443)
  })
  it('what is no IP counts with its frame, less link header and check sequence', () => {
    const row = read(
      `${MACS} 08 06 00 01 08 00 06 04 00 01 02 00 00 00 00 01 0a 01 02 03 00 00 00 00 00 00 0a 01 02 04`,
      64,
    )
    assert.equal(row['bytes'], 46)
    assert.equal(row['bytes.l2'], 64)
    assert.equal(row['proto'], undefined)
  })
  it('a packet that says it is longer than its frame is not believed', () => {
    assert.equal(read(`${MACS} 08 00 ${ipv4('11', { length: 'ff ff' })} 00 35 d0 00 05 b4 00 00`, 98)['bytes'], 80)
  })
  it('an IPv4 length of 0 (left to the network card) is taken from the frame', () => {
    assert.equal(read(`${MACS} 08 00 ${ipv4('11', { length: '00 00' })} 00 35 d0 00 05 b4 00 00`, 98)['bytes'], 80)
  })
  it('cut short anywhere, it yields what is there', () => {
    const whole = xdr(`${MACS} 81 00 00 64 08 00 ${ipv4('06')} ${TCP}`).toString('hex')
    const full = read(whole)
    for (let octets = 0; octets < whole.length / 2; octets++) {
      const row = read(whole.slice(0, 2 * octets))
      for (const [name, value] of Object.entries(row))
        if (name !== 'bytes') assert.equal(value, full[name], `${name} at ${octets}`)
    }
  })
})
