/**
 * Every command in the documentation runs. Lines of `sh` blocks are run as they stand, but for addresses: the server of
 * the page's examples is the one that the test started, and `flows.pcap` is a recorded capture.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startServer, type TestServer } from '../support/server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = [join(root, 'README.md'), ...markdown(join(root, 'docs'))]

/** Version 2's own form ("Flow log record examples", Amazon VPC User Guide). */
const VPC_LOG =
  '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK\n'

let server: TestServer
let folder: string

describe('commands in the documentation', () => {
  before(async () => {
    server = await startServer()
    folder = mkdtempSync(join(tmpdir(), 'weir-docs-'))
    copyFileSync(join(root, 'test/fixtures/softflowd-v9.pcap'), join(folder, 'flows.pcap'))
    writeFileSync(join(folder, 'vpc.log'), VPC_LOG)
  })
  after(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('there are some', () => assert.ok(pages.flatMap(commands).length > 5))

  for (const page of pages) {
    for (const command of commands(page)) {
      it(`${relative(root, page)}: ${command}`, async () => {
        const { code, out, error } = await run(command)
        // The doctor's verdict on this machine is 0 or 1; what it must not do is fail to give one.
        assert.ok(command.includes(' doctor') ? code <= 1 : code === 0, `exit ${code}\n${error}`)
        assert.ok(out.length + error.length > 0, 'it said nothing')
      })
    }
  }
})

/** The lines of a page's `sh` blocks. */
function commands(page: string): string[] {
  const text = readFileSync(page, 'utf8')
  return [...text.matchAll(/^```sh\n(.*?)^```/gms)].flatMap((block) =>
    (block[1] as string).split('\n').filter((line) => line !== ''),
  )
}

function markdown(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const file = join(path, entry.name)
    if (entry.isDirectory()) return markdown(file)
    return entry.name.endsWith('.md') ? [file] : []
  })
}

function run(command: string): Promise<{ code: number; out: string; error: string }> {
  let line = command
    .replace(/^npx weir /, `"${process.execPath}" "${join(root, 'bin/weir.mjs')}" `)
    .replaceAll('127.0.0.1:2055', server.udp)
  if (/ weir (compare|flows|seen|series|top) /.test(command) && !line.includes('--data'))
    line += ` --server ${server.http}`
  if (command.includes(' weir demo ') && !line.includes('--duration')) line += ' --duration 2s'
  line = line.replace(/--duration \d+s/, '--duration 2s')
  const child = spawn('sh', ['-c', line], { cwd: folder })
  let out = ''
  let error = ''
  child.stdout.on('data', (text: Buffer) => (out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (error += text.toString()))
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code: code ?? 1, out, error })))
}
