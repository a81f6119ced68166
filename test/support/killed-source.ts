/** A source in a process of its own (`source-child.ts`) that is killed with SIGKILL. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(new URL('source-child.ts', import.meta.url))

/** What it says of itself, some times a second. */
export interface Said {
  readonly state: string
  readonly progress: unknown
}

export interface KilledSource {
  /** Its data folder. */
  readonly folder: string
  /** As in the configuration. */
  readonly settings: unknown
  /** See `fastTime`. */
  readonly nowMs: number
  readonly atMs: number
  readonly speed: number
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** Runs it until `isOver` is true of what it says, `sinceMs` after it first did, and kills it then. */
export async function runAndKill(
  { folder, settings, nowMs, atMs, speed, credentials }: KilledSource,
  isOver: (said: Said, sinceMs: number) => boolean,
): Promise<void> {
  const args = ['--import', 'tsx', CHILD, folder, JSON.stringify(settings), ...[nowMs, atMs, speed].map(String)]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  })
  let errors = ''
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()))
  const ended = once(child, 'exit')
  let firstMs = 0
  for await (const line of createInterface({ input: child.stdout })) {
    firstMs ||= Date.now()
    if (isOver(JSON.parse(line) as Said, Date.now() - firstMs)) break
  }
  assert.equal(child.exitCode, null, errors)
  child.kill('SIGKILL')
  await ended
}
