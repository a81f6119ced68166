// Everything that can be checked without running the program: `npm run check`.
import { spawnSync } from 'node:child_process'

const CHECKS = [
  ['format', 'npx', ['oxfmt', '--check', '.'], 'npm run format mends it'],
  ['types', 'npx', ['tsc', '-b'], ''],
  ['lint', 'npx', ['oxlint', '--deny-warnings'], ''],
  ['unused exports and dependencies', 'npx', ['knip'], ''],
  [
    'generated files',
    process.execPath,
    ['--import', 'tsx', 'scripts/generate.ts', '--check'],
    'npm run generate mends it',
  ],
]

let failed = 0
for (const [name, command, args, remedy] of CHECKS) {
  const start = Date.now()
  const run = spawnSync(command, args, { encoding: 'utf8' })
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  if (run.status === 0) {
    process.stdout.write(`ok      ${name} (${seconds} s)\n`)
  } else {
    failed++
    process.stdout.write(
      `FAILED  ${name} (${seconds} s)${remedy ? `: ${remedy}` : ''}\n${run.stdout ?? ''}${run.stderr ?? ''}\n`,
    )
  }
}
process.exitCode = failed > 0 ? 1 : 0
