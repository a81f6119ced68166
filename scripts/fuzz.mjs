// Sends bad datagrams and streams to the decoders: `npm run fuzz`, or `npm run fuzz -- --count N --seed S`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

process.exitCode =
  spawnSync(process.execPath, ['--import', 'tsx', 'test/fuzz/main.ts', ...process.argv.slice(2)], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  }).status ?? 1
