/** The command line, run to its end. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** Runs `weir ARGS` in the checkout. */
export function weir(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['bin/weir.mjs', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let error = ''
  child.stdout.on('data', (text: Buffer) => (out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (error += text.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, error })))
}

/** The cells of a table that a command printed, line by line. */
export function cellsOf(out: string): string[][] {
  const lines = out.replaceAll('\u2009', ' ').trimEnd().split('\n')
  return lines.map((line) => line.split(/ {2,}/))
}
