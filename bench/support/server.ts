/** A real Weir, started as a user starts it, and what `/proc` says of it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnswerOf, BodyOf } from '../../src/shared/api/contract.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const TICKS_PER_SECOND = 100

export class Server {
  readonly http: string
  readonly udpPort: number
  /** From the start of the process to both addresses printed. */
  readonly startMs: number
  readonly dataDir: string
  private readonly child: ChildProcess

  private constructor(child: ChildProcess, dataDir: string, http: string, udpPort: number, startMs: number) {
    this.child = child
    this.dataDir = dataDir
    this.http = http
    this.udpPort = udpPort
    this.startMs = startMs
  }

  /** On a fresh folder, or on one that is there. */
  static async start(folder?: string): Promise<Server> {
    const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'weir-bench-')))
    const began = performance.now()
    const child = spawn(
      process.execPath,
      [
        'bin/weir.mjs',
        'serve',
        '--data',
        dataDir,
        '--http',
        '127.0.0.1:0',
        '--listen',
        'udp://127.0.0.1:0',
        '--log-level',
        'warn',
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let said = ''
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`weir serve ended with ${code}:\n${said}`)))
      child.stdout.on('data', (text: Buffer) => {
        said += text.toString()
        const http = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
        const udp = /udp:\/\/127\.0\.0\.1:(\d+)/.exec(said)
        if (http && udp) resolve(new Server(child, dataDir, http[0], Number(udp[1]), performance.now() - began))
      })
    })
  }

  async call<C extends 'health' | 'query' | 'flows'>(name: C, body?: BodyOf<C>): Promise<AnswerOf<C>> {
    const response = await fetch(
      `${this.http}/api/${name}`,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`)
    return (await response.json()) as AnswerOf<C>
  }

  /** CPU seconds of all of Weir so far. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  }

  rssBytes(): number {
    return this.status('VmRSS')
  }

  peakRssBytes(): number {
    return this.status('VmHWM')
  }

  diskBytes(folder = this.dataDir): number {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name)
      return sum + (entry.isDirectory() ? this.diskBytes(path) : statSync(path).blocks * 512)
    }, 0)
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGTERM')
    await ended
  }

  removeData(): void {
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  private status(name: string): number {
    const line = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))
    return Number(line?.[1] ?? 0) * 1024
  }
}

/** Asks again until it is true. */
export async function until(holds: () => Promise<boolean>, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    if (await holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
