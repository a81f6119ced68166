import type { LossName } from '../../shared/losses.ts'
import type { Protocol } from '../../shared/schema/codes.ts'

/**
 * Which protocol a datagram is of, by its first octets, or why it is none. NetFlow and IPFIX start with their version in
 * 16 bits, sFlow with its version in 32 bits, of which the upper 16 are 0.
 */
export function recognise(bytes: Uint8Array): Protocol | LossName {
  if (bytes.length < 4) return 'decode.notFlowData'
  const version = ((bytes[0] as number) << 8) | (bytes[1] as number)
  switch (version) {
    case 0:
      return recogniseSflow(((bytes[2] as number) << 8) | (bytes[3] as number))
    case 1:
      return 'netflow1'
    case 5:
      return 'netflow5'
    case 6:
      return 'netflow6'
    case 7:
      return 'netflow7'
    case 9:
      return 'netflow9'
    case 10:
      return 'ipfix'
    case 8:
      return 'decode.unsupportedVersion'
    default:
      return 'decode.notFlowData'
  }
}

function recogniseSflow(version: number): Protocol | LossName {
  if (version === 5) return 'sflow5'
  return version === 2 || version === 4 ? 'decode.unsupportedVersion' : 'decode.notFlowData'
}
