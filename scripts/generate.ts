// Writes every generated file anew; with --check, compares instead and exits 1 where one is not up to date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GENERATORS } from './generators/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const check = process.argv.includes('--check')
let stale = 0

for (const generator of GENERATORS) {
  for (const [file, text] of Object.entries(await generator.build())) {
    const path = join(root, file)
    const before = read(path)
    if (before === text) continue
    if (check) {
      process.stderr.write(`${file} is not what its source gives: run npm run generate (${generator.name})\n`)
      stale++
    } else {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
      process.stderr.write(`wrote ${file}\n`)
    }
  }
}
process.exitCode = stale > 0 ? 1 : 0

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
