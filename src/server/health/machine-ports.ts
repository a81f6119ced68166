/** Whether the addresses of page and listeners are free, or held by the Weir that runs. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { z } from 'zod'
import { readAddress, readListener, type Address } from '../config/address.ts'
import type { Config } from '../config/schema.ts'
import type { MachineFinding } from './machine.ts'

/** A Weir on this machine answers at once. */
const PATIENCE_MS = 1000

const running = z.object({ intake: z.object({ listeners: z.array(z.object({ url: z.string() })) }) })

export async function ports(config: Config): Promise<MachineFinding[]> {
  const http = readAddress(config.http.listen)
  const what = `http ${config.http.listen}`
  const taken = await takenTcp(http)
  const held = taken === null ? null : await listenersOfWeir(http)
  const findings = [held === null ? portFinding(what, taken, http, '--http') : heldByWeir(what)]
  for (const url of config.listen) {
    const { scheme, ...address } = readListener(url)
    const error = scheme === 'udp' ? await takenUdp(address) : await takenTcp(address)
    findings.push(error !== null && held?.has(url) ? heldByWeir(url) : portFinding(url, error, address, '--listen'))
  }
  return findings
}

/** What the Weir at that address listens on; null where none answers. */
async function listenersOfWeir({ host, port }: Address): Promise<ReadonlySet<string> | null> {
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  const url = `http://${near.includes(':') ? `[${near}]` : near}:${port}/api/health`
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })
    const read = running.safeParse(await answer.json())
    return read.success ? new Set(read.data.intake.listeners.map((listener) => listener.url)) : null
  } catch {
    return null
  }
}

function heldByWeir(what: string): MachineFinding {
  return { what, state: 'ok', found: 'held by the Weir that runs' }
}

function portFinding(
  what: string,
  error: NodeJS.ErrnoException | null,
  { port }: Address,
  option: string,
): MachineFinding {
  if (error === null) return { what, state: 'ok', found: 'free' }
  if (error.code === 'EADDRINUSE')
    return {
      what,
      state: 'hurts',
      found: 'taken, by a Weir that runs already or by another program',
      remedy: `ss -lnp 'sport = :${port}' shows who has it; another is chosen with ${option}`,
    }
  return { what, state: 'hurts', found: error.message, remedy: `choose another with ${option}` }
}

/** Null where the address is free. */
function takenTcp(address: Address): Promise<NodeJS.ErrnoException | null> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', done)
    server.listen({ ...address, ipv6Only: address.host.includes(':') }, () => server.close(() => done(null)))
  })
}

function takenUdp({ host, port }: Address): Promise<NodeJS.ErrnoException | null> {
  return new Promise((done) => {
    const socket = createSocket(host.includes(':') ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' })
    socket.once('error', done)
    socket.bind(port, host, () => socket.close(() => done(null)))
  })
}
