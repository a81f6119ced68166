/** Filters that are kept under names, in `filters.json` of the data folder: `{ "office": "ip:10.0.0.0/8" }`. */
import { readFileSync, readdirSync, renameSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LIMITS } from '../shared/api/questions.ts'
import { FILTER_NAME } from '../shared/query/filter/names.ts'
import { freeName } from './free-name.ts'

const written = z.record(z.string().regex(FILTER_NAME), z.string().max(LIMITS.namedFilterLength))

const fileOf = (dataDir: string) => join(dataDir, 'filters.json')

export class NamedFilters {
  private readonly dataDir: string
  private texts: ReadonlyMap<string, string>
  private writing: Promise<void> = Promise.resolve()

  /** A file that cannot be read as named filters is told of with `log`, and kept under another name. */
  constructor(dataDir: string, log: (message: string) => void) {
    this.dataDir = dataDir
    const { texts, problem } = readNamedFilters(dataDir)
    this.texts = texts
    if (problem === null) return
    const kept = freeName(`${fileOf(dataDir)}.damaged`)
    renameSync(fileOf(dataDir), kept)
    log(`${problem}: there are no named filters until they are made anew; the file is kept as ${kept}`)
  }

  /** Files of named filters that could not be read, at this start or an earlier one. */
  damagedFiles(): string[] {
    try {
      return readdirSync(this.dataDir).filter((name) => name.startsWith('filters.json.damaged'))
    } catch {
      return []
    }
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

/** None where there is no file, or where `problem` says what is wrong with it. */
export function readNamedFilters(dataDir: string): {
  readonly texts: ReadonlyMap<string, string>
  readonly problem: string | null
} {
  const file = fileOf(dataDir)
  const none = (problem: string | null) => ({ texts: new Map<string, string>(), problem })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return none(code === 'ENOENT' ? null : `${file} cannot be read (${message})`)
  }
  try {
    return { texts: new Map(Object.entries(written.parse(JSON.parse(text)))), problem: null }
  } catch {
    return none(`${file} holds no named filters of the form { "office": "ip:10.0.0.0/8" }`)
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
