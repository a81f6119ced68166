/** The company's routers and switches: what each of them sees, by which interfaces, and how it reports it. */
import type { Protocol } from '../../shared/schema/codes.ts'
import { PLACES, v4, type Host, type SiteName } from './company.ts'

/** What the company's routers speak. */
type RouterProtocol = Extract<Protocol, 'netflow5' | 'netflow9' | 'ipfix' | 'sflow5'>

export interface Router {
  /** Its place in `ROUTERS`. */
  readonly index: number
  readonly name: string
  readonly site: SiteName
  /** Its own address, as 32 bits. */
  readonly address: number
  readonly protocol: RouterProtocol
  /** One in so many packets is looked at; 1 is every one. */
  readonly sampling: number
  /** Observation domain, source id, engine or sub-agent. */
  readonly domain: number
  /** Interface index to each VLAN of the site; 0 stands for all others. */
  readonly inside: Readonly<Record<number, number>>
  /** Interface to the company's other sites. */
  readonly wan: number
  /** Interfaces to the Internet with the router at the other end: the one in use, and the one that takes over. */
  readonly uplinks: readonly [Uplink, Uplink]
  /** Translates addresses of outgoing connections to this one; 0 where it does not. */
  readonly nat: number
}

interface Uplink {
  readonly index: number
  readonly nextHop: number
}

type Row = readonly [
  name: string,
  site: SiteName,
  address: string,
  protocol: RouterProtocol,
  sampling: number,
  inside: Router['inside'],
  wan: number,
  uplinks: readonly [number, number],
  gateways: readonly [string, string],
]

const OFFICE = { 0: 3, 16: 4, 32: 5, 40: 5 }
const CORE = { 0: 40, 100: 33, 101: 34, 108: 35, 110: 36, 112: 37, 120: 38, 130: 39, 165: 41 }
const HQ = { 0: 10, 16: 11, 32: 12, 40: 13 }

const ROWS: readonly Row[] = [
  ['hq-rtr1', 'hq', '10.10.0.1', 'netflow9', 1, HQ, 3, [1, 2], ['203.0.113.1', '203.0.113.9']],
  ['osk-rtr1', 'osaka', '10.20.0.1', 'netflow5', 1, OFFICE, 2, [1, 6], ['203.0.113.17', '203.0.113.21']],
  ['lyn-rtr1', 'lyon', '10.30.0.1', 'ipfix', 1, OFFICE, 2, [1, 6], ['203.0.113.25', '203.0.113.29']],
  ['por-rtr1', 'porto', '10.40.0.1', 'netflow9', 1, OFFICE, 2, [1, 6], ['203.0.113.33', '203.0.113.37']],
  ['aus-fw1', 'austin', '10.50.0.1', 'ipfix', 1, OFFICE, 2, [1, 6], ['203.0.113.41', '203.0.113.45']],
  ['edge-rtr1', 'dc1', '10.64.0.2', 'netflow9', 100, { 0: 520 }, 520, [512, 513], ['203.0.113.129', '203.0.113.133']],
  ['edge-rtr2', 'dc1', '10.64.0.3', 'ipfix', 100, { 0: 520 }, 520, [512, 513], ['203.0.113.137', '203.0.113.141']],
  ['core-sw1', 'dc1', '10.64.0.1', 'sflow5', 1000, CORE, 49, [51, 52], ['10.64.0.2', '10.64.0.3']],
  ['vpc-gw1', 'vpc', '10.128.0.1', 'ipfix', 1, { 0: 2 }, 3, [1, 4], ['203.0.113.193', '203.0.113.197']],
]
/** The firewall of this site translates outgoing connections. */
const NAT = { site: 'austin', address: v4('203.0.113.42') } as const

export const ROUTERS: readonly Router[] = ROWS.map(
  ([name, site, address, protocol, sampling, inside, wan, uplinks, gateways], index) => {
    const own = v4(address)
    const uplink = (i: 0 | 1): Uplink => ({ index: uplinks[i], nextHop: v4(gateways[i]) })
    const nat = site === NAT.site ? NAT.address : 0
    const domain = (own >>> 16) & 255
    const both: Router['uplinks'] = [uplink(0), uplink(1)]
    return { index, name, site, address: own, protocol, sampling, domain, inside, wan, uplinks: both, nat }
  },
)

/** A router that sees a flow, with the interfaces towards its source and its destination. */
export interface Hop {
  readonly router: Router
  readonly input: number
  readonly output: number
  /** 0 where the destination is attached. */
  readonly nextHop: number
}

/** The provider's router on the way to the other sites. */
const WAN_HOP = v4('10.0.0.1')
const EDGES = ROUTERS.filter((each) => each.site === 'dc1' && each.protocol !== 'sflow5')
const bySite = new Map<SiteName, Router>(
  ROUTERS.filter((each) => !EDGES.includes(each)).map((each) => [each.site, each]),
)

/** Hops by places, without and with a failed uplink of one router. */
const known = new Map<Router | null, Map<number, readonly Hop[]>>()

/** Who sees packets from `source` to `destination`; `failedOver` has lost its first uplink. */
export function hops(source: Host, destination: Host, failedOver: Router | null): readonly Hop[] {
  let paths = known.get(failedOver)
  if (!paths) known.set(failedOver, (paths = new Map()))
  const key = source.place * PLACES + destination.place
  let path = paths.get(key)
  if (!path) paths.set(key, (path = findHops(source, destination, failedOver)))
  return path
}

function findHops(source: Host, destination: Host, failedOver: Router | null): Hop[] {
  return routersBetween(source, destination).map((each) => {
    const spare = each === failedOver
    const output = interfaceTo(each, destination, spare)
    return {
      router: each,
      input: interfaceTo(each, source, spare),
      output,
      nextHop: gatewayTo(each, destination, spare),
    }
  })
}

function routersBetween(source: Host, destination: Host): Router[] {
  const found = new Set<Router>()
  for (const host of [source, destination]) {
    const own = bySite.get(host.site)
    if (own && (own.protocol === 'sflow5' || crossesRouter(source, destination))) found.add(own)
  }
  const outside = source.site === 'internet' ? source : destination.site === 'internet' ? destination : null
  if (outside && (source.site === 'dc1' || destination.site === 'dc1'))
    found.add(EDGES[outside.as % EDGES.length] as Router)
  return [...found]
}

/** Within a VLAN, only a switch sees what goes on. */
function crossesRouter(source: Host, destination: Host): boolean {
  return source.site !== destination.site || source.vlan !== destination.vlan
}

function interfaceTo(router: Router, host: Host, spare: boolean): number {
  if (host.site === 'internet') return uplinkOf(router, host, spare).index
  if (host.site !== router.site) return router.wan
  return router.inside[host.vlan] ?? (router.inside[0] as number)
}

function gatewayTo(router: Router, host: Host, spare: boolean): number {
  if (host.site === 'internet') return uplinkOf(router, host, spare).nextHop
  return host.site === router.site ? 0 : WAN_HOP
}

/** The core switch has an edge router behind each uplink; everyone else uses the first as long as it is there. */
function uplinkOf(router: Router, outside: Host, spare: boolean): Uplink {
  if (router.protocol === 'sflow5') return router.uplinks[outside.as % 2 === 0 ? 0 : 1]
  return router.uplinks[spare ? 1 : 0]
}
