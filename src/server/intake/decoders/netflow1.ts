import { fixedDecoder, PADDING, type FixedFormat } from './fixed-records.ts'

/**
 * NetFlow v1 (Cisco, NetFlow Export Datagram Format, tables B-1 and B-2): no sequence, no engine, no AS.
 *
 *     version = 1 (u16), count (u16), uptime in ms (u32), seconds (u32), nanoseconds (u32), records of 48 bytes
 */
export const NETFLOW1: FixedFormat = {
  name: 'netflow1',
  header: 16,
  record: [
    [8, 4], // source address
    [12, 4], // destination address
    [15, 4], // next hop
    [10, 2], // input interface
    [14, 2], // output interface
    [2, 4], // packets
    [1, 4], // octets
    [22, 4], // uptime at the first packet
    [21, 4], // uptime at the last packet
    [7, 2], // source port
    [11, 2], // destination port
    [PADDING, 2],
    [4, 1], // protocol
    [5, 1], // type of service
    [6, 1], // TCP flags
    [PADDING, 7], // retransmissions as a few devices count them, else zeros
  ],
  sequenceAt: -1,
  engineAt: -1,
  samplingAt: -1,
}

export const netflow1 = fixedDecoder(NETFLOW1)
