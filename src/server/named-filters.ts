/** Filters that are kept under names, in `filters.json` of the data folder: `{ "office": "ip:10.0.0.0/8" }`. */
import { readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LIMITS } from '../shared/api/questions.ts'
import { WeirError } from '../shared/api/errors.ts'
import { FILTER_NAME } from '../shared/query/filter/names.ts'

const written = z.record(z.string().regex(FILTER_NAME), z.string().max(LIMITS.namedFilterLength))

const fileOf = (dataDir: string) => join(dataDir, 'filters.json')

export class NamedFilters {
  private readonly dataDir: string
  private texts: ReadonlyMap<string, string>
  private writing: Promise<void> = Promise.resolve()

  constructor(dataDir: string) {
    this.dataDir = dataDir
    this.texts = readNamedFilters(dataDir)
  }

  /** By name, in the order of the names. */
  all(): ReadonlyMap<string, string> {
    return this.texts
  }

  /** Keeps what `change` makes of the filters; they are on disk when it resolves. Changes are made one after the other. */
  change(change: (texts: Map<string, string>) => void): Promise<void> {
    const done = this.writing.then(async () => {
      const texts = new Map(this.texts)
      change(texts)
      const sorted = new Map([...texts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      await write(fileOf(this.dataDir), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
      this.texts = sorted
    })
    this.writing = done.catch(() => undefined)
    return done
  }
}

/** None where there is no file. Throws `badOption` where it cannot be read: filters that people rely on do not get lost silently. */
export function readNamedFilters(dataDir: string): ReadonlyMap<string, string> {
  const file = fileOf(dataDir)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw new WeirError('badOption', `${file} cannot be read: ${(error as Error).message}`)
  }
  try {
    return new Map(Object.entries(written.parse(JSON.parse(text))))
  } catch {
    throw new WeirError(
      'badOption',
      `${file} holds no named filters of the form { "office": "ip:10.0.0.0/8" }; mend it, or move it away to start without any`,
    )
  }
}

/** Whole or not at all: what is there is replaced when the new file is on disk. */
async function write(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`
  const handle = await open(fresh, 'w')
  try {
    await handle.writeFile(text)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rename(fresh, file)
}
