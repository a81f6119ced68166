/**
 * What the company talks to outside. Hosts have addresses from 198.18.0.0/15 (benchmarks, RFC 2544), 203.0.113.0/24 and
 * 2001:db8::/32 (documentation); the AS numbers are those of networks that a company of this kind talks to, and for
 * those who mean no good, ones reserved for documentation (RFC 5398).
 */
import { NOBODY, placeOf, v4, v6, type Host, type Role } from './company.ts'
import { Random } from './random.ts'

interface Network {
  readonly as: number
  readonly role: Role
  /** First address of its block; hosts are strewn over it. */
  readonly block: string
  readonly mask: number
  readonly hosts: number
  /** Also has hosts with IPv6. */
  readonly dual?: boolean
}

/** The busiest first within a role. */
const NETWORKS: readonly Network[] = [
  { as: 8075, role: 'saas', block: '198.18.0.0', mask: 20, hosts: 120, dual: true },
  { as: 15169, role: 'cdn', block: '198.18.16.0', mask: 20, hosts: 160, dual: true },
  { as: 13335, role: 'cdn', block: '198.18.32.0', mask: 20, hosts: 120, dual: true },
  { as: 16509, role: 'cdn', block: '198.18.48.0', mask: 20, hosts: 200, dual: true },
  { as: 20940, role: 'cdn', block: '198.18.64.0', mask: 20, hosts: 90, dual: true },
  { as: 54113, role: 'cdn', block: '198.18.80.0', mask: 21, hosts: 60, dual: true },
  { as: 32934, role: 'cdn', block: '198.18.88.0', mask: 22, hosts: 30, dual: true },
  { as: 24940, role: 'cdn', block: '198.18.96.0', mask: 20, hosts: 120 },
  { as: 16276, role: 'cdn', block: '198.18.112.0', mask: 21, hosts: 80 },
  { as: 36459, role: 'saas', block: '198.18.120.0', mask: 22, hosts: 12 },
  { as: 30103, role: 'meeting', block: '198.18.124.0', mask: 22, hosts: 40 },
  { as: 8075, role: 'mailhost', block: '198.18.4.0', mask: 22, hosts: 24 },
  { as: 15169, role: 'mailhost', block: '198.18.20.0', mask: 22, hosts: 16 },
  { as: 16276, role: 'mailhost', block: '198.18.116.0', mask: 22, hosts: 60 },
  { as: 15169, role: 'dnshost', block: '198.18.22.0', mask: 24, hosts: 4 },
  { as: 13335, role: 'dnshost', block: '198.18.34.0', mask: 24, hosts: 30 },
  { as: 16509, role: 'dnshost', block: '198.18.50.0', mask: 23, hosts: 60 },
  { as: 24940, role: 'timehost', block: '198.18.98.0', mask: 24, hosts: 8 },
  { as: 3320, role: 'visitor', block: '198.18.128.0', mask: 19, hosts: 900 },
  { as: 3215, role: 'visitor', block: '198.18.160.0', mask: 19, hosts: 600 },
  { as: 7922, role: 'visitor', block: '198.18.192.0', mask: 19, hosts: 600 },
  { as: 2516, role: 'visitor', block: '198.18.224.0', mask: 20, hosts: 300 },
  { as: 12322, role: 'visitor', block: '198.18.240.0', mask: 20, hosts: 300 },
  { as: 64_497, role: 'noise', block: '198.19.240.0', mask: 21, hosts: 60 },
  { as: 64_498, role: 'noise', block: '198.19.248.0', mask: 21, hosts: 40 },
  { as: 64_511, role: 'stranger', block: '203.0.113.64', mask: 28, hosts: 1 },
]

/** Open resolvers, spread over many networks: who answers when the company's address is put under a question. */
const REFLECTORS = { block: '198.19.0.0', count: 4812, firstAs: 65_536, networks: 16 }

export class Internet {
  private readonly pools = new Map<Role, Host[]>()
  readonly reflectors: readonly Host[]

  constructor(seed: number) {
    const random = new Random(seed, 2)
    for (const [index, network] of NETWORKS.entries()) {
      const pool = this.pools.get(network.role) ?? []
      this.pools.set(network.role, pool)
      const size = 2 ** (32 - network.mask)
      const taken = new Set<number>()
      while (taken.size < network.hosts) taken.add(1 + random.below(size - 2))
      for (const offset of taken) {
        const at = v4(network.block) + offset
        pool.push(
          outside(network.role, at, network.as, network.mask, network.dual ? v6(0x1000 + index, 0, offset) : null),
        )
      }
    }
    for (const pool of this.pools.values()) random.shuffle(pool)
    const first = v4(REFLECTORS.block)
    this.reflectors = Array.from({ length: REFLECTORS.count }, (_, i) =>
      outside('dnshost', first + 1 + i * 12, REFLECTORS.firstAs + random.below(REFLECTORS.networks), 24, null),
    )
  }

  /** Hosts of a role, the busiest first. */
  pool(role: Role): readonly Host[] {
    return this.pools.get(role) ?? []
  }
}

function outside(role: Role, address: number, as: number, mask: number, six: Uint8Array | null): Host {
  return { ...NOBODY, role, v4: address, v6: six, as, mask, place: placeOf('internet', 0, as) }
}
