/** A real Weir, started as a user starts it: on free ports, in a folder of its own. */
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CALLS, type AnswerOf, type BodyOf, type CallName } from '../../src/shared/api/contract.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface ServerOptions {
  /** A folder to keep; without it, a new one that `stop` removes. */
  readonly dataDir?: string
  /** Listeners; one on a free port of loopback without. */
  readonly listen?: readonly string[]
  /** More arguments for `weir serve`; they stand after the usual ones. */
  readonly args?: readonly string[]
}

export interface TestServer {
  /** `http://127.0.0.1:PORT` */
  readonly http: string
  /** `127.0.0.1:PORT` of the first listener; empty without one. */
  readonly udp: string
  readonly dataDir: string
  readonly pid: number
  /** What it has logged so far. */
  log(): string
  /** Rejects where the answer is an error. */
  call<C extends CallName>(name: C, ...body: BodyOf<C> extends undefined ? [] : [BodyOf<C>]): Promise<AnswerOf<C>>
  /** Sends datagrams to the first listener, one after the other. */
  send(...datagrams: readonly Uint8Array[]): Promise<void>
  /** Sends it a signal and waits for its end; says its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
  /** Ends it in peace, and removes its folder if it is its own. */
  stop(): Promise<void>
}

/** Rejects with what it said where it does not start. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'weir-test-'))
  const listen = (options.listen ?? ['udp://127.0.0.1:0']).flatMap((url) => ['--listen', url])
  const args = ['serve', '--data', dataDir, '--http', '127.0.0.1:0', ...listen, ...(options.args ?? [])]
  const child = spawn(process.execPath, ['bin/weir.mjs', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let log = ''
  child.stderr.on('data', (text: Buffer) => (log += text.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const dieToo = (): void => void child.kill('SIGKILL')
  process.once('exit', dieToo)
  void ended.then(() => process.off('exit', dieToo))
  await new Promise<void>((resolve, reject) => {
    void ended.then((code) => reject(new Error(`weir serve ended with ${code}:\n${out}${log}`)))
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString()
      if (/^http:.*\n/m.test(out)) resolve()
    })
  })
  const http = /http:\S+/.exec(out)?.[0] as string
  const udp = /udp:\/\/(\S+)/.exec(out)?.[1] ?? ''
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    http,
    udp,
    dataDir,
    pid: child.pid as number,
    log: () => log,
    call: (name, ...body) => call(http, name, body[0]),
    send: (...datagrams) => send(udp, datagrams),
    end,
    stop: async () => {
      await end('SIGTERM')
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Asks again and again until it holds; rejects when it still does not after so many seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function call<C extends CallName>(http: string, name: C, body: unknown): Promise<AnswerOf<C>> {
  const { method } = CALLS[name]
  const post = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const asked = method === 'GET' && body !== undefined ? `?${new URLSearchParams(body as Record<string, string>)}` : ''
  const response = await fetch(`${http}/api/${name}${asked}`, method === 'GET' ? {} : post)
  const text = await response.text()
  if (!response.ok) throw new Error(`/api/${name}: ${response.status} ${text}`)
  return JSON.parse(text) as AnswerOf<C>
}

async function send(udp: string, datagrams: readonly Uint8Array[]): Promise<void> {
  const [, host, port] = /^(.*):(\d+)$/.exec(udp) as unknown as [string, string, string]
  const socket = createSocket('udp4')
  for (const datagram of datagrams)
    await new Promise<void>((resolve, reject) =>
      socket.send(datagram, Number(port), host, (error) => (error ? reject(error) : resolve())),
    )
  socket.close()
}
