/** Addresses to listen on, as options and configuration have them. */
import { isIPv4, isIPv6 } from 'node:net'
import { WeirError } from '../../shared/api/errors.ts'

export interface Address {
  /** Without brackets. */
  readonly host: string
  readonly port: number
}

/** `HOST:PORT`, IPv6 in brackets. Throws `badOption`. */
export function readAddress(text: string): Address {
  const found = /^(?:\[([0-9a-f:.%a-z]+)\]|([^:[\]/\s]+)):(\d{1,5})$/i.exec(text)
  const port = Number(found?.[3])
  if (!found || port > 65_535)
    throw new WeirError('badOption', `${text} is no address; write HOST:PORT such as 127.0.0.1:3055 or [::1]:3055`)
  const host = (found[1] ?? found[2]) as string
  if (found[1] !== undefined && !isIPv6(host)) throw new WeirError('badOption', `${text}: ${host} is no IPv6 address`)
  if (/^[\d.]+$/.test(host) && !isIPv4(host)) throw new WeirError('badOption', `${text}: ${host} is no IPv4 address`)
  return { host, port }
}

export const SCHEMES = ['udp', 'tcp', 'tls'] as const

export interface ListenAddress extends Address {
  readonly scheme: (typeof SCHEMES)[number]
}

/** `udp://HOST:PORT`, or the same with `tcp://` or `tls://`. Throws `badOption`. */
export function readListener(url: string): ListenAddress {
  const found = /^([a-z]+):\/\/(.*?)\/?$/i.exec(url)
  const scheme = SCHEMES.find((each) => each === found?.[1]?.toLowerCase())
  if (!found || !scheme)
    throw new WeirError(
      'badOption',
      `${url} is no listener; write udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT, such as udp://0.0.0.0:2055, or none`,
    )
  return { scheme, ...readAddress(found[2] as string) }
}

/** Whether an address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.') || /^::ffff:127\./i.test(host)
}

/** `HOST:PORT`, IPv6 in brackets. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
