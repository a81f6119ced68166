/** goflow2 as a peer: built from its module where Go is installed, and run on the same datagrams. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Figure } from './figure.ts'

type Peer = NonNullable<Figure['peer']>

export type PeerProtocol = 'netflow9' | 'ipfix' | 'netflow5' | 'sflow5'

const VERSION = '2.2.6'
/** Million records a second on one thread, on a machine of this kind; shown where Go is not there to measure it. */
const PUBLISHED: Readonly<Record<PeerProtocol, number>> = { netflow9: 0.98, ipfix: 0.98, netflow5: 3.8, sflow5: 0.92 }
const SECONDS = 2

const source = fileURLToPath(new URL('../goflow2', import.meta.url))
const program = fileURLToPath(new URL('../../.cache/goflow2', import.meta.url))
let built: boolean | undefined

/**
 * What goflow2 reads of these datagrams: with its decoders alone, and with its producer, which like Weir makes flows of what
 * was decoded and reads the packet headers of sFlow.
 */
export async function goflow2(
  protocol: PeerProtocol,
  datagrams: readonly Uint8Array[],
): Promise<{ decoded: Peer; produced: Peer | undefined }> {
  built ??= build()
  const name = `goflow2 ${VERSION}`
  if (!built)
    return {
      decoded: { name: `${name}, as published`, value: PUBLISHED[protocol], better: 'higher' },
      produced: undefined,
    }
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'))
  try {
    const file = path.join(folder, 'datagrams')
    writeFileSync(file, Buffer.concat(datagrams.flatMap(lengthAndBytes)))
    const { stdout } = await promisify(execFile)(program, [file, protocol, String(SECONDS)])
    const [decoded, produced] = stdout.split(' ').map(Number)
    return {
      decoded: { name: `${name}, decoders alone`, value: decoded ?? 0, better: 'higher' },
      produced: { name: `${name}, with its producer`, value: produced ?? 0, better: 'higher' },
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function build(): boolean {
  try {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: source, stdio: ['ignore', 'ignore', 'inherit'] })
    return true
  } catch {
    console.error(`goflow2 is not built (is Go installed?): its published figures stand instead`)
    return false
  }
}

function lengthAndBytes(bytes: Uint8Array): Uint8Array[] {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return [length, bytes]
}
