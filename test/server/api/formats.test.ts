/** Answers in every form, read by others: DuckDB for Parquet, pyarrow for Parquet and Arrow. */
import { DuckDBInstance } from '@duckdb/node-api'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { stateScope } from '../../../src/shared/query/scope.ts'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { FORMAT_NAMES, FORMATS, type FormatName } from '../../../src/shared/api/formats.ts'
import type { StoreCalls } from '../../../src/server/messages.ts'
import type { DuckStore } from '../../../src/server/stores/duckdb/store.ts'
import { answerCalls } from '../../../src/server/worker-calls.ts'
import { createTestApp, type TestApp } from '../../support/app.ts'
import type { PlainFlow } from '../../support/batches.ts'
import { keep, openStore } from '../../support/store.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
/** More than a page, so that there are several row groups and record batches. */
const ROWS = 10_050
const RANGE = { from: NOON - 3_600_000, to: NOON + 3_600_000 }
const FIELDS = ['end', 'src.ip', 'src.port', 'proto', 'bytes', 'packets', 'app', 'src.mac', 'initiator'] as const

const folder = mkdtempSync(join(tmpdir(), 'weir-formats-'))
const hasPyarrow = spawnSync('python3', ['-c', 'import pyarrow.parquet']).status === 0
const noPyarrow = hasPyarrow ? false : 'python3 has no pyarrow; pip install pyarrow'

const flowOf = (i: number): PlainFlow => ({
  start: NOON + i,
  end: NOON + i,
  received: NOON + i,
  'src.ip': i % 2 === 0 ? `10.0.${i >> 8}.${i & 255}` : `2001:db8::${(i + 1).toString(16)}`,
  'src.port': i % 5 === 0 ? null : i,
  proto: 6,
  bytes: i === 7 ? 2n ** 64n - 1n : i,
  packets: i % 3 === 0 ? null : 1,
  app: i % 4 === 0 ? '=1+1, "wéb"' : null,
  'src.mac': '00:00:5e:00:53:01',
  initiator: i % 2 === 0 ? 'src' : 'dst',
})

/** What `FIELDS` of a record are in JSON. */
const valuesOf = (i: number) => {
  const flow = flowOf(i)
  return [
    NOON + i,
    flow['src.ip'],
    flow['src.port'],
    6,
    i === 7 ? '18446744073709551615' : i,
    flow.packets,
    flow.app,
    '00:00:5e:00:53:01',
    flow.initiator,
  ]
}

describe('answers in other forms', () => {
  let store: DuckStore
  let server: TestApp

  before(async () => {
    store = await openStore(join(folder, 'data'))
    await keep(
      store,
      Array.from({ length: ROWS }, (_, i) => flowOf(i)),
    )
    server = await createTestApp()
    answerCalls<Pick<StoreCalls, 'query' | 'flows'>>(server.storePort, {
      query: (question, signal) => store.query(question, signal),
      flows: (question, signal) => store.flows(question, signal),
    })
  })
  after(async () => {
    await server.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const ask = (call: 'query' | 'flows', body: object, format?: string, accept?: string) =>
    server.app.inject({
      method: 'POST',
      url: `/api/${call}${format === undefined ? '' : `?format=${format}`}`,
      headers: { host: 'localhost', ...(accept === undefined ? {} : { accept }) },
      payload: { ...RANGE, ...body },
    })
  const records = (format: FormatName, limit = ROWS) => ask('flows', { fields: FIELDS, sort: 'end', limit }, format)
  const saved = async (format: FormatName) => {
    const file = join(folder, `flows.${FORMATS[format].extension}`)
    writeFileSync(file, (await records(format)).rawPayload)
    return file
  }

  it('CSV has a line a record and is safe for spreadsheets', async () => {
    const answer = await records('csv')
    assert.equal(answer.headers['content-type'], FORMATS.csv.type)
    assert.equal(answer.headers['content-disposition'], 'attachment; filename="weir-flows.csv"')
    const lines = answer.payload.split('\r\n')
    assert.equal(lines.length, ROWS + 2)
    assert.equal(lines[0], FIELDS.join(','))
    assert.equal(lines[5], `${NOON + 4},10.0.0.4,4,6,4,1,"'=1+1, ""wéb""",00:00:5e:00:53:01,src`)
    assert.equal(lines[8], `${NOON + 7},2001:db8::8,7,6,18446744073709551615,1,,00:00:5e:00:53:01,dst`)
  })

  it('JSON lines have an object a record, without what is not known', async () => {
    const lines = (await records('ndjson')).payload.trimEnd().split('\n')
    assert.equal(lines.length, ROWS)
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    for (const [i, object] of objects.entries())
      assert.deepEqual(
        FIELDS.map((name) => object[name] ?? null),
        valuesOf(i),
      )
    assert.ok(!('src.port' in (objects[0] ?? {})))
  })

  it('Parquet is what DuckDB reads as the same', async () => {
    const file = await saved('parquet')
    const connection = await (await DuckDBInstance.create()).connect()
    const types = await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${file}'`)
    assert.deepEqual(
      types.getRows().map(([name, type]) => `${String(name)} ${String(type)}`),
      [
        'end TIMESTAMP WITH TIME ZONE',
        'src.ip VARCHAR',
        'src.port USMALLINT',
        'proto UTINYINT',
        'bytes UBIGINT',
        'packets UBIGINT',
        'app VARCHAR',
        'src.mac VARCHAR',
        'initiator VARCHAR',
      ],
    )
    const read = await connection.runAndReadAll(`SELECT epoch_ms("end"), * EXCLUDE ("end") FROM '${file}' ORDER BY 1`)
    assert.deepEqual(
      read.getRows().map((row) => row.map((value) => (value === null ? null : String(value)))),
      Array.from({ length: ROWS }, (_, i) => valuesOf(i).map((value) => (value === null ? null : String(value)))),
    )
    const meta = await connection.runAndReadAll(`SELECT decode(value) FROM parquet_kv_metadata('${file}')`)
    assert.equal((JSON.parse(String(meta.getRows()[0]?.[0])) as { matched: number }).matched, ROWS)
    connection.closeSync()
  })

  /** Rows by pyarrow, times as milliseconds, and the types of the columns. */
  const byPyarrow = (file: string, read: string) => {
    const code = `
import json, sys, pyarrow as pa, pyarrow.parquet, pyarrow.ipc
table = ${read}
table.validate(full=True)
columns = [table.column(n).cast(pa.int64()) if pa.types.is_timestamp(table.schema.field(n).type) else table.column(n) for n in table.column_names]
json.dump({'types': [str(f.type) for f in table.schema], 'rows': list(zip(*[c.to_pylist() for c in columns])), 'batches': len(table.to_batches())}, sys.stdout)`
    const { stdout, stderr, status } = spawnSync('python3', ['-c', code, file], {
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
    })
    assert.equal(status, 0, stderr)
    return JSON.parse(stdout.replaceAll('18446744073709551615', '"18446744073709551615"')) as {
      types: string[]
      rows: unknown[][]
      batches: number
    }
  }
  const READS = { parquet: 'pa.parquet.read_table(sys.argv[1])', arrow: 'pa.ipc.open_stream(sys.argv[1]).read_all()' }
  for (const format of ['parquet', 'arrow'] as const) {
    it(`${FORMATS[format].label} is what pyarrow reads as the same`, { skip: noPyarrow }, async () => {
      const { types, rows } = byPyarrow(await saved(format), READS[format])
      assert.deepEqual(types, [
        'timestamp[ms, tz=UTC]',
        'string',
        'uint16',
        'uint8',
        'uint64',
        'uint64',
        'string',
        'string',
        'string',
      ])
      assert.deepEqual(
        rows,
        Array.from({ length: ROWS }, (_, i) => valuesOf(i)),
      )
    })

    it(`${FORMATS[format].label} of no rows is a table of no rows`, { skip: noPyarrow }, async () => {
      const file = join(folder, `empty.${format}`)
      const answer = await ask('flows', { fields: FIELDS, filter: 'proto:17' }, format)
      writeFileSync(file, answer.rawPayload)
      const { types, rows } = byPyarrow(file, READS[format])
      assert.equal(types.length, FIELDS.length)
      assert.deepEqual(rows, [])
    })
  }

  it('sums come in every form; those that 64 bits cannot hold are refused where the form has no place for them', async () => {
    const body = { measures: ['bytes', 'flows', 'bps'], groupBy: ['initiator'], filter: 'bytes < 100' }
    const json = (await ask('query', body)).json<{ rows: unknown[][]; meta: { exact: boolean } }>()
    assert.equal(json.rows.length, 2)
    const csv = (await ask('query', body, 'csv')).payload.trimEnd().split('\r\n')
    assert.deepEqual(
      csv.slice(1),
      json.rows.map((row) => row.join(',')),
    )
    for (const format of FORMAT_NAMES) {
      const answer = await ask('query', body, format)
      assert.equal(answer.statusCode, 200, format)
      assert.equal(answer.headers['content-type'], FORMATS[format].type)
      if (format !== 'json')
        assert.equal((JSON.parse(String(answer.headers['weir-meta'])) as { exact: boolean }).exact, true)
    }
    const wide = await ask('query', { measures: ['bytes'] }, 'parquet')
    assert.equal(wide.statusCode, 400)
    assert.match(wide.payload, /64 bits are not enough; ask for json, ndjson or csv/)
    assert.equal((await ask('query', { measures: ['bytes'] }, 'ndjson')).statusCode, 200)
  })

  const accepted: [string, FormatName | 406][] = [
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/html, */*;q=0.8', 'json'],
    ['text/csv', 'csv'],
    ['TEXT/CSV; charset=utf-8', 'csv'],
    ['text/*', 'csv'],
    ['application/json;q=0.5, application/vnd.apache.parquet', 'parquet'],
    ['application/vnd.apache.arrow.stream', 'arrow'],
    ['application/jsonl', 'ndjson'],
    ['application/json;q=0, application/*', 'ndjson'],
    ['text/csv;q=0', 406],
    ['image/png', 406],
  ]
  for (const [accept, expected] of accepted) {
    it(`Accept: ${accept} is ${expected}`, async () => {
      const answer = await ask('flows', { limit: 1 }, undefined, accept)
      assert.equal(answer.statusCode, expected === 406 ? 406 : 200)
      if (expected !== 406) assert.equal(answer.headers['content-type'], FORMATS[expected].type)
      else assert.match(answer.payload, /"notAcceptable".*text\/csv \(format=csv\)/)
    })
  }

  it('a form that there is not is refused with those that there are; ?format stands over Accept', async () => {
    const wrong = await ask('flows', {}, 'parkuet')
    assert.equal(wrong.statusCode, 400)
    assert.match(wrong.payload, /did you mean parquet\? There are json, ndjson, csv, parquet, arrow/)
    const named = await ask('flows', { limit: 1 }, 'csv', 'application/json')
    assert.equal(named.headers['content-type'], FORMATS.csv.type)
  })

  it('what is wrong with the question is an error in JSON whatever the form', async () => {
    const answer = await ask('flows', { filter: 'srcip:1' }, 'arrow')
    assert.equal(answer.statusCode, 400)
    assert.match(answer.payload, /"badFilter"/)
  })

  it('a page of JSON is bounded; more records come with a cursor, or in another form', async () => {
    const answer = await ask('flows', { limit: 20_000 })
    assert.equal(answer.statusCode, 400)
    assert.match(answer.payload, /limit is 20000: at most 10000 records a page of JSON/)
    assert.equal((await ask('flows', { limit: 1_000_001 }, 'csv')).statusCode, 400)
    assert.equal((await records('ndjson', 12)).payload.trimEnd().split('\n').length, 12)
  })

  it('no more pages are asked for once the client has gone', async (test) => {
    const endless = await createTestApp({ names: ['localhost'] })
    let pages = 0
    answerCalls<Pick<StoreCalls, 'flows'>>(endless.storePort, {
      flows: () => {
        pages++
        const rows = Array.from({ length: 10_000 }, () => ['x'.repeat(100)])
        const meta = {
          from: 0,
          to: 1,
          exact: true,
          matched: 1_000_000,
          matchedExact: true,
          scope: stateScope('all'),
          dataFrom: null,
          sql: '',
          tookMs: 0,
        }
        return { columns: [{ name: 'app', kind: 'keyword' }], rows, cursor: 'more', meta }
      },
    })
    test.after(() => endless.close())
    await endless.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = endless.app.server.address() as AddressInfo
    const response = await new Promise<IncomingMessage>((resolve) => {
      const body = JSON.stringify({ ...RANGE, limit: 1_000_000 })
      const headers = { 'content-type': 'application/json' }
      request({ port, host: '127.0.0.1', path: '/api/flows?format=csv', method: 'POST', headers }, resolve).end(body)
    })
    await once(response, 'readable')
    response.read()
    // What the client does not take is not made: some hundreds of KB wait on either side, of 100 MB.
    response.destroy()
    const made = pages
    assert.ok(made < 50, `${made} of 100 pages were made`)
    await endless.app.close()
    assert.ok(pages <= made + 1)
  })
})
