/**
 * What is known of the day files, written down in the data folder (`catalog.json`): a start need not open those that are
 * as they were then. An entry holds while its file has the same size and time of change and no log beside it; whatever
 * is in doubt is read from the file itself, so the catalog may be deleted or lost at any time.
 */
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { isNumber, isObject, isRecordOf, isThere, type Checked } from './checks.ts'
import type { DayFile } from './day-file.ts'
import type { Log } from './partitions.ts'

const isEntries = isRecordOf(isObject({ size: isNumber, changedMs: isNumber, facts: isThere }))
type Entries = Checked<typeof isEntries>
/** The checksum is of the entries as they are written: a number that changed on the disk would be a wrong answer. */
const isCatalog = isObject({ crc32: isNumber, entries: isEntries })

export class Catalog {
  private readonly path: string
  private readonly entries: Entries
  private written = ''

  /** Reads what is there; what cannot be read is nothing, and told of. */
  constructor(path: string, log: Log = () => undefined) {
    this.path = path
    this.entries = readEntries(path, log)
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
      writeFileSync(`${this.path}.new`, `{"crc32":${crc32(text)},"entries":${text}}`)
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

function readEntries(path: string, log: Log): Entries {
  try {
    const catalog: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isCatalog(catalog) && catalog.crc32 === crc32(JSON.stringify(catalog.entries))) return catalog.entries
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
  }
  log(
    'warn',
    `${path} is damaged, or written by another version; nothing is lost: the files of all days are read instead`,
  )
  return {}
}
