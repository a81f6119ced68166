/** IP protocol numbers and the names that people use for them. */
import { PROTOCOL_KEYWORDS } from './protocols.generated.ts'

const keywords = new Map<number, string>(PROTOCOL_KEYWORDS)
const numbers = new Map<string, number>(PROTOCOL_KEYWORDS.map(([number, keyword]) => [keyword, number]))

/** What people also call some of them. */
for (const [name, keyword] of [
  ['icmp6', 'ipv6-icmp'],
  ['icmpv6', 'ipv6-icmp'],
  ['ospf', 'ospfigp'],
] as const) {
  numbers.set(name, numbers.get(keyword) as number)
}

/** Keyword registered with IANA, in lower case, such as `tcp`; null where there is none. */
export function protocolKeyword(number: number): string | null {
  return keywords.get(number) ?? null
}

/** Protocol number of a keyword, whatever its case; null where nobody registered it. */
export function protocolNumber(keyword: string): number | null {
  return numbers.get(keyword.toLowerCase()) ?? null
}
