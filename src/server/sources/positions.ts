/** Where sources go on after a restart: a small file each in the data folder (`sources/NAME.json`), replaced as a whole. */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

export class Positions {
  readonly folder: string

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'sources')
  }

  /** Null where there is none, or it cannot be read. */
  async read(source: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.fileOf(source), 'utf8')) as unknown
    } catch {
      return null
    }
  }

  /** Resolves when it is on disk; one at a time for each source. */
  async save(source: string, position: unknown): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const part = `${this.fileOf(source)}.part`
    const file = await open(part, 'w')
    try {
      await file.writeFile(JSON.stringify(position))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, this.fileOf(source))
  }

  private fileOf(source: string): string {
    return join(this.folder, `${source}.json`)
  }
}
