import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { encodeIpfix } from '../../../src/server/intake/encoders/ipfix.ts'
import type { Template } from '../../../src/server/intake/encoders/template.ts'
import type { RawRecord } from '../../../src/server/intake/raw/record.ts'
import { readCapture } from '../../../src/server/intake/sources/pcap.ts'
import { netflow5Flows } from '../../support/flows.ts'
import { weir } from '../../support/weir.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const fixtures = join(root, 'test/fixtures')
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<
  string,
  { flows: number; packets: number; bytes: number; datagrams: number }
>
const folder = mkdtempSync(join(tmpdir(), 'weir-decode-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, number | string | null>)
const inFolder = (name: string, bytes: Uint8Array | string) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

describe('weir decode', () => {
  it('a flow a line, with canonical names and no nulls; counters at the end', async () => {
    const { code, out, error } = await weir('decode', join(fixtures, 'softflowd-v9.pcap'), '--counters')
    assert.equal(code, 0, error)
    const flows = linesOf(out)
    const sums = expected['softflowd-v9']
    assert.equal(flows.length, sums?.flows)
    assert.equal(
      flows.reduce((sum, flow) => sum + Number(flow['bytes']), 0),
      sums?.bytes,
    )
    assert.ok(flows.every((flow) => !Object.values(flow).includes(null)))
    const first = flows[0] as Record<string, unknown>
    assert.deepEqual(
      [
        first['src.ip'],
        first['dst.ip'],
        first['dst.port'],
        first['source.type'],
        first['exporter'],
        first['end.reason'],
      ],
      ['10.1.0.10', '192.0.2.1', 443, 'netflow9', '192.0.2.9', 'end of flow'],
    )
    // Enrichers do not run.
    assert.ok(!('initiator' in first) && !('service' in first))
    const counters = JSON.parse(error.trim().split('\n').at(-1) as string) as Record<string, unknown>
    assert.deepEqual([counters['datagrams'], counters['flows'], counters['lost']], [sums?.datagrams, sums?.flows, {}])
  })

  it("the time of receipt is the capture's", async () => {
    const path = join(fixtures, 'softflowd-v5.pcap')
    const times: number[] = []
    for await (const { timeMs } of readCapture(createReadStream(path))) times.push(timeMs)
    const received = new Set(linesOf((await weir('decode', path)).out).map((flow) => flow['received']))
    assert.deepEqual([...received], times)
  })

  it('several files, gzipped ones too; templates of one hold for the next', async () => {
    const capture = readFileSync(join(fixtures, 'softflowd-ipfix.pcap'))
    const { out } = await weir('decode', inFolder('a.pcap.gz', gzipSync(capture)), join(fixtures, 'softflowd-v5.pcap'))
    assert.equal(
      linesOf(out).length,
      (expected['softflowd-ipfix']?.flows ?? 0) + (expected['softflowd-v5']?.flows ?? 0),
    )
  })

  it('--raw: records of every kind with all their elements', async () => {
    const { code, out, error } = await weir('decode', '--raw', join(fixtures, 'softflowd-v9.pcap'))
    assert.equal(code, 0, error)
    const records = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RawRecord)
    assert.equal(records.filter(({ kind }) => kind === 'flow').length, expected['softflowd-v9']?.flows)
    assert.ok(records.some(({ kind }) => kind === 'options'))
    const octets = records.flatMap(({ fields }) => fields.filter(({ element }) => element === '1'))
    assert.equal(
      octets.reduce((sum, { value }) => sum + Number(value), 0),
      expected['softflowd-v9']?.bytes,
    )
  })

  it('datagrams as they are, one after the other', async () => {
    const { out } = await weir('decode', inFolder('raw.bin', Buffer.concat([netflow5Flows(3), netflow5Flows(2)])))
    assert.equal(linesOf(out).length, 5)
  })

  it('counts past 2^53 are text, to the unit', async () => {
    const template: Template = {
      id: 256,
      fields: [
        { element: 8, length: 4 },
        { element: 1, length: 8 },
      ],
    }
    const counts = [2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n]
    const message = encodeIpfix({ seconds: 1_790_000_000, sequence: 0, domain: 0 }, [
      { templates: [template] },
      { template, records: counts.map((count) => [1, count]) },
    ])
    const flows = linesOf((await weir('decode', inFolder('big.bin', message))).out)
    assert.deepEqual(
      flows.map((flow) => flow['bytes']),
      [9_007_199_254_740_991, '9007199254740992', '18446744073709551615'],
    )
  })

  it('a file cut short gives what is there and says so', async () => {
    const capture = readFileSync(join(fixtures, 'softflowd-v5.pcap'))
    const { code, out, error } = await weir('decode', inFolder('cut.pcap', capture.subarray(0, 24 + 16 + 1506 + 40)))
    assert.equal(code, 0)
    assert.equal(linesOf(out).length, 30)
    assert.match(error, /cut\.pcap: the file ends inside frame 2; what came before was read/)
  })

  for (const [name, bytes, says] of [
    ['text', 'hello, world', /neither a capture \(pcap, pcapng\) nor a flow datagram/],
    ['nothing', '', /neither a capture/],
    [
      'a capture of something else',
      readFileSync(join(fixtures, 'softflowd-v5.pcap')).subarray(0, 24),
      /no UDP datagram and no IPFIX message over TCP in its 0 frames/,
    ],
  ] as const) {
    it(`${name} is refused in one line, with 1`, async () => {
      const { code, out, error } = await weir('decode', inFolder('wrong', bytes))
      assert.deepEqual([code, out, error.trim().split('\n').length], [1, '', 1])
      assert.match(error, says)
    })
  }

  it('no file is wrong use', async () => {
    assert.equal((await weir('decode')).code, 2)
    const { code, error } = await weir('decode', join(folder, 'missing.pcap'))
    assert.equal(code, 1)
    assert.match(error, /missing\.pcap: no such file/)
  })

  it('ends in peace when nobody reads on', async () => {
    const child = spawn(
      'sh',
      [
        '-c',
        `"${process.execPath}" bin/weir.mjs decode ${Array(40).fill('test/fixtures/softflowd-v9.pcap').join(' ')}; echo "code $?" >&2`,
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let error = ''
    child.stderr.on('data', (text: Buffer) => (error += text.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    await new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(error.trim(), 'code 0')
  })
})
