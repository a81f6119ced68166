/** What is being set up: a device, how it speaks, and the values its configuration is filled in with. */
import type { Codec, Params } from '../../app/search.ts'
import { hostOf, portOf, reachOf, type Health } from './arrival.ts'
import type { Device, Protocol, Values, Variant } from './devices/device.ts'
import { DEVICES } from './devices/index.ts'

/** As in the URL; empty text stands for what Weir proposes. */
export interface Setup {
  readonly device: string
  readonly variant: string
  readonly collector: string
  readonly port: string
  readonly interfaces: string
  readonly source: string
  readonly rate: string
}

const NAMES = {
  device: 'device',
  variant: 'variant',
  collector: 'collector',
  port: 'port',
  interfaces: 'ifs',
  source: 'own',
  rate: 'rate',
} as const

export const setupCodec: Codec<Setup> = {
  read: (params) => {
    const read = (name: keyof Setup): string => params[NAMES[name]] ?? ''
    return {
      device: read('device'),
      variant: read('variant'),
      collector: read('collector'),
      port: read('port'),
      interfaces: read('interfaces'),
      source: read('source'),
      rate: read('rate'),
    }
  },
  write: (setup): Params =>
    Object.fromEntries(Object.entries(NAMES).map(([name, param]) => [param, setup[name as keyof Setup] || undefined])),
}

export function deviceOf(setup: Setup): Device {
  return DEVICES.find((device) => device.id === setup.device) ?? (DEVICES[0] as Device)
}

export function variantOf(device: Device, setup: Setup): Variant {
  return device.variants.find((variant) => variant.id === setup.variant) ?? (device.variants[0] as Variant)
}

/** The variant that speaks `protocol`, of the same release if there is one. */
export function variantFor(device: Device, protocol: Protocol, label: string): Variant | undefined {
  const speaking = device.variants.filter((variant) => variant.protocol === protocol)
  return speaking.find((variant) => variant.label === label) ?? speaking[0]
}

/** Addresses that a device may reach this machine by, best first: how this page was reached, then the machine's own. */
export function collectorsOf(pageHost: string, health: Health | undefined): readonly string[] {
  const own = health?.addresses ?? []
  const bound = (health?.intake.listeners ?? [])
    .filter((one) => reachOf(one.url) === 'one')
    .map((one) => hostOf(one.url))
  const page = pageHost.replace(/^\[(.*)\]$/, '$1')
  const usable = page === '' || reachOf(`udp://${page}:0`) !== 'one' ? [] : [page]
  return [...new Set([...bound, ...usable, ...own])]
}

/** Ports that are listened on, without repeats, in the order of the listeners. */
export function portsOf(health: Health | undefined): readonly number[] {
  return [
    ...new Set(
      (health?.intake.listeners ?? []).filter((one) => one.url.startsWith('udp:')).map((one) => portOf(one.url)),
    ),
  ]
}

/** The port that a protocol is at home on, where that is listened on; else the first one. Every port takes every protocol. */
export function portFor(protocol: Protocol, ports: readonly number[]): number {
  const home = HOME_PORTS[protocol]
  return ports.includes(home) ? home : (ports[0] ?? home)
}

/** The values of a set-up, with what Weir proposes where nothing was typed. */
export function valuesOf(
  setup: Setup,
  variant: Variant,
  collectors: readonly string[],
  ports: readonly number[],
): Values {
  const typedPort = Number(setup.port)
  const typedRate = Number(setup.rate)
  return {
    collector: clean(setup.collector) || (collectors[0] ?? ''),
    port: ports.includes(typedPort) ? typedPort : portFor(variant.protocol, ports),
    interfaces: (setup.interfaces || variant.interfaces).split(',').map(clean).filter(Boolean),
    source: clean(setup.source),
    rate: Number.isInteger(typedRate) && typedRate > 0 ? typedRate : (variant.rate ?? 1),
  }
}

const HOME_PORTS: Record<Protocol, number> = { 'NetFlow v5': 2055, 'NetFlow v9': 2055, IPFIX: 4739, 'sFlow v5': 6343 }

/** Letters that stand in names and addresses: a pasted quote or line break is no part of one. */
function clean(text: string): string {
  return text.replace(/[^\w.:/@%+-]/g, '')
}
