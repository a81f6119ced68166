/** top, flows, series and import, against a real server and against folders. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { AnswerOf } from '../../../src/shared/api/contract.ts'
import { FIELDS } from '../../../src/shared/schema/fields.ts'
import { netflow5Flows } from '../../support/flows.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'
import { cellsOf, weir } from '../../support/weir.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<
  string,
  { flows: number; packets: number; bytes: number }
>
const ALL = ['--from', '2000-01-01', '--to', 'now+1d']

let server: TestServer
let folder: string

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weir-ask-'))
  server = await startServer()
  // 10.0.0.1 has three flows, 10.0.0.2 two, 10.0.0.3 one; 1000 bytes and 10 packets each.
  await server.send(netflow5Flows(3), netflow5Flows(2), netflow5Flows(1))
  await until('the flows are stored', async () => (await server.call('health')).store.flows === 6)
})
after(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('weir seen', () => {
  it('a line a day, and first and last in a word', async () => {
    const { code, out, error } = await weir('seen', '10.0.0.1', '--server', server.http)
    assert.equal(code, 0, error)
    const [head, day] = cellsOf(out)
    assert.deepEqual(head, ['Day', 'First', 'Last', 'Flows sent', 'Bytes sent', 'Flows received', 'Bytes received'])
    assert.deepEqual(day?.slice(3), ['3', '3.00 kB', '–', '–'])
    assert.match(error, /10\.0\.0\.1 first seen .*, last seen .* UTC, on 1 day/)
  })

  it('a network, on one side, as CSV; one that was not seen; no address', async () => {
    const { out } = await weir('seen', '198.51.100.0/24', '--as', 'dst', '--format', 'csv', '--server', server.http)
    assert.match(out, /^day,first,last,sent\.flows,sent\.bytes,received\.flows,received\.bytes\r?\n/)
    assert.match(out, /^\d{4}-\d\d-\d\d,[^,]*,[^,]*,,,6,6000/m)
    assert.match((await weir('seen', '203.0.113.9', '--server', server.http)).error, /203\.0\.113\.9 was not seen/)
    const wrong = await weir('seen', 'router1', '--server', server.http)
    assert.equal(wrong.code, 2)
    assert.match(wrong.error, /router1 is neither an address nor a network/)
  })
})

describe('weir fields', () => {
  it('lists those with all the words, in each form', async () => {
    const { out } = await weir('fields', 'vlan', 'INNER')
    assert.deepEqual(cellsOf(out)[1]?.slice(0, 3), ['inner.vlan', 'u16', 'VLAN, inner'])
    assert.match(
      (await weir('fields', 'vlan', '--format', 'csv')).out,
      /^name,kind,label,aliases,description\r\nvlan,u16,/,
    )
    const all = JSON.parse((await weir('fields', '--format', 'json')).out) as { name: string }[]
    assert.equal(all.length, FIELDS.length)
  })
})

describe('weir top', () => {
  it('a bug: what no flow has was 0 B in total; it is not known', async () => {
    const { out } = await weir('top', 'src.ip', '--by', 'bytes.l2', '--server', server.http)
    assert.match(out, /^Total +– /m)
  })

  it('a table with Other and Total, in units', async () => {
    const { code, out, error } = await weir('top', 'src.ip', '--limit', '2', '--server', server.http)
    assert.equal(code, 0, error)
    assert.deepEqual(cellsOf(out), [
      ['Source address', 'Bytes', 'Packets', 'Flows', 'Share'],
      ['10.0.0.1', '3.00 kB', '30 pkt', '3', '50.0 %'],
      ['10.0.0.2', '2.00 kB', '20 pkt', '2', '33.3 %'],
      ['Other (1 more)', '1.00 kB', '10 pkt', '1', '16.7 %'],
      ['Total', '6.00 kB', '60 pkt', '6', '100.0 %'],
    ])
    assert.match(error, /6 flows/)
  })

  it("JSON is the API's answer", async () => {
    const { out } = await weir(
      'top',
      'src.ip',
      '--by',
      'packets',
      '--limit',
      '1',
      '--format',
      'json',
      '--server',
      server.http,
    )
    const answer = JSON.parse(out) as AnswerOf<'query'>
    assert.deepEqual(
      answer.columns.map((column) => column.name),
      ['src.ip', 'packets', 'bytes', 'flows'],
    )
    assert.deepEqual(answer.rows, [
      ['10.0.0.1', 30, 3000, 3],
      [null, 30, 3000, 3],
    ])
  })

  it('CSV has a header and plain numbers', async () => {
    const { out } = await weir(
      'top',
      'src.ip,service',
      '--limit',
      '1',
      '--format',
      'csv',
      '--filter',
      'src.ip:10.0.0.1',
      '--server',
      server.http,
    )
    assert.equal(out, 'src.ip,service,bytes,packets,flows\r\n10.0.0.1,https,3000,30,3\r\n')
  })

  it('a folder that a running Weir holds is asked of that Weir', async () => {
    const { code, out } = await weir('top', 'dst.ip', '--format', 'csv', '--data', server.dataDir)
    assert.equal(code, 0)
    assert.equal(out, 'dst.ip,bytes,packets,flows\r\n198.51.100.1,6000,60,6\r\n')
  })

  for (const [name, args, exit, says] of [
    ['a field that there is not', ['top', 'src.ipp'], 2, /^weir: src\.ipp is no field; did you mean src\.ip\?$/m],
    ['a field of records that there is not', ['flows', '--sort', 'byts'], 2, /^weir: --sort: byts is no field; did/m],
    ['a word that no field has', ['fields', 'xyzzy'], 1, /weir fields lists all/],
    ['a filter that cannot be read', ['top', 'src.ip', '--filter', 'port:('], 2, /./],
    ['a measure that there is not', ['top', 'src.ip', '--by', 'weight'], 2, /--by: weight is no measure; take bytes/],
    ['a limit of zero', ['top', 'src.ip', '--limit', '0'], 2, /--limit 0/],
    ['no field', ['top'], 2, /missing required argument/],
    ['a range of nothing', ['top', 'src.ip', '--from', 'now', '--to', 'now-1h'], 2, /not before/],
    ['a format that there is not', ['flows', '--format', 'xml'], 2, /--format xml/],
    ['server and folder', ['top', 'src.ip', '--data', 'x'], 2, /not both/],
  ] as const) {
    it(`${name} ends with ${exit} and says why`, async () => {
      const where = args[0] === 'fields' ? [] : ['--server', server.http]
      const { code, out, error } = await weir(...args, ...where)
      assert.deepEqual([code, out], [exit, ''], error)
      assert.match(error, says)
    })
  }

  it('a server that is not there', async () => {
    const { code, error } = await weir('top', 'src.ip', '--server', 'http://127.0.0.1:9')
    assert.equal(code, 1)
    assert.match(error, /no Weir answers at http:\/\/127\.0\.0\.1:9/)
    assert.equal((await weir('top', 'src.ip', '--server', 'ftp://x')).code, 2)
  })

  it('a folder that is none is not made', async () => {
    const { code, error } = await weir('top', 'src.ip', '--data', join(folder, 'none'))
    assert.equal(code, 1)
    assert.match(error, /no data folder of Weir/)
  })
})

describe('weir flows', () => {
  it('the records, all fields as text', async () => {
    const { code, out } = await weir('flows', '--server', server.http)
    assert.equal(code, 0)
    const lines = out.trimEnd().split('\n')
    assert.equal(lines.length, 7)
    assert.match(lines[1] as string, /198\.51\.100\.1 +443 +tcp +https +1\.00/)
  })

  it('as many as are asked for, in the order that is asked for', async () => {
    const { out } = await weir(
      'flows',
      '--fields',
      'src.ip,bytes',
      '--sort',
      'src.ip',
      '--limit',
      '4',
      '--format',
      'csv',
      '--server',
      server.http,
    )
    assert.equal(out, 'src.ip,bytes\r\n10.0.0.1,1000\r\n10.0.0.1,1000\r\n10.0.0.1,1000\r\n10.0.0.2,1000\r\n')
  })
})

describe('weir series', () => {
  it('a chart as wide as the terminal, and a line for each group', async () => {
    const { code, out, error } = await weir(
      'series',
      'src.ip',
      '--by',
      'flows',
      '--limit',
      '2',
      '--server',
      server.http,
    )
    assert.equal(code, 0, error)
    const lines = out.trimEnd().split('\n')
    assert.ok(
      lines.every((line) => line.length <= 80),
      out,
    )
    assert.ok(lines.some((line) => line.includes('█')))
    assert.deepEqual(
      lines.slice(-3).map((line) => line.split(' ')[0]),
      ['10.0.0.1', '10.0.0.2', 'Other'],
    )
  })

  it('CSV: buckets add up to the total', async () => {
    const { out } = await weir(
      'series',
      '--by',
      'bytes',
      '--interval',
      '1m',
      '--format',
      'csv',
      '--server',
      server.http,
    )
    const [head, ...rows] = out
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    assert.deepEqual(head, ['time', 'bytes'])
    assert.equal(
      rows.reduce((sum, row) => sum + Number(row[1]), 0),
      6000,
    )
  })
})

describe('weir import', () => {
  it('captures into a folder, to be asked there; what nfdump counts is what is there', async () => {
    const data = join(folder, 'imported')
    const imported = await weir(
      'import',
      join(fixtures, 'pmacct-v9.pcap'),
      join(fixtures, 'softflowd-v5.pcap'),
      '--data',
      data,
    )
    assert.equal(imported.code, 0, imported.error)
    const sum = (measure: 'flows' | 'packets' | 'bytes') =>
      (expected['pmacct-v9']?.[measure] ?? 0) + (expected['softflowd-v5']?.[measure] ?? 0)
    assert.match(imported.error, new RegExp(`^${sum('flows')} flows of`, 'm'))
    const { out } = await weir('top', 'exporter', '--data', data, ...ALL, '--format', 'csv')
    assert.equal(out, `exporter,bytes,packets,flows\r\n192.0.2.9,${sum('bytes')},${sum('packets')},${sum('flows')}\r\n`)
    // Enrichers ran.
    assert.match((await weir('top', 'service', '--data', data, ...ALL)).out, /^https /m)
    // Named filters of the folder.
    writeFileSync(join(data, 'filters.json'), '{ "web": "service:https" }')
    const web = await weir('top', 'service', '--data', data, ...ALL, '--filter', '@web', '--format', 'csv')
    assert.match(web.out, /^service,bytes,packets,flows\r\nhttps,\d+,\d+,\d+\r\n$/)
    assert.match(
      (await weir('top', 'service', '--data', data, '--filter', '@mail')).error,
      /no filter is kept as @mail/,
    )
  })

  it('the same twice is there twice only if it is asked for', async () => {
    const data = join(folder, 'twice')
    for (let i = 0; i < 2; i++)
      assert.equal((await weir('import', join(fixtures, 'softflowd-v5.pcap'), '--data', data, '--again')).code, 0)
    const { out } = await weir('top', 'exporter', '--data', data, ...ALL, '--format', 'csv')
    assert.equal(out.split(',').at(-1)?.trim(), String(2 * (expected['softflowd-v5']?.flows ?? 0)))
  })

  it('a file of another kind is refused, and nothing is written', async () => {
    const file = join(folder, 'flow.log')
    writeFileSync(file, 'dear diary\n')
    const { code, error } = await weir('import', file, '--data', join(folder, 'untouched'))
    assert.ok(code === 1 || code === 2)
    assert.match(error, /flow\.log: neither a capture .*; say which fields it has/)
    assert.equal((await weir('top', 'src.ip', '--data', join(folder, 'untouched'))).code, 1)
  })
})
