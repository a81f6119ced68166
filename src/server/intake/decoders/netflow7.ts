import { fixedDecoder, PADDING, type FixedFormat } from './fixed-records.ts'
import { NETFLOW5 } from './netflow5.ts'

/**
 * NetFlow v7 (Cisco, Catalyst 5000): v5 with the router that the switch went round. Fields that the switch's flow mask
 * leaves out are zeros.
 *
 *     version = 7 (u16), count (u16), uptime in ms (u32), seconds (u32), nanoseconds (u32), flows before (u32),
 *     reserved (u32), records of 52 bytes
 */
export const NETFLOW7: FixedFormat = {
  ...NETFLOW5,
  name: 'netflow7',
  // The padding before the TCP flags is the flow mask in use, that at the end which fields are not valid.
  record: [...NETFLOW5.record, [PADDING, 4]], // the router that was gone round
  engineAt: -1,
  samplingAt: -1,
}

export const netflow7 = fixedDecoder(NETFLOW7)
