/**
 * A small company with 2,000 hosts: head office, four branches, a data centre, a private cloud. Its addresses are
 * private or from the blocks for documentation, so nothing here is anybody's.
 */
import { parseIp } from '../../shared/schema/ip.ts'
import { Random } from './random.ts'

export const SITE_NAMES = ['hq', 'osaka', 'lyon', 'porto', 'austin', 'dc1', 'vpc', 'internet'] as const
export type SiteName = (typeof SITE_NAMES)[number]

/** What a host is for; which conversations it takes part in follows. */
export type Role =
  | 'desk'
  | 'phone'
  | 'printer'
  | 'proxy'
  | 'files'
  | 'resolver'
  | 'directory'
  | 'mail'
  | 'time'
  | 'logs'
  | 'monitor'
  | 'shop'
  | 'web'
  | 'app'
  | 'cache'
  | 'database'
  | 'nas'
  | 'backup'
  | 'git'
  | 'build'
  | 'hypervisor'
  | 'kafka'
  | 'api'
  | 'worker'
  // Outside
  | 'cdn'
  | 'saas'
  | 'meeting'
  | 'mailhost'
  | 'dnshost'
  | 'timehost'
  | 'visitor'
  | 'noise'
  | 'stranger'

export interface Host {
  readonly name: string
  readonly site: SiteName
  readonly role: Role
  readonly v4: number
  /** 16 bytes, where it has one. */
  readonly v6: Uint8Array | null
  /** 0 outside. */
  readonly vlan: number
  readonly as: number
  /** Length of the prefix that routers know it by. */
  readonly mask: number
  /** Hosts of one place take the same ways; see `placeOf`. */
  readonly place: number
}

/** At a site, hosts of a VLAN; outside, those of networks whose AS numbers are alike in their lowest 9 bits. */
export const PLACES = SITE_NAMES.length * 512

export function placeOf(site: SiteName, vlan: number, as: number): number {
  return SITE_NAMES.indexOf(site) * 512 + (site === 'internet' ? as % 512 : vlan)
}

export const NOBODY: Host = {
  name: '',
  site: 'internet',
  role: 'stranger',
  v4: 0,
  v6: null,
  vlan: 0,
  as: 0,
  mask: 0,
  place: 0,
}

export interface Site {
  readonly name: SiteName
  /** Minutes ahead of UTC. */
  readonly zone: number
  readonly hosts: readonly Host[]
}

export const COMPANY_AS = 64_500

interface Group {
  readonly role: Role
  /** `#` stands for the host's number, in as many digits. */
  readonly name: string
  readonly count: number
  /** First address; the others follow, leaving out .0 and .255. */
  readonly from: string
  readonly vlan: number
}

interface Plan {
  readonly name: SiteName
  readonly zone: number
  /** Third group of its IPv6 prefix 2001:db8:N::/48, where it has IPv6. */
  readonly v6?: number
  readonly groups: readonly Group[]
}

const PLANS: readonly Plan[] = [
  {
    name: 'hq',
    zone: 60,
    v6: 0x10,
    groups: [
      { role: 'desk', name: 'hq-desk-###', count: 700, from: '10.10.16.1', vlan: 16 },
      { role: 'phone', name: 'hq-phone-###', count: 120, from: '10.10.32.1', vlan: 32 },
      { role: 'printer', name: 'hq-print-##', count: 34, from: '10.10.40.1', vlan: 40 },
      { role: 'resolver', name: 'hq-dns#', count: 2, from: '10.10.1.2', vlan: 10 },
      { role: 'proxy', name: 'proxy-hq', count: 1, from: '10.10.1.8', vlan: 10 },
      { role: 'files', name: 'hq-file#', count: 3, from: '10.10.1.21', vlan: 10 },
    ],
  },
  branch('osaka', 'osk', 540, '10.20', { desk: 190, phone: 46, printer: 12 }),
  { ...branch('lyon', 'lyn', 60, '10.30', { desk: 160, phone: 38, printer: 10 }), v6: 0x30 },
  branch('porto', 'por', 0, '10.40', { desk: 98, phone: 24, printer: 6 }),
  { ...branch('austin', 'aus', -360, '10.50', { desk: 130, phone: 30, printer: 8 }), v6: 0x50 },
  {
    name: 'dc1',
    zone: 60,
    v6: 0x64,
    groups: [
      { role: 'shop', name: 'shop-vip', count: 1, from: '198.51.100.80', vlan: 100 },
      { role: 'resolver', name: 'dns-#', count: 2, from: '10.64.1.2', vlan: 101 },
      { role: 'directory', name: 'dc-#', count: 2, from: '10.64.1.10', vlan: 101 },
      { role: 'mail', name: 'mail-#', count: 2, from: '198.51.100.25', vlan: 100 },
      { role: 'time', name: 'ntp-1', count: 1, from: '10.64.1.20', vlan: 101 },
      { role: 'logs', name: 'log-1', count: 1, from: '10.64.1.30', vlan: 101 },
      { role: 'monitor', name: 'mon-1', count: 1, from: '10.64.1.31', vlan: 101 },
      { role: 'web', name: 'web-##', count: 16, from: '10.64.8.1', vlan: 108 },
      { role: 'app', name: 'app-##', count: 80, from: '10.64.10.1', vlan: 110 },
      { role: 'cache', name: 'cache-#', count: 8, from: '10.64.11.1', vlan: 110 },
      { role: 'database', name: 'db-main', count: 1, from: '10.64.12.10', vlan: 112 },
      { role: 'database', name: 'db-##', count: 11, from: '10.64.12.11', vlan: 112 },
      { role: 'git', name: 'git-01', count: 1, from: '10.64.20.5', vlan: 120 },
      { role: 'build', name: 'build-##', count: 24, from: '10.64.20.20', vlan: 120 },
      { role: 'hypervisor', name: 'hv-##', count: 24, from: '10.64.30.1', vlan: 130 },
      { role: 'app', name: 'srv-##', count: 95, from: '10.64.40.1', vlan: 140 },
      { role: 'nas', name: 'nas-##', count: 8, from: '10.65.0.11', vlan: 165 },
      { role: 'backup', name: 'backup-##', count: 2, from: '10.65.0.20', vlan: 165 },
    ],
  },
  {
    name: 'vpc',
    zone: 60,
    groups: [
      { role: 'kafka', name: 'kafka-#', count: 3, from: '10.128.4.21', vlan: 0 },
      { role: 'api', name: 'api-##', count: 27, from: '10.128.8.10', vlan: 0 },
      { role: 'worker', name: 'worker-##', count: 70, from: '10.128.16.10', vlan: 0 },
    ],
  },
]

export class Company {
  readonly sites: ReadonlyMap<SiteName, Site>
  /** All 2,000. */
  readonly hosts: readonly Host[]
  private readonly pools = new Map<string, readonly Host[]>()

  /** The seed decides who of a kind talks most. */
  constructor(seed: number) {
    const random = new Random(seed, 1)
    this.sites = new Map(PLANS.map((plan) => [plan.name, { name: plan.name, zone: plan.zone, hosts: hostsOf(plan) }]))
    this.hosts = [...this.sites.values()].flatMap((site) => site.hosts)
    for (const host of this.hosts) {
      for (const key of [host.role, `${host.role}@${host.site}`])
        this.pools.set(key, [...(this.pools.get(key) ?? []), host])
    }
    // The first servers of their kind are the ones that matter; who matters among people is chance.
    for (const [key, pool] of this.pools) if (key.startsWith('desk')) this.pools.set(key, random.shuffle([...pool]))
  }

  /** Hosts of a role, at a site or at all of them, the busiest first; none where there are none. */
  pool(role: Role, site?: SiteName): readonly Host[] {
    return this.pools.get(site ? `${role}@${site}` : role) ?? []
  }

  /** The host of that name, which there must be. */
  host(name: string): Host {
    const found = this.hosts.find((host) => host.name === name)
    if (!found) throw new Error(`no host ${name}`)
    return found
  }
}

/** IPv4 text → 32 bits. */
export function v4(text: string): number {
  return Number((parseIp(text) as bigint) & 0xffff_ffffn)
}

/** 32 bits → dotted text. */
export function v4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
}

/** An address of 2001:db8:`net`::/48, of subnet and host number. */
export function v6(net: number, subnet: number, host: number): Uint8Array {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x2001_0db8)
  view.setUint16(4, net)
  view.setUint16(6, subnet)
  view.setUint32(12, host)
  return bytes
}

function branch(
  name: SiteName,
  short: string,
  zone: number,
  net: string,
  counts: { desk: number; phone: number; printer: number },
): Plan {
  return {
    name,
    zone,
    groups: [
      { role: 'desk', name: `${short}-desk-###`, count: counts.desk, from: `${net}.16.1`, vlan: 16 },
      { role: 'phone', name: `${short}-phone-##`, count: counts.phone, from: `${net}.32.1`, vlan: 32 },
      { role: 'printer', name: `${short}-print-##`, count: counts.printer, from: `${net}.40.1`, vlan: 40 },
      { role: 'files', name: `${short}-file1`, count: 1, from: `${net}.4.31`, vlan: 4 },
      { role: 'resolver', name: `${short}-dns`, count: 1, from: `${net}.4.2`, vlan: 4 },
    ],
  }
}

function hostsOf(plan: Plan): Host[] {
  return plan.groups.flatMap((group) => {
    let address = v4(group.from) - 1
    return Array.from({ length: group.count }, (_, i): Host => {
      do address++
      while ((address & 255) === 0 || (address & 255) === 255)
      return {
        name: group.name.replace(/#+/, (digits) => String(i + 1).padStart(digits.length, '0')),
        site: plan.name,
        role: group.role,
        v4: address,
        v6: plan.v6 === undefined ? null : v6(plan.v6, group.vlan, address & 0xffff),
        vlan: group.vlan,
        as: COMPANY_AS,
        mask: 24,
        place: placeOf(plan.name, group.vlan, COMPANY_AS),
      }
    })
  })
}
