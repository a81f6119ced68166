/**
 * A kind of device and the configuration that makes it send flows here. Commands are checked against the vendor's
 * documentation; each device is one file and one line in `index.ts`.
 */

export type Protocol = 'NetFlow v5' | 'NetFlow v9' | 'IPFIX' | 'sFlow v5'

/** Values that a configuration is filled in with, as they stand in it: `{{collector}}`. */
export const PLACEHOLDERS = ['collector', 'port', 'endpoint', 'interface', 'interfaces', 'source', 'rate'] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]

export interface Variant {
  readonly id: string
  /** Release or kind of device, as it stands on the switch; empty where there is only one. */
  readonly label: string
  readonly protocol: Protocol
  /** Lines; those of an `each` come once for every interface. */
  readonly config: readonly (string | { readonly each: string })[]
  /** Interfaces to start with, as this device names them. */
  readonly interfaces: string
  /** One in so many packets, where the configuration samples. */
  readonly rate?: number
  /** What the lines do that is not plain from reading them. */
  readonly notes: readonly { readonly term: string; readonly text: string }[]
}

export interface Device {
  readonly id: string
  readonly name: string
  readonly group: 'network' | 'host'
  /** Where the lines are typed. */
  readonly where: string
  readonly variants: readonly Variant[]
}

export interface Values {
  /** Address or name that the device reaches Weir by; empty while unknown. */
  readonly collector: string
  readonly port: number
  readonly interfaces: readonly string[]
  /** The device's own address; empty while unknown. */
  readonly source: string
  readonly rate: number
}

/** A piece of a line: text as it is, or a value that was filled in (or is still missing). */
export interface Segment {
  readonly text: string
  readonly kind: 'text' | 'value' | 'missing'
}

/** The configuration's lines with the values in place. */
export function fill(variant: Variant, values: Values): readonly (readonly Segment[])[] {
  const lines: Segment[][] = []
  for (const part of variant.config) {
    if (typeof part === 'string') {
      for (const line of part.split('\n')) lines.push(segments(line, values, ''))
      continue
    }
    for (const name of values.interfaces.length === 0 ? [''] : values.interfaces) {
      for (const line of part.each.split('\n')) lines.push(segments(line, values, name))
    }
  }
  return lines
}

/** The filled-in lines as text, for the clipboard. */
export function asText(lines: readonly (readonly Segment[])[]): string {
  return lines.map((line) => line.map((segment) => segment.text).join('')).join('\n') + '\n'
}

/** Which values a configuration asks for. */
export function placeholdersOf(variant: Variant): ReadonlySet<Placeholder> {
  const text = variant.config.map((part) => (typeof part === 'string' ? part : part.each)).join('\n')
  return new Set(PLACEHOLDERS.filter((name) => text.includes(`{{${name}}}`)))
}

/** Protocols that a device speaks, without repeats, in the order of its variants. */
export function protocolsOf(device: Device): readonly Protocol[] {
  return [...new Set(device.variants.map((variant) => variant.protocol))]
}

function segments(line: string, values: Values, interfaceName: string): Segment[] {
  return line
    .split(/(\{\{\w+\}\})/)
    .filter((piece) => piece !== '')
    .map((piece): Segment => {
      const name = /^\{\{(\w+)\}\}$/.exec(piece)?.[1]
      if (name === undefined) return { text: piece, kind: 'text' }
      const value = valueOf(name, values, interfaceName)
      return value === '' ? { text: MISSING[name] ?? 'VALUE', kind: 'missing' } : { text: value, kind: 'value' }
    })
}

/** What stands in a line for a value that is not known yet; no command takes it for an address. */
const MISSING: Readonly<Record<string, string>> = {
  collector: 'WEIR-ADDRESS',
  endpoint: 'WEIR-ADDRESS',
  source: 'DEVICE-ADDRESS',
  interface: 'INTERFACE',
  interfaces: 'INTERFACE',
}

function valueOf(name: string, values: Values, interfaceName: string): string {
  switch (name) {
    case 'collector':
      return values.collector
    case 'port':
      return String(values.port)
    case 'endpoint':
      if (values.collector === '') return ''
      return `${values.collector.includes(':') ? `[${values.collector}]` : values.collector}:${values.port}`
    case 'interface':
      return interfaceName
    case 'interfaces':
      return values.interfaces.join(',')
    case 'source':
      return values.source
    case 'rate':
      return String(values.rate)
    default:
      return ''
  }
}
