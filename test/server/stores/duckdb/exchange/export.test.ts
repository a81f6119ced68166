/** What is exported and imported elsewhere is the same, row for row. */
import { DuckDBInstance } from '@duckdb/node-api'
import assert from 'node:assert/strict'
import { truncateSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import {
  addSiteFields,
  STORED_FIELDS,
  type FieldName,
  type StoredField,
} from '../../../../../src/shared/schema/fields.ts'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import type { PlainFlow } from '../../../../support/batches.ts'
import { keep, openStore, recordQuestion, totalsOf } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000

/** Of the site, with the others. */
const TICKET = {
  name: 'my.ticket',
  element: '4000',
  kind: 'u64',
  label: 'Ticket',
  description: 'Of the site.',
} as const
addSiteFields([TICKET])

/** Every stored field has a value in one row, and the largest of its kind in another. */
const everyField = STORED_FIELDS.flatMap((field): PlainFlow[] => {
  const times = { start: NOON, end: NOON, received: NOON }
  return field.role === 'time' ? [] : samples(field).map((value) => ({ ...times, [field.name]: value }))
})

function samples({ kind, codes }: StoredField): (string | bigint)[] {
  switch (kind) {
    case 'u8':
      return [0n, 2n ** 8n - 1n]
    case 'u16':
      return [0n, 2n ** 16n - 1n]
    case 'u32':
    case 'service':
      return [0n, 2n ** 32n - 1n]
    case 'u64':
      return [0n, 2n ** 64n - 1n]
    case 'ip':
      return ['192.0.2.1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::']
    case 'mac':
      return ['00:00:5e:00:53:01', 'ff:ff:ff:ff:ff:ff']
    case 'code':
      return [0n, BigInt((codes?.length ?? 1) - 1)]
    case 'keyword':
      return ['', 'a', "it's “quoted”\\", 'x'.repeat(255)]
    case 'time':
      return [BigInt(NOON)]
  }
}

async function stores(test: TestContext): Promise<{ from: DuckStore; to: DuckStore; file: string }> {
  const folder = temporaryFolder(test)
  const [from, to] = await Promise.all([openStore(join(folder, 'from')), openStore(join(folder, 'to'))])
  test.after(() => Promise.all([from.close(), to.close()]))
  return { from, to, file: join(folder, "it's.parquet") }
}

const all = recordQuestion({
  fields: STORED_FIELDS.map(({ name }): FieldName => name),
  sort: { field: 'bytes', descending: false },
  limit: 10_000,
})
const rowsOf = async (store: DuckStore) =>
  (await store.flows(all)).rows.map((row) => JSON.stringify(row)).toSorted((a, b) => a.localeCompare(b))

describe('export and import', () => {
  it('give the same rows, whatever their fields', async (test) => {
    const { from, to, file } = await stores(test)
    await keep(from, everyField)
    assert.equal(await from.exportTo(file, all), everyField.length)
    const shares: number[] = []
    const { rows, unknown } = await to.importFrom(file, (share) => shares.push(share))
    assert.equal(rows, everyField.length)
    assert.deepEqual(unknown, [])
    assert.equal(shares.at(-1), 1)
    assert.deepEqual(await rowsOf(to), await rowsOf(from))
  })

  it('of many rows with more texts than a batch holds', async (test) => {
    const { from, to, file } = await stores(test)
    const flows = Array.from({ length: 30_000 }, (_, i): PlainFlow => ({
      start: NOON + (i % 3) * DAY,
      end: NOON + (i % 3) * DAY + i,
      received: NOON + (i % 3) * DAY + i,
      bytes: i,
      packets: i % 7 === 0 ? null : i,
      app: i % 5 === 0 ? null : `application ${i} ${'x'.repeat(200)}`,
      'src.port': i % 11 === 0 ? null : i % 65_536,
    }))
    for (let i = 0; i < flows.length; i += 4000) await keep(from, flows.slice(i, i + 4000))
    assert.equal(await from.exportTo(file, all), flows.length)
    await to.importFrom(file)
    assert.deepEqual(await totalsOf(to), await totalsOf(from))
    const page = { ...all, fields: ['end', 'bytes', 'packets', 'app', 'src.port'] as FieldName[] }
    assert.deepEqual((await to.flows(page)).rows, (await from.flows(page)).rows)
    assert.deepEqual(
      to.status().partitions.map(({ day, flows: count }) => [day, count]),
      from.status().partitions.map(({ day, flows: count }) => [day, count]),
    )
  })

  it('a range has the flows that ended in it, so that ranges beside each other have each once', async (test) => {
    const { from, to, file } = await stores(test)
    const at = (start: number, end: number, bytes: number): PlainFlow => ({
      start: NOON + start,
      end: NOON + end,
      received: NOON + end,
      bytes,
      proto: bytes % 2 === 0 ? 6 : 17,
    })
    await keep(from, [at(0, 5, 1), at(0, 10, 2), at(5, 15, 4), at(0, 20, 8)])
    const exported = (fromMs: number, toMs: number) =>
      from.exportTo(file, { ...all, fromMs: NOON + fromMs, toMs: NOON + toMs })
    assert.equal(await exported(0, 10), 1)
    await to.importFrom(file)
    assert.equal(await exported(10, 21), 3)
    await to.importFrom(file)
    assert.deepEqual(await totalsOf(to), [15, null, 4])
    assert.equal(await exported(100, 200), 0)
    assert.equal((await to.importFrom(file)).rows, 0)
  })

  it('the file is Parquet that others read, with what it is in its metadata', async (test) => {
    const { from, file } = await stores(test)
    await keep(from, everyField)
    await from.exportTo(file, all)
    const connection = await (await DuckDBInstance.create()).connect()
    const named = `'${file.replaceAll("'", "''")}'`
    const [row] = (
      await connection.runAndReadAll(`SELECT count(*), sum(bytes), min(epoch_ms("end")) FROM read_parquet(${named})`)
    ).getRows()
    assert.deepEqual(row?.slice(0, 2), [BigInt(everyField.length), 2n ** 64n - 1n])
    const metadata = await connection.runAndReadAll(
      `SELECT decode(key), decode(value) FROM parquet_kv_metadata(${named}) WHERE decode(key) <> 'weir_version'`,
    )
    assert.deepEqual(metadata.getRows(), [
      ['weir_format', '1'],
      ['weir_fields', JSON.stringify([TICKET])],
    ])
    connection.closeSync()
  })

  it('what is no export, damaged or of a newer Weir is refused by name', async (test) => {
    const { from, to, file } = await stores(test)
    writeFileSync(file, 'PAR1 and nothing else PAR1')
    await assert.rejects(to.importFrom(file), { code: 'unreadable', message: /cannot be read as Parquet/ })
    const connection = await (await DuckDBInstance.create()).connect()
    const named = `'${file.replaceAll("'", "''")}'`
    await connection.run(`COPY (SELECT 1 AS "end") TO ${named} (FORMAT parquet)`)
    await assert.rejects(to.importFrom(file), { code: 'unreadable', message: /no export of Weir/ })
    await connection.run(
      `COPY (SELECT 1 AS "end") TO ${named} (FORMAT parquet, KV_METADATA {weir_format: '99', weir_version: '9.9'})`,
    )
    await assert.rejects(to.importFrom(file), { code: 'dataNewer', message: /exported by Weir 9\.9 \(format 99\)/ })
    await connection.run(
      `COPY (SELECT 300 AS proto, 1::BIGINT AS "end", 'y' AS later) TO ${named} (FORMAT parquet, KV_METADATA {weir_format: '1'})`,
    )
    await assert.rejects(to.importFrom(file), { code: 'unreadable', message: /it's\.parquet: cannot be read/ })
    await connection.run(
      `COPY (SELECT ${NOON} AS "end", 7::UBIGINT AS bytes, 'y' AS later) TO ${named} (FORMAT parquet, KV_METADATA {weir_format: '1'})`,
    )
    assert.deepEqual((await to.importFrom(file)).unknown, ['later'])
    assert.deepEqual(await totalsOf(to), [7, null, 1])
    connection.closeSync()
    await keep(from, everyField)
    await from.exportTo(file, all)
    truncateSync(file, Math.floor(statSync(file).size / 2))
    await assert.rejects(to.importFrom(file), { code: 'unreadable' })
  })
})
