import { fixedDecoder, PADDING, type FixedFormat } from './fixed-records.ts'
import { NETFLOW5 } from './netflow5.ts'

/**
 * NetFlow v6 (Cisco): v5 with the octets of encapsulation on either side and the next hop within the peer.
 *
 *     version = 6 (u16), count (u16), uptime in ms (u32), seconds (u32), nanoseconds (u32), flows before (u32),
 *     engine type (u8), engine id (u8), sampling mode (2 bits), sampling interval (14 bits), records of 52 bytes
 */
export const NETFLOW6: FixedFormat = {
  ...NETFLOW5,
  name: 'netflow6',
  record: [
    ...NETFLOW5.record.slice(0, -1),
    [PADDING, 1], // octets of the encapsulation on the way in
    [PADDING, 1], // octets of the encapsulation on the way out
    [18, 4], // next hop within the peer
  ],
}

export const netflow6 = fixedDecoder(NETFLOW6)
