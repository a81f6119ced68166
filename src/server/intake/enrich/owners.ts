/**
 * Whose an address is in a virtual network, and when: learnt from flow logs, whose records name only the interface that
 * reported them.
 */

/** What is known of an owner, in the order in which `Owner.values` has it. */
export const OWNED = ['interface.id', 'instance.id', 'subnet.id', 'vpc.id', 'az', 'account.id', 'region'] as const

/** One interface that has had an address, and between when it was seen with it. */
export interface Owner {
  /** Texts, by index in OWNED; empty where not known. */
  values: readonly string[]
  fromMs: number
  toMs: number
}

/** Those that have had one address, the one that was heard of first in front. */
export type Owners = Owner[]

/** How an address in a network is known. */
export function placeKey(vpc: string, ip: bigint): string {
  return wordsKey(vpc, word(ip, 96n), word(ip, 64n), word(ip, 32n), word(ip, 0n))
}

/** The same, of the address's words of 32 bits, the highest first. */
export function wordsKey(vpc: string, w0: number, w1: number, w2: number, w3: number): string {
  return `${vpc} ${w0.toString(16)}:${w1.toString(16)}:${w2.toString(16)}:${w3.toString(16)}`
}

function word(ip: bigint, at: bigint): number {
  return Number((ip >> at) & 0xffff_ffffn)
}

/** Addresses that are remembered; past it the ones that were learnt first go. */
const MOST_ADDRESSES = 100_000
/** Interfaces that one address is remembered with. */
const MOST_OWNERS = 8
/** An interface that was silent for so long still has its address, where no other was seen with it. */
const SILENT_MS = 3_600_000

export class AddressOwners {
  /** Grows with whatever is learnt that was not known. */
  generation = 0
  private readonly known = new Map<string, Owners>()

  /** Of an address in a network; undefined where nobody was seen with it. */
  of(key: string): Owners | undefined {
    return this.known.get(key)
  }

  /** Made where nobody was seen with it yet. */
  make(key: string): Owners {
    const found = this.known.get(key)
    if (found) return found
    if (this.known.size >= MOST_ADDRESSES) this.known.delete(this.known.keys().next().value as string)
    const owners: Owners = []
    this.known.set(key, owners)
    return owners
  }

  /** The owner with these values, which has the address between these times too. */
  learn(owners: Owners, values: readonly string[], fromMs: number, toMs: number): Owner {
    let owner = owners.find((each) => each.values[0] === values[0])
    if (!owner) {
      owners.push((owner = { values, fromMs, toMs }))
      if (owners.length > MOST_OWNERS) owners.shift()
    } else if (owner.values.some((value, i) => value === '' && values[i] !== ''))
      owner.values = owner.values.map((value, i) => value || (values[i] as string))
    owner.fromMs = Math.min(owner.fromMs, fromMs)
    owner.toMs = Math.max(owner.toMs, toMs)
    this.generation++
    return owner
  }

  /** All of it, as JSON may have it. */
  saved(): unknown {
    return [...this.known].map(([key, owners]) => [
      key,
      owners.map(({ values, fromMs, toMs }) => [fromMs, toMs, ...values]),
    ])
  }

  /** Takes what `saved` gave; what is not as it writes it is left out. */
  load(saved: unknown): void {
    if (!Array.isArray(saved)) return
    for (const entry of saved.slice(-MOST_ADDRESSES) as unknown[]) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string' || !Array.isArray(entry[1])) continue
      for (const owner of entry[1].slice(-MOST_OWNERS) as unknown[]) {
        if (!Array.isArray(owner) || owner.length !== 2 + OWNED.length) continue
        const [fromMs, toMs, ...values] = owner as unknown[]
        if (typeof fromMs !== 'number' || typeof toMs !== 'number') continue
        if (values.every((text) => typeof text === 'string')) this.learn(this.make(entry[0]), values, fromMs, toMs)
      }
    }
  }
}

/** Whose it was then; null where that is not known, or where two may have had it. */
export function ownerAt(owners: Owners, fromMs: number, toMs: number): Owner | null {
  let found: Owner | null = null
  for (const owner of owners) {
    if (owner.fromMs - SILENT_MS > toMs || owner.toMs + SILENT_MS < fromMs) continue
    if (found !== null) return null
    found = owner
  }
  return found
}
