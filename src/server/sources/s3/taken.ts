/**
 * Which objects were taken, so that each is once: 8 octets of each, one after the other in a file that only grows, until
 * the oldest are forgotten.
 */
import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RecordIds } from '../../intake/record-ids.ts'

/** Objects that are remembered at least: those of half a day where 40,000 come in an hour. */
const REMEMBERED = 500_000
const OCTETS = 8

/** What an object is known by: 64 bits in two words. Its flows are known by the numbers from there on. */
export type ObjectId = readonly [high: number, low: number]

export class TakenObjects {
  private readonly path: string
  private readonly remembered: number
  private ids = new RecordIds()
  private count = 0
  private file: FileHandle | null = null

  private constructor(path: string, remembered: number) {
    this.path = path
    this.remembered = remembered
  }

  static async open(path: string, remembered = REMEMBERED): Promise<TakenObjects> {
    const taken = new TakenObjects(path, remembered)
    await taken.forget()
    return taken
  }

  has([high, low]: ObjectId): boolean {
    return this.ids.has(high, low)
  }

  /** Resolves when they are on disk; one call at a time. */
  async add(more: readonly ObjectId[]): Promise<void> {
    const octets = Buffer.alloc(more.length * OCTETS)
    for (const [i, [high, low]] of more.entries()) {
      octets.writeUInt32LE(low, i * OCTETS)
      octets.writeUInt32LE(high, i * OCTETS + 4)
    }
    await this.file?.appendFile(octets)
    await this.file?.datasync()
    for (const [high, low] of more) this.ids.add(high, low)
    this.count += more.length
    if (this.count > 2 * this.remembered) await this.forget()
  }

  async close(): Promise<void> {
    await this.file?.close()
    this.file = null
  }

  /** Writes the file anew without the oldest, and without one of which a fall of the machine has left a part. */
  private async forget(): Promise<void> {
    await this.close()
    const before = await readFile(this.path).catch(() => Buffer.alloc(0))
    this.count = Math.min(Math.floor(before.length / OCTETS), this.remembered)
    const to = before.length - (before.length % OCTETS)
    const list = Uint8Array.from(before.subarray(to - this.count * OCTETS, to))
    this.ids = RecordIds.from(new BigUint64Array(list.buffer))
    await mkdir(dirname(this.path), { recursive: true })
    const part = await open(`${this.path}.part`, 'w')
    try {
      await part.writeFile(list)
      await part.sync()
    } finally {
      await part.close()
    }
    await rename(`${this.path}.part`, this.path)
    this.file = await open(this.path, 'a')
  }
}
