// Compiles the server with tsc and the page with Vite into dist/, when sources changed since the last time.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampFile = join(root, 'dist', '.built.json')
const PARTS = {
  server: { inputs: ['src/shared', 'src/server', 'tsconfig.base.json', 'package.json'], run: buildServer },
  web: { inputs: ['src/shared', 'src/web', 'package-lock.json'], run: buildWeb },
}

/** Builds each part whose sources are not those of the last build. Says so on stderr; a failure ends the process. */
export async function buildIfChanged(force = false) {
  const stamp = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {}
  for (const [name, part] of Object.entries(PARTS)) {
    const now = fingerprint(part.inputs)
    if (!force && stamp[name] === now && existsSync(join(root, 'dist', name))) continue
    const start = Date.now()
    process.stderr.write(`Building the ${name === 'web' ? 'page' : 'server'} …`)
    try {
      part.run()
    } catch (error) {
      process.stderr.write(' failed\n')
      process.stderr.write(
        `${error.stdout ?? ''}${error.stderr ?? ''}${error.stdout || error.stderr ? '' : `${String(error)}\n`}`,
      )
      process.exit(1)
    }
    process.stderr.write(` ${((Date.now() - start) / 1000).toFixed(1)} s\n`)
    stamp[name] = now
    mkdirSync(dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, JSON.stringify(stamp))
  }
}

function buildServer() {
  for (const part of ['server', 'shared']) rmSync(join(root, 'dist', part), { recursive: true, force: true })
  rmSync(join(root, 'dist', '.tsbuildinfo'), { recursive: true, force: true })
  run('typescript', 'tsc', ['-b', 'src/server'])
}

function buildWeb() {
  run('vite', 'vite', ['build', 'src/web', '--logLevel', 'warn'])
  compress(join(root, 'dist', 'web'))
}

/** Beside each text file its Brotli and gzip forms, so that the server need not compress while it serves. */
function compress(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(html|js|css|svg)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const text = readFileSync(path)
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }),
    )
    writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
  }
}

/** Runs a package's own command with this Node, so that no shell and no PATH is needed. */
function run(packageName, command, args) {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  execFileSync(process.execPath, [join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Paths, sizes and times of change of all inputs. */
function fingerprint(inputs) {
  const lines = []
  const walk = (path) => {
    const stat = statSync(path)
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name))
    else lines.push(`${relative(root, path)} ${stat.size} ${Math.round(stat.mtimeMs)}`)
  }
  for (const input of inputs) if (existsSync(join(root, input))) walk(join(root, input))
  return lines.join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfChanged(true)
