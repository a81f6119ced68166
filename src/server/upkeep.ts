/** What a running server does to its own data folder when it is asked to: backup, export, import. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { AnswerOf } from '../shared/api/contract.ts'
import { WeirError } from '../shared/api/errors.ts'
import { checkImportType, MOST_IMPORTED } from '../shared/api/upkeep.ts'
import type { RecordQuestion } from '../shared/query/question.ts'
import type { Frozen } from './frozen.ts'
import { LetterBox } from './intake/letter-box.ts'
import type { StoreCalls } from './messages.ts'
import { importedBefore, noteImported } from './stores/imported.ts'
import type { WorkerCalls } from './worker-calls.ts'

interface ImportAsked {
  readonly layout: string | undefined
  readonly name: string
  readonly type: string | undefined
  readonly again: boolean
}

export class Upkeep {
  /** Stands in the data folder, for its owner to read. */
  readonly token = randomBytes(32).toString('hex')
  private readonly store: WorkerCalls<StoreCalls>
  private readonly dataDir: string
  private importing = false

  constructor(store: WorkerCalls<StoreCalls>, dataDir: string) {
    this.store = store
    this.dataDir = dataDir
  }

  /** Throws `notOwner` unless the token is that of the data folder. */
  checkOwner(token: unknown): void {
    const given = Buffer.from(typeof token === 'string' ? token : '')
    const known = Buffer.from(this.token)
    if (given.length === known.length && timingSafeEqual(given, known)) return
    throw new WeirError(
      'notOwner',
      'this call needs what the file token in the data folder says, in the header weir-token; weir backup --data DIR sends it',
    )
  }

  async backUp(to: string): Promise<AnswerOf<'backup'>> {
    if (!isAbsolute(to)) throw new WeirError('badRequest', `to is ${JSON.stringify(to)}: an absolute path is needed`)
    return this.store.call('backUp', to)
  }

  /** A file that is gone as soon as it is closed. */
  async exportFlows(
    question: RecordQuestion,
    signal: AbortSignal,
  ): Promise<{ file: FileHandle; bytes: number; flows: number }> {
    const path = await this.temporaryFile()
    try {
      const flows = await this.store.call('exportTo', { file: path, question }, signal)
      const file = await open(path)
      return { file, bytes: (await file.stat()).size, flows }
    } finally {
      await rm(path, { force: true })
    }
  }

  /** Rejects with `importedBefore`, `unreadable`, `tooLarge`, `notAvailable`, or `storeUnavailable` while another import is under way. */
  async importFile(body: AsyncIterable<Uint8Array>, asked: ImportAsked): Promise<AnswerOf<'importFile'>> {
    checkImportType(asked.type)
    return this.alone(async () => {
      const path = await this.temporaryFile()
      try {
        const { name, type, layout } = asked
        const sha256 = await spool(body, path)
        const before = asked.again ? null : importedBefore(this.dataDir, sha256, name, 'again=true')
        if (before) throw before
        const result = await this.store.call('importFile', { path, name, type, layout })
        noteImported(this.dataDir, { sha256, name, atMs: Date.now() })
        return result
      } finally {
        await rm(path, { force: true })
      }
    })
  }

  /** Dead letters, newest first. */
  letters(limit: number): Promise<Frozen<AnswerOf<'letters'>>> {
    return new LetterBox(this.dataDir).newest(limit)
  }

  /** Rejects with `storeUnavailable` while an import is under way. */
  readAgain(how: StoreCalls['readAgain'][0]): Promise<AnswerOf<'readAgain'>> {
    return this.alone(() => this.store.call('readAgain', how))
  }

  /** What takes flows in otherwise than as they come, one at a time. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.importing)
      throw new WeirError('storeUnavailable', 'another import is under way; wait for its end, then send it again')
    this.importing = true
    try {
      return await work()
    } finally {
      this.importing = false
    }
  }

  private async temporaryFile(): Promise<string> {
    const folder = join(this.dataDir, 'tmp')
    await mkdir(folder, { recursive: true })
    return join(folder, `upkeep-${randomBytes(8).toString('hex')}`)
  }
}

/** Writes what comes to a file; gives its hash. */
async function spool(body: AsyncIterable<Uint8Array>, path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > MOST_IMPORTED)
        throw new WeirError('tooLarge', `the body is longer than ${MOST_IMPORTED} bytes; send it in parts`)
      hash.update(chunk)
      await file.write(chunk)
    }
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}
