/**
 * What is known of the day files, written down in the data folder (`catalog.json`): a start need not open those that are
 * as they were then. An entry holds while its file has the same size and time of change and no log beside it; whatever
 * is in doubt is read from the file itself, so the catalog may be deleted or lost at any time.
 */
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { DayFile } from './day-file.ts'

const CATALOG = z.record(z.string(), z.object({ size: z.number(), changedMs: z.number(), facts: z.unknown() }))

export class Catalog {
  private readonly path: string
  private readonly entries: z.output<typeof CATALOG>
  private written = ''

  /** Reads what is there; what cannot be read is nothing. */
  constructor(path: string) {
    this.path = path
    this.entries = readEntries(path)
  }

  /** Takes over what is known of the file. False where it has to be read. */
  recall(key: string, file: DayFile): boolean {
    const entry = this.entries[key]
    const state = stateOf(file)
    if (!entry || !state || entry.size !== state.size || entry.changedMs !== state.changedMs) return false
    return file.recall(entry.facts)
  }

  /** Writes down what is known of all files, by key. Where it cannot be written, the next start takes longer. */
  save(files: readonly (readonly [key: string, file: DayFile])[]): void {
    const entries = files.flatMap(([key, file]) => {
      const state = file.known && file.damage === null && file.users === 0 ? stateOf(file) : null
      return state ? [[key, { ...state, facts: file.facts() }] as const] : []
    })
    const text = JSON.stringify(Object.fromEntries(entries))
    if (text === this.written) return
    try {
      writeFileSync(`${this.path}.new`, text)
      renameSync(`${this.path}.new`, this.path)
      this.written = text
    } catch {
      // As said.
    }
  }
}

/** Null where the file has a log, and so is not all there is, or where there is none. */
function stateOf(file: DayFile): { size: number; changedMs: number } | null {
  if (statSync(file.walFile, { throwIfNoEntry: false })) return null
  const found = statSync(file.file, { throwIfNoEntry: false })
  return found ? { size: found.size, changedMs: found.mtimeMs } : null
}

function readEntries(path: string): z.output<typeof CATALOG> {
  try {
    return CATALOG.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? {}
  } catch {
    return {}
  }
}
