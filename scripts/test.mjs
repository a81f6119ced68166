// Runs the test suite with node:test: `npm test`, or `npm test -- FILE…` for some files.
// First builds what has changed and installs what tests need beyond npm, where it may.
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfChanged } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Debian packages that tests use, and the command by which each is known to be there. */
const TOOLS = [
  { command: 'chromium', package: 'chromium', for: 'the browser tests' },
  { command: 'softflowd', package: 'softflowd', for: 'the tests against a real exporter' },
  { command: 'nfdump', package: 'nfdump', for: 'the comparison with another collector' },
  { command: 'pmacctd', package: 'pmacct', for: 'the tests against a second exporter' },
  { command: 'fprobe', package: 'fprobe', for: 'the tests against a third exporter' },
  { command: 'ovs-vswitchd', package: 'openvswitch-switch', for: 'the tests against a virtual switch' },
  { command: 'python3', package: 'python3-venv', for: 'the tests against a local AWS' },
]

installTools()
await buildIfChanged()
const files = process.argv.slice(2)
const child = spawn(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=2',
    '--test-timeout=300000',
    ...(files.length > 0 ? files : testFiles(join(root, 'test'))),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } },
)
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return testFiles(path)
      return entry.name.endsWith('.test.ts') ? [relative(root, path)] : []
    })
    .toSorted()
}

/** As root on Debian, installs what is missing; else says which line does it and what is left out. */
function installTools() {
  const missing = TOOLS.filter((tool) => !found(tool.command))
  if (missing.length === 0) return
  const line = `apt-get install -y ${missing.map((tool) => tool.package).join(' ')}`
  const may = process.platform === 'linux' && process.getuid?.() === 0 && found('apt-get')
  if (may) {
    process.stderr.write(`Installing what tests need: ${line}\n`)
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['update', '-q'], options)
    spawnSync(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', ...missing.map((tool) => tool.package)],
      options,
    )
  }
  for (const tool of missing.filter((each) => !found(each.command))) {
    process.stderr.write(
      `${tool.command} is missing: ${tool.for} are skipped. It comes with: ${may ? '' : 'sudo '}apt-get install -y ${tool.package}\n`,
    )
  }
}

function found(command) {
  return (
    spawnSync('sh', ['-c', `command -v ${command}`], {
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    }).status === 0
  )
}
