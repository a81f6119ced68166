/** What on this machine will hurt a collector, and the line that mends each. Used by `weir doctor`. */
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { open, readFile, rm, statfs } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { TlsFiles } from '../intake/sources/tls-files.ts'
import { readListener } from '../config/address.ts'
import type { Config } from '../config/schema.ts'
import { format } from '../../shared/schema/units.ts'
import { existing } from './machine-folder.ts'
import { ports } from './machine-ports.ts'
import { retention } from './machine-retention.ts'

export interface MachineFinding {
  readonly what: string
  /** hurts: flows will be lost or Weir will not start; hint: it could be better; ok. */
  readonly state: 'ok' | 'hint' | 'hurts'
  readonly found: string
  /** The line that mends it. */
  readonly remedy?: string
}

/** Looks at everything; what cannot be looked at is a hint that says so. */
export async function examineMachine(config: Config): Promise<MachineFinding[]> {
  const checks = [
    receiveBuffer,
    udpErrors,
    ports,
    certificate,
    disk,
    retention,
    diskSpeed,
    clock,
    openFiles,
    memory,
    processors,
    nodeVersion,
  ]
  return (await Promise.all(checks.map((check) => check(config)))).flat()
}

const MIB = 2 ** 20
/** Less than this holds a few milliseconds of a busy router. */
const SMALL_BUFFER = MIB
const PROBE_BYTES = 16 * MIB
const TMPFS = 0x01021994
const NFS = 0x6969

async function receiveBuffer({ receiveBuffer: asked }: Config): Promise<MachineFinding> {
  const what = 'receive buffer'
  const most = Number(await read('/proc/sys/net/core/rmem_max'))
  if (!most)
    return { what, state: 'hint', found: 'net.core.rmem_max cannot be read here; Weir logs what each socket got' }
  const found = `the kernel gives a socket at most ${format(most, 'B')} (net.core.rmem_max); Weir asks for ${format(asked, 'B')}`
  if (most >= asked) return { what, state: 'ok', found }
  return { what, state: most < SMALL_BUFFER ? 'hurts' : 'hint', found, remedy: `sysctl -w net.core.rmem_max=${asked}` }
}

async function udpErrors(): Promise<MachineFinding[]> {
  const [names, values] = ((await read('/proc/net/snmp')) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '))
  const dropped = Number(values?.[names?.indexOf('RcvbufErrors') ?? -1] ?? 0)
  if (!names) return []
  const what = 'UDP so far'
  return dropped === 0
    ? [{ what, state: 'ok', found: 'the kernel has dropped no datagram for want of buffer since it started' }]
    : [
        {
          what,
          state: 'hint',
          found: `the kernel has dropped ${dropped.toLocaleString('en')} datagrams for want of buffer since it started, whosever they were`,
          remedy: 'nstat -az UdpRcvbufErrors',
        },
      ]
}

/** Whether TLS listeners could use their certificate. */
async function certificate({ listen, tls }: Config): Promise<MachineFinding[]> {
  const url = listen.find((each) => readListener(each).scheme === 'tls')
  if (url === undefined) return []
  const what = 'certificate'
  try {
    const { cert } = TlsFiles.open(url, tls ?? null).read()
    const { validTo } = new X509Certificate(cert as Buffer)
    const days = Math.floor((Date.parse(validTo) - Date.now()) / 86_400_000)
    const found = `valid until ${new Date(validTo).toISOString().slice(0, 10)}`
    return [
      days < 0
        ? {
            what,
            state: 'hurts',
            found,
            remedy: `put a newer one at ${tls?.certificate}; it is read without a restart`,
          }
        : { what, state: days < 14 ? 'hint' : 'ok', found },
    ]
  } catch (error) {
    return [
      {
        what,
        state: 'hurts',
        found: (error as Error).message,
        remedy: 'name PEM files that fit under tls in the configuration',
      },
    ]
  }
}

async function disk({ data }: Config): Promise<MachineFinding> {
  const what = 'disk space'
  const folder = await existing(data)
  const { bavail, blocks, bsize, type } = await statfs(folder)
  const free = bavail * bsize
  const found = `${format(free, 'B')} of ${format(blocks * bsize, 'B')} free at ${folder}`
  if (type === TMPFS)
    return {
      what,
      state: 'hint',
      found: `${found}, which is memory and empty after a restart`,
      remedy: '--data DIR on a disk',
    }
  if (type === NFS)
    return {
      what,
      state: 'hint',
      found: `${found}, which is on another machine: commits wait for the network`,
      remedy: '--data DIR on a disk of this machine',
    }
  if (free < 2e9) return { what, state: 'hurts', found, remedy: '--data DIR on a larger disk, or free some space' }
  return { what, state: 'ok', found: `${found}, room for about ${format(free / 30, 'flows')} flows` }
}

/** Writes 16 MiB and waits until they are on disk, as a commit does. */
async function diskSpeed({ data }: Config): Promise<MachineFinding> {
  const what = 'disk speed'
  const folder = await existing(data)
  const probe = join(folder, `.weir-doctor-${process.pid}`)
  try {
    const file = await open(probe, 'wx')
    try {
      const block = Buffer.alloc(MIB, 0x57)
      const began = performance.now()
      for (let written = 0; written < PROBE_BYTES; written += block.length) await file.write(block)
      await file.sync()
      const perSecond = PROBE_BYTES / ((performance.now() - began) / 1000)
      const found = `${format(perSecond, 'B')} a second written and synced at ${folder}; 100,000 flows a second need 3 MB`
      return perSecond < 20e6
        ? { what, state: 'hurts', found, remedy: '--data DIR on a faster disk' }
        : { what, state: 'ok', found }
    } finally {
      await file.close()
      await rm(probe, { force: true })
    }
  } catch (error) {
    return {
      what,
      state: 'hurts',
      found: `${folder} cannot be written to: ${(error as Error).message}`,
      remedy: `chown ${process.getuid?.() ?? 'USER'} ${folder}`,
    }
  }
}

async function clock(): Promise<MachineFinding> {
  const what = 'clock'
  try {
    const { stdout } = await promisify(execFile)('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
      timeout: 2000,
    })
    return stdout.trim() === 'yes'
      ? { what, state: 'ok', found: 'kept right by NTP' }
      : {
          what,
          state: 'hint',
          found: 'not kept right by NTP; flows of exporters whose clock is right seem late or early',
          remedy: 'timedatectl set-ntp true',
        }
  } catch {
    return { what, state: 'hint', found: 'whether NTP keeps it right cannot be seen here' }
  }
}

async function openFiles(): Promise<MachineFinding[]> {
  const limit = /^Max open files\s+(\d+)/m.exec((await read('/proc/self/limits')) ?? '')?.[1]
  if (limit === undefined) return []
  const found = `${Number(limit).toLocaleString('en')} may be open at once`
  return [
    Number(limit) < 1024
      ? { what: 'open files', state: 'hurts', found, remedy: 'ulimit -n 65536' }
      : { what: 'open files', state: 'ok', found },
  ]
}

async function memory({ store }: Config): Promise<MachineFinding> {
  const constrained = process.constrainedMemory()
  const bytes = constrained > 0 && constrained < totalmem() ? constrained : totalmem()
  const found = `${format(bytes, 'B')}, of which the database may take ${format(store.memory, 'B')}`
  if (bytes < 0.75 * 2 ** 30)
    return { what: 'memory', state: 'hurts', found, remedy: 'give the machine 1 GB, or set store.memory to 64MiB' }
  return store.memory > bytes / 2
    ? {
        what: 'memory',
        state: 'hint',
        found,
        remedy: `store.memory: ${Math.floor(bytes / 4 / MIB)}MiB in the configuration`,
      }
    : { what: 'memory', state: 'ok', found }
}

async function processors(): Promise<MachineFinding> {
  const n = availableParallelism()
  return n > 1
    ? { what: 'processors', state: 'ok', found: `${n}` }
    : {
        what: 'processors',
        state: 'hint',
        found: '1: intake, store and answers take turns',
        remedy: 'two or more for more than some ten thousand flows a second',
      }
}

async function nodeVersion(): Promise<MachineFinding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const old = major < 20 || (major === 20 && minor < 19)
  return old
    ? { what: 'Node', state: 'hurts', found: process.versions.node, remedy: 'install Node 20.19 or newer' }
    : { what: 'Node', state: 'ok', found: process.versions.node }
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}
