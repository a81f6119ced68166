/** nfdump as a peer: its own collectors take in the same datagrams, and its own files are asked. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Demo } from '../src/server/demo/demo.ts'
import { ROUTERS, type Router } from '../src/server/demo/network.ts'
import type { TrafficOptions } from '../src/server/demo/traffic.ts'

const HOUR = 3_600_000
/** What is sent before the collector is looked at again: less than its receive buffer. */
const SENT_AT_A_TIME = 100_000
const RECEIVE_BUFFER = 4_000_000
const PORTS = { nfcapd: 29_955, sfcapd: 29_956 } as const
type Program = keyof typeof PORTS
const PROGRAMS = Object.keys(PORTS) as Program[]

export function hasNfdump(): boolean {
  return [...PROGRAMS, 'nfdump'].every((program) => spawnSync(program, ['-V']).error === undefined)
}

/**
 * Fills the folder with files of an hour each, one folder for each collector. Each hour the collectors begin anew, and are
 * told the templates once more.
 */
export async function fillNfdump(
  folder: string,
  traffic: TrafficOptions,
  onHour: (share: number) => void,
): Promise<void> {
  const demo = new Demo(traffic, 10)
  const templates = new Map<Router, Uint8Array>()
  const sender = await Sender.open()
  let collectors: Collector[] = []
  const { startMs, averageToMs } = traffic
  for (let atMs = startMs + 1000; atMs <= averageToMs; atMs += 1000) {
    if (collectors.length === 0 || atMs % HOUR === 0) {
      await sender.read()
      for (const collector of collectors) await collector.stop()
      const hour = Math.floor(atMs / HOUR) * HOUR
      collectors = await Promise.all(PROGRAMS.map((program) => Collector.start(program, join(folder, program), hour)))
      for (const [router, bytes] of templates) await sender.send(router, bytes)
      onHour((atMs - startMs) / (averageToMs - startMs))
    }
    for (const { router, bytes } of demo.second()) {
      if (tellsTemplates(bytes)) templates.set(router, bytes)
      await sender.send(router, bytes)
    }
  }
  await sender.read()
  for (const collector of collectors) await collector.stop()
  sender.close()
}

/** Seconds that nfdump takes to answer over `[fromMs, toMs)`, from the files of those hours. */
export function askNfdump(folder: string, args: readonly string[], fromMs: number, toMs: number): number {
  const first = Math.floor(fromMs / HOUR) * HOUR
  const files = [first, toMs].map((ms) => `nfcapd.${stamp(ms)}`)
  const window = [fromMs, toMs].map((ms) =>
    new Date(ms).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', '.'),
  )
  const began = performance.now()
  const { status, stderr } = spawnSync(
    'nfdump',
    [
      '-M',
      `${join(folder, PROGRAMS[0] as string)}:${PROGRAMS[1]}`,
      '-R',
      files.join(':'),
      '-t',
      window.join('-'),
      '-q',
      ...args,
    ],
    { env: { ...process.env, TZ: 'UTC' }, maxBuffer: 2 ** 28 },
  )
  if (status !== 0) throw new Error(`nfdump ${args.join(' ')}: ${stderr.toString()}`)
  return (performance.now() - began) / 1000
}

/** As nfcapd names files, in UTC. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 12)
}

/** The first set is of templates: 0 in v9, 2 in IPFIX. */
function tellsTemplates(bytes: Uint8Array): boolean {
  const version = bytes[1]
  return (version === 9 && bytes[21] === 0 && bytes[20] === 0) || (version === 10 && bytes[17] === 2 && bytes[16] === 0)
}

class Collector {
  private readonly child: ChildProcess
  private readonly folder: string
  private readonly hour: number

  private constructor(child: ChildProcess, folder: string, hour: number) {
    this.child = child
    this.folder = folder
    this.hour = hour
  }

  static async start(program: Program, folder: string, hour: number): Promise<Collector> {
    const open = join(folder, 'open')
    mkdirSync(open, { recursive: true })
    const child = spawn(
      program,
      ['-b', '127.0.0.1', '-p', String(PORTS[program]), '-w', open, '-t', '3600', '-B', String(RECEIVE_BUFFER)],
      { env: { ...process.env, TZ: 'UTC' }, stdio: 'ignore' },
    )
    while (waitingAt(PORTS[program]) === null) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    return new Collector(child, folder, hour)
  }

  /** Once all that was sent is read. Files that it began at another hour of the clock follow each other. */
  async stop(): Promise<void> {
    const ended = once(this.child, 'exit')
    this.child.kill('SIGTERM')
    await ended
    const open = join(this.folder, 'open')
    for (const [minute, name] of readdirSync(open)
      .filter((each) => each.startsWith('nfcapd.2'))
      .sort()
      .entries())
      renameSync(join(open, name), join(this.folder, `nfcapd.${stamp(this.hour + minute * 60_000)}`))
    rmSync(open, { recursive: true })
  }
}

/** Octets that wait in the receive buffer of a port; null where nobody listens. */
function waitingAt(port: number): number | null {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const line = readFileSync('/proc/net/udp', 'utf8')
    .split('\n')
    .find((each) => each.includes(` ${address} `))
  return line ? Number.parseInt(line.trim().split(/\s+/)[4]?.split(':')[1] ?? '0', 16) : null
}

/** Sends each router's datagrams from an address of its own, no faster than they are read. */
class Sender {
  private readonly sockets: readonly Socket[]
  private sent = 0

  private constructor(sockets: readonly Socket[]) {
    this.sockets = sockets
  }

  static async open(): Promise<Sender> {
    const sockets = ROUTERS.map(() => createSocket('udp4'))
    for (const [i, socket] of sockets.entries()) {
      socket.bind(0, `127.0.2.${11 + i}`)
      await once(socket, 'listening')
    }
    return new Sender(sockets)
  }

  async send(router: Router, bytes: Uint8Array): Promise<void> {
    const program = router.protocol === 'sflow5' ? 'sfcapd' : 'nfcapd'
    this.sockets[router.index]?.send(bytes, PORTS[program], '127.0.0.1')
    this.sent += bytes.length
    if (this.sent >= SENT_AT_A_TIME) await this.read()
  }

  /** Resolves when all that was sent is read. */
  async read(): Promise<void> {
    this.sent = 0
    do await new Promise((resolve) => setTimeout(resolve, 1))
    while (PROGRAMS.some((program) => (waitingAt(PORTS[program]) ?? 0) > 0))
  }

  close(): void {
    for (const socket of this.sockets) socket.close()
  }
}
