// Measures on this machine: `npm run bench`, or `npm run bench -- decode footprint …` for some parts.
// Prints one table of all figures, each with what it should be and its ratio to the peer.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildIfChanged } from './build.mjs'

await buildIfChanged()
const root = fileURLToPath(new URL('..', import.meta.url))
process.exitCode =
  spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', 'bench/run.ts', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  }).status ?? 1
