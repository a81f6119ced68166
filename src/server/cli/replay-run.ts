/** `weir replay`: capture → datagrams on the wire, at the pace of the capture or of one's own. */
import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { WeirError } from '../../shared/api/errors.ts'
import { readAddress, type Address } from '../config/address.ts'
import { openDatagrams } from '../intake/sources/files.ts'
import { say, sayCaptureProblems } from './output.ts'
import type { ReplayOptions } from './replay.ts'

/** Waits shorter than this are added up: timers are no finer. */
const LEAST_WAIT_MS = 2

export async function replayFile(path: string, options: ReplayOptions): Promise<void> {
  if (path === '-' && options.loop)
    throw new WeirError('badOption', '--loop needs a file: standard input cannot be read again')
  const to = await resolved(readAddress(options.to))
  const socket = createSocket(to.family === 6 ? 'udp6' : 'udp4')
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  let sent = 0
  try {
    do sent += await replayOnce(path, options, to, socket, stop.signal)
    while (options.loop && !stop.signal.aborted)
  } finally {
    socket.close()
  }
  say(`Sent ${sent} datagrams to ${options.to}.`)
}

async function replayOnce(
  path: string,
  options: ReplayOptions,
  to: Address,
  socket: Socket,
  stop: AbortSignal,
): Promise<number> {
  const file = await openDatagrams(path)
  let firstMs: number | null = null
  let sent = 0
  const beganMs = performance.now()
  for await (const { timeMs, payload } of file.datagrams) {
    if (stop.aborted) break
    firstMs ??= timeMs
    const dueMs = options.rate === undefined ? timeMs - firstMs : (sent * 1000) / options.rate
    await until(beganMs + dueMs, stop)
    await send(socket, payload, to)
    sent++
  }
  sayCaptureProblems(file.name, file.summary)
  if (sent === 0 && !stop.aborted)
    throw new WeirError(
      'failed',
      `${file.name}: no UDP datagram and no IPFIX message over TCP in its ${file.summary.frames} frames`,
    )
  return sent
}

/** Captures may have long gaps; a signal ends the wait at once. */
async function until(dueMs: number, signal: AbortSignal): Promise<void> {
  const left = dueMs - performance.now()
  if (left >= LEAST_WAIT_MS) await wait(left, undefined, { signal }).catch(() => undefined)
}

function send(socket: Socket, payload: Uint8Array, to: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(payload, to.port, to.host, (error) => {
      if (error) reject(new WeirError('failed', `cannot send to ${to.host}:${to.port}: ${error.message}`))
      else resolve()
    })
  })
}

async function resolved({ host, port }: Address): Promise<Address & { family: number }> {
  try {
    const { address, family } = await lookup(host)
    return { host: address, port, family }
  } catch {
    throw new WeirError('failed', `${host}: no such host; write an address or a name that this machine knows`)
  }
}
