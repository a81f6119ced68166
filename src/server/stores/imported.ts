/** Which files were imported into a data folder (`imported.json`), so that none is counted twice by mistake. */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { WeirError } from '../../shared/api/errors.ts'

/** The oldest are forgotten. */
const REMEMBERED = 10_000

const ENTRIES = z.array(z.object({ sha256: z.string(), name: z.string(), atMs: z.number() }))
type Entry = z.output<typeof ENTRIES>[number]

const fileOf = (dataDir: string) => join(dataDir, 'imported.json')

/** `importedBefore` where a file of the same content was, else null. */
export function importedBefore(dataDir: string, sha256: string, name: string, remedy: string): WeirError | null {
  const before = read(dataDir).find((entry) => entry.sha256 === sha256)
  if (!before) return null
  return new WeirError(
    'importedBefore',
    `${name}: imported before, as ${before.name} at ${new Date(before.atMs).toISOString()}; its flows would be counted twice. ${remedy} takes it in again`,
  )
}

/** Writes down that it was imported. Where the disk is full it stays undone. */
export function noteImported(dataDir: string, entry: Entry): void {
  const entries = [...read(dataDir).filter(({ sha256 }) => sha256 !== entry.sha256), entry].slice(-REMEMBERED)
  try {
    writeFileSync(`${fileOf(dataDir)}.part`, `${JSON.stringify(entries)}\n`)
    renameSync(`${fileOf(dataDir)}.part`, fileOf(dataDir))
  } catch {
    // As said.
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/** What cannot be read is nothing. */
function read(dataDir: string): readonly Entry[] {
  try {
    return ENTRIES.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')))
  } catch {
    return []
  }
}
