/** The walls between the parts of the house hold because the compiler holds them: each breach below must not compile. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
let copy: string

describe('walls', () => {
  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'weir-walls-'))
    for (const name of ['src', 'package.json', 'tsconfig.base.json'])
      cpSync(join(root, name), join(copy, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  })
  after(() => rmSync(copy, { recursive: true, force: true }))

  const breaches: { name: string; part: string; file: string; text: string; says: RegExp }[] = [
    {
      name: 'web cannot import server',
      part: 'src/web',
      file: 'breach.ts',
      text: `export { Batch } from '../server/intake/batch.ts'\n`,
      says: /breach\.ts|server\/intake\/batch\.ts/,
    },
    {
      name: 'shared sees no Node modules',
      part: 'src/shared',
      file: 'breach.ts',
      text: `export { readFileSync } from 'node:fs'\n`,
      says: /breach\.ts.*node:fs/s,
    },
    {
      name: 'shared sees no Node globals',
      part: 'src/shared',
      file: 'breach.ts',
      text: `export const pid = process.pid\n`,
      says: /breach\.ts.*process/s,
    },
    {
      name: 'shared sees no DOM',
      part: 'src/shared',
      file: 'breach.ts',
      text: `export const title = document.title\n`,
      says: /breach\.ts.*document/s,
    },
    {
      name: 'shared cannot import server',
      part: 'src/shared',
      file: 'breach.ts',
      text: `export { Batch } from '../server/intake/batch.ts'\n`,
      says: /breach\.ts|server\/intake\/batch\.ts/,
    },
    {
      name: 'server sees no DOM',
      part: 'src/server',
      file: 'breach.ts',
      text: `export const title = document.title\n`,
      says: /breach\.ts.*document/s,
    },
  ]

  for (const breach of breaches) {
    it(breach.name, () => {
      const file = join(copy, breach.part, breach.file)
      writeFileSync(file, breach.text)
      try {
        const said = compile(breach.part)
        assert.notEqual(said, null, `${breach.text} compiled in ${breach.part}`)
        assert.match(said as string, breach.says)
      } finally {
        rmSync(file)
      }
    })
  }

  it('without a breach, all of it compiles', () => {
    for (const part of ['src/shared', 'src/server', 'src/web']) {
      if (existsSync(join(copy, part, 'tsconfig.json'))) assert.equal(compile(part), null)
    }
  })
})

/** What the compiler says against the part, or null where it says nothing. */
function compile(part: string): string | null {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { tsc: string } }
  try {
    execFileSync(process.execPath, [join(dirname(manifest), bin.tsc), '-b', part], { cwd: copy, stdio: 'pipe' })
    return null
  } catch (error) {
    return String((error as { stdout: Buffer }).stdout)
  }
}
