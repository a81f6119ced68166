/** Lines that nfdump 1.7.1 printed of softflowd's flows, headers of output_csv.c (1.7.5), and sums that nfdump worked out. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openImport } from '../../../../../src/server/intake/import-file.ts'
import { missing, nfdumpText, record } from '../../../../support/exporters.ts'
import { readLog, told, typeOf } from '../../../../support/logs.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const HEADER =
  'ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das,smk,dmk,dtos,dir,nh,nhb,svln,dvln,ismc,odmc,idmc,osmc,mpls1,mpls2,mpls3,mpls4,mpls5,mpls6,mpls7,mpls8,mpls9,mpls10,cl,sl,al,ra,eng,exid,tr'
const NO_LABELS = Array(10).fill('0-0-0').join(',')
const line = (
  ends: string,
  rest = '0.0.0.0,0.0.0.0,0,0,00:00:00:00:00:00,00:00:00:00:00:00,00:00:00:00:00:00,00:00:00:00:00:00',
) =>
  `2026-11-24 09:19:30,2026-11-24 09:19:30,${ends},${rest},${NO_LABELS},    0.000,    0.000,    0.000,127.0.0.1,0/0,1,2026-11-24 09:26:45.810`
const TCP = line('0.063,10.1.0.10,192.0.2.1,40000,443,TCP,...AP.SF,0,0,6,441,0,0,0,0,0,0,0,0,0,0')
const PING = line('0.133,10.1.0.14,192.0.2.5,0,2048,ICMP,........,0,0,3,252,0,0,0,0,0,0,0,0,0,1')
const FULL = line(
  '0.000,198.51.100.80,198.18.170.4,443,50041,TCP,...AP...,64,46,1000,1522000,7,1400,33,52,64500,64501,24,19,0,0',
  '10.64.0.3,0.0.0.0,100,900,02:00:c6:33:64:50,02:00:0a:40:00:03,00:00:00:00:00:00,00:00:00:00:00:00',
).replace('0-0-0', '1000-0-1')
const SUMMARY = 'Summary\nflows,bytes,packets,avg_bps,avg_pps,avg_bpp\n3,1522693,1009,0,0,0\n'
const both = missing('softflowd', 'nfcapd', 'nfdump')

describe("nfdump's CSV", () => {
  it('of version 1.7.1 and before', () => {
    const text = [HEADER, TCP, PING, FULL, SUMMARY].join('\n')
    assert.equal(typeOf(text), 'nfdump-csv')
    const { rows, letters } = readLog(text)
    assert.deepEqual(letters, [])
    const startMs = Date.UTC(2026, 10, 24, 9, 19, 30)
    assert.deepEqual(rows.map(told), [
      {
        start: startMs,
        end: startMs + 63,
        exporter: '127.0.0.1',
        'src.ip': '10.1.0.10',
        'dst.ip': '192.0.2.1',
        'src.port': 40_000,
        'dst.port': 443,
        proto: 6,
        bytes: 441,
        packets: 6,
        'tcp.flags': 0x1b,
        tos: 0,
      },
      {
        start: startMs,
        end: startMs + 133,
        exporter: '127.0.0.1',
        'src.ip': '10.1.0.14',
        'dst.ip': '192.0.2.5',
        proto: 1,
        'icmp.type': 8,
        'icmp.code': 0,
        bytes: 252,
        packets: 3,
        tos: 0,
        direction: 'egress',
      },
      {
        start: startMs,
        end: startMs,
        exporter: '127.0.0.1',
        'src.ip': '198.51.100.80',
        'dst.ip': '198.18.170.4',
        'src.port': 443,
        'dst.port': 50_041,
        proto: 6,
        bytes: 1_522_000,
        packets: 1000,
        'tcp.flags': 0x18,
        tos: 46,
        'forwarding.status': 64,
        'in.if': 33,
        'out.if': 52,
        'src.as': 64_500,
        'dst.as': 64_501,
        'src.mask': 24,
        'dst.mask': 19,
        'next.hop': '10.64.0.3',
        vlan: 100,
        'out.vlan': 900,
        'src.mac': '02:00:c6:33:64:50',
        'dst.mac': '02:00:0a:40:00:03',
        'mpls.label': 1000,
        // On the way out as on the way in, or back: nobody says.
        'other.fields': 'opkt=7 obyt=1400',
      },
    ])
  })

  it('what nfdump prints of what softflowd exports adds up to what nfdump counts', { skip: both }, async () => {
    const datagrams = await record({ program: 'softflowd', version: 9 }, true)
    const { text } = await nfdumpText(datagrams, ['-o', 'csv'])
    const { rows, letters } = readLog(text, { receivedMs: Date.UTC(2027, 0, 1) })
    assert.deepEqual(letters, [])
    const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
    const [flows, bytes, packets] = (text.trim().split('\n').at(-1) as string).split(',').map(Number)
    assert.deepEqual([rows.length, sum('bytes'), sum('packets')], [flows, bytes, packets])
  })

  it('of later versions, which head columns with long names, in the order that was asked for', () => {
    const text = [
      'firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows',
      '2026-11-24 09:19:30.250,00:00:01.500,TCP,10.0.0.1,40000,2001:db8::1,443,12,3400,1',
      '2026-11-24 09:19:30.250,1d 00:00:00.000,ICMP,10.0.0.1,0,10.0.0.2,3.1,12,3400,5',
      'bytes,lastSeen,srcAddr,dstAddr,proto,flags,icmpTYpe,routerIP,srcGeo,ja4,inSrcMac',
      '77,1795511970.250,10.0.0.1,10.0.0.2,17,0x12,8,192.0.2.1,..,t13d,00:00:00:00:00:00',
    ].join('\n')
    assert.equal(typeOf(text), 'nfdump-csv')
    const { rows, letters } = readLog(text)
    assert.deepEqual(letters, [])
    const atMs = Date.UTC(2026, 10, 24, 9, 19, 30, 250)
    assert.deepEqual(rows.map(told), [
      {
        start: atMs,
        end: atMs + 1500,
        proto: 6,
        'src.ip': '10.0.0.1',
        'src.port': 40_000,
        'dst.ip': '2001:db8::1',
        'dst.port': 443,
        packets: 12,
        bytes: 3400,
      },
      {
        start: atMs,
        end: atMs + 86_400_000,
        proto: 1,
        'src.ip': '10.0.0.1',
        'dst.ip': '10.0.0.2',
        'icmp.type': 3,
        'icmp.code': 1,
        packets: 12,
        bytes: 3400,
        'other.fields': 'flows=5',
      },
      {
        start: 1_795_511_970_250,
        end: 1_795_511_970_250,
        proto: 17,
        'src.ip': '10.0.0.1',
        'dst.ip': '10.0.0.2',
        bytes: 77,
        'tcp.flags': 0x12,
        'icmp.type': 8,
        exporter: '192.0.2.1',
        'other.fields': 'ja4=t13d',
      },
    ])
  })

  it('counters on the way out count where nothing else does', () => {
    const { rows } = readLog(`sa,da,ts,ipkt,ibyt,opkt,obyt\n10.0.0.1,10.0.0.2,1,0,0,5,500\n`)
    assert.deepEqual([rows[0]?.packets, rows[0]?.bytes, rows[0]?.['other.fields']], [5, 500, undefined])
  })

  it('nothing that nfdump says besides flows is taken for one', () => {
    const { rows, letters } = readLog(['', HEADER, 'No matched flows', SUMMARY, HEADER, TCP, SUMMARY].join('\n'))
    assert.deepEqual([rows.length, letters.length], [1, 0])
  })

  it('without its header, or told which columns it has', () => {
    const without = readLog(TCP, { type: 'nfdump-csv' })
    assert.deepEqual([without.rows.length, without.lost['log.unknownLayout']], [0, 1])
    assert.equal(readLog(TCP, { type: 'nfdump-csv', layout: HEADER.split(',') }).rows[0]?.bytes, 441)
  })

  it('of a thousand lines of which one is damaged, 999 are taken, and the one is named', () => {
    const bad: readonly [string, RegExp][] = [
      [TCP.slice(0, 100), /^\d+ columns where the header names 48$/],
      [TCP.replace('192.0.2.1', '192.0.2.'), /^da cannot be "192.0.2."$/],
      [TCP.replace(',443,', ',70000,'), /^destination port cannot be "70000"$/],
      [TCP.replace(',441,', ',-441,'), /^ibyt cannot be "-441"$/],
      [TCP.replace('TCP', 'TPC'), /^pr cannot be "TPC"$/],
      [TCP.replace('...AP.SF', '...AP?SF'), /^flg cannot be "...AP\?SF"$/],
      [TCP.replace('0.063', 'long'), /^td cannot be "long"$/],
      [TCP.replaceAll(/2026-11-24 09:19:30,/g, '0000-00-00,'), /^ts cannot be "0000-00-00"$/],
    ]
    for (const [damaged, reason] of bad) {
      const lines = Array.from({ length: 1000 }, () => TCP)
      lines[0] = damaged
      const { rows, letters } = readLog([HEADER, ...lines].join('\n'))
      assert.equal(rows.length, 999, damaged)
      assert.deepEqual(
        letters.map(({ record: number, loss, text }) => [number, loss, text]),
        [[2, 'log.badRecord', damaged]],
      )
      assert.match(letters[0]?.reason ?? '', reason)
    }
  })

  it('a file of nfcapd itself says what turns it into what Weir reads', async (t) => {
    const path = join(temporaryFolder(t), 'nfcapd.202611250300')
    writeFileSync(path, Uint8Array.from([0x0c, 0xa5, 2, 0, 0, 1, 7, 1]))
    await assert.rejects(openImport(path), {
      code: 'unreadable',
      message: /TZ=UTC nfdump -r FILE -o csv \| weir import -/,
    })
  })

  it('as nfcapd wrote it', { skip: both }, async (t) => {
    const { file } = await nfdumpText([], ['-q'])
    const path = join(temporaryFolder(t), 'nfcapd.202611250300')
    writeFileSync(path, file)
    await assert.rejects(openImport(path), /a file of nfcapd/)
  })
})
