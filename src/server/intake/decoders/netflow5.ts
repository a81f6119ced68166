import { fixedDecoder, PADDING, type FixedFormat } from './fixed-records.ts'

/**
 * NetFlow v5 (Cisco, NetFlow Export Datagram Format, tables B-3 and B-4).
 *
 *     version = 5 (u16), count (u16), uptime in ms (u32), seconds (u32), nanoseconds (u32), flows before (u32),
 *     engine type (u8), engine id (u8), sampling mode (2 bits), sampling interval (14 bits), records of 48 bytes
 */
export const NETFLOW5: FixedFormat = {
  name: 'netflow5',
  header: 24,
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
    [PADDING, 1],
    [6, 1], // TCP flags
    [4, 1], // protocol
    [5, 1], // type of service
    [16, 2], // source AS
    [17, 2], // destination AS
    [9, 1], // source prefix length
    [13, 1], // destination prefix length
    [PADDING, 2],
  ],
  sequenceAt: 16,
  engineAt: 20,
  samplingAt: 22,
}

export const netflow5 = fixedDecoder(NETFLOW5)
