/** Elements of makers who have a number for NetFlow v9, which knows no enterprises, and another for IPFIX. */

const NPROBE = 35632
const NPROBE_V9 = 57472
const CISCO = 9
const CISCO_V9 = 0x8000

/** nProbe's own: `35632.id` in IPFIX, from 57472 on in v9. */
export function nprobe(id: number): readonly string[] {
  return [`${NPROBE}.${id}`, String(NPROBE_V9 + id)]
}

export function isNprobe(enterprise: number, id: number): boolean {
  return enterprise === NPROBE || (enterprise === 0 && id >= NPROBE_V9)
}

/** Cisco's own: `9.id` in IPFIX, with bit 15 set in v9. */
export function cisco(id: number): readonly string[] {
  return [`${CISCO}.${id}`, String(CISCO_V9 + id)]
}
