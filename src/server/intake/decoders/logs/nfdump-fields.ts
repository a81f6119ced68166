/**
 * Columns of nfdump's CSV and what becomes of each: by the short names of `nfdump -o csv` up to version 1.7.1, and by the long
 * ones that later versions head columns with (formatTable in output_csv.c of its source), `-o "csv:%…"` among them.
 */
import type { StoredFieldName } from '../../../../shared/schema/fields.ts'

export type NfdumpField =
  /** `zeroIsNone`: nfdump writes 0 where there is no value. */
  | { readonly as: 'whole'; readonly to: StoredFieldName; readonly most: number; readonly zeroIsNone: boolean }
  | { readonly as: 'ip' | 'mac' | 'text'; readonly to: StoredFieldName }
  | {
      readonly as:
        | 'start'
        | 'end'
        | 'duration'
        | 'proto'
        | 'srcPort'
        | 'dstPort'
        | 'flags'
        | 'direction'
        | 'packets'
        | 'bytes'
        | 'outPackets'
        | 'outBytes'
        | 'flows'
        | 'label'
        | 'none'
    }

const U8 = 0xff
const U16 = 0xffff
const U32 = 0xffff_ffff
const whole = (to: StoredFieldName, most: number, zeroIsNone = true): NfdumpField => ({
  as: 'whole',
  to,
  most,
  zeroIsNone,
})

/** Short name, long name. */
const FIELDS: readonly (readonly [short: string, long: string, NfdumpField])[] = [
  ['ts', 'firstSeen', { as: 'start' }],
  ['te', 'lastSeen', { as: 'end' }],
  ['td', 'duration', { as: 'duration' }],
  ['tr', 'received', { as: 'none' }],
  ['sa', 'srcAddr', { as: 'ip', to: 'src.ip' }],
  ['da', 'dstAddr', { as: 'ip', to: 'dst.ip' }],
  ['sp', 'srcPort', { as: 'srcPort' }],
  ['dp', 'dstPort', { as: 'dstPort' }],
  ['pr', 'proto', { as: 'proto' }],
  ['it', 'icmpTYpe', whole('icmp.type', U8, false)],
  ['ic', 'icmpCode', whole('icmp.code', U8, false)],
  ['flg', 'flags', { as: 'flags' }],
  ['fwd', 'fwdStatus', whole('forwarding.status', U8)],
  ['stos', 'srcTos', whole('tos', U8, false)],
  ['tos', 'tos', whole('tos', U8, false)],
  ['pkt', 'packets', { as: 'packets' }],
  ['ipkt', 'inPackets', { as: 'packets' }],
  ['byt', 'bytes', { as: 'bytes' }],
  ['ibyt', 'inBytes', { as: 'bytes' }],
  ['opkt', 'outPackets', { as: 'outPackets' }],
  ['obyt', 'outBytes', { as: 'outBytes' }],
  ['fl', 'flows', { as: 'flows' }],
  ['in', 'input', whole('in.if', U32)],
  ['out', 'output', whole('out.if', U32)],
  ['sas', 'srcAS', whole('src.as', U32)],
  ['das', 'dstAS', whole('dst.as', U32)],
  ['pas', 'prevAS', whole('prev.as', U32)],
  ['nas', 'nextAS', whole('next.as', U32)],
  ['smk', 'srcMask', whole('src.mask', 128)],
  ['dmk', 'dstMask', whole('dst.mask', 128)],
  ['dir', 'direction', { as: 'direction' }],
  ['nh', 'nextIP', { as: 'ip', to: 'next.hop' }],
  ['nhb', 'bgpNextIP', { as: 'ip', to: 'bgp.next.hop' }],
  ['svln', 'srcVlan', whole('vlan', U16)],
  ['dvln', 'dstVlan', whole('out.vlan', U16)],
  ['ismc', 'inSrcMac', { as: 'mac', to: 'src.mac' }],
  ['odmc', 'outDstMac', { as: 'mac', to: 'dst.mac' }],
  ['mpls1', 'mplsLabel1', { as: 'label' }],
  ['ra', 'routerIP', { as: 'ip', to: 'exporter' }],
  ['minttl', 'minTTL', whole('ttl', U8)],
  ['xevt', 'xEvent', whole('event.reason', U16)],
  ['xsa', 'srcXIP', { as: 'ip', to: 'src.nat.ip' }],
  ['xda', 'dstXIP', { as: 'ip', to: 'dst.nat.ip' }],
  ['xsp', 'srcXPort', whole('src.nat.port', U16)],
  ['xdp', 'dstXPort', whole('dst.nat.port', U16)],
  ['uname', 'nselUser', { as: 'text', to: 'user' }],
  ['nbnam', 'nbarName', { as: 'text', to: 'app' }],
  ['odid', 'obsDomainID', whole('domain', U32)],
  ['ivrf', 'ingressVrfID', whole('in.vrf', U32)],
  ['evrf', 'egressVrfID', whole('out.vrf', U32)],
  ['flid', 'flowID', whole('flow.id', Number.MAX_SAFE_INTEGER)],
  ['sni', 'sniName', { as: 'text', to: 'tls.name' }],
  ['sc', 'srcGeo', { as: 'text', to: 'src.country' }],
  ['dc', 'dstGeo', { as: 'text', to: 'dst.country' }],
  // What follows from others, or counts within the file.
  ['cnt', 'count', { as: 'none' }],
  ['exid', 'exporterID', { as: 'none' }],
  ['bps', 'bps', { as: 'none' }],
  ['pps', 'pps', { as: 'none' }],
  ['bpp', 'bpp', { as: 'none' }],
]

export const NFDUMP_FIELDS: ReadonlyMap<string, NfdumpField> = new Map(
  FIELDS.flatMap(([short, long, field]) => [
    [short, field],
    [long, field],
  ]),
)
