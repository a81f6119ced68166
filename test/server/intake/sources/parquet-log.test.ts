/** Files written by pyarrow (test/fixtures/flow-logs/make.py) mean what the same records mean as text. */
import assert from 'node:assert/strict'
import { createReadStream, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { FolderIntake } from '../../../../src/server/intake/folder-intake.ts'
import { importFile, openImport } from '../../../../src/server/intake/import-file.ts'
import { unpacked } from '../../../../src/server/intake/sources/files.ts'
import { takeContents } from '../../../../src/server/intake/sources/log-contents.ts'
import { randoms } from '../../../support/random.ts'
import { openLog, readLog, type ReadLog } from '../../../support/logs.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const folder = fileURLToPath(new URL('../../../fixtures/flow-logs/', import.meta.url))
const text = readFileSync(`${folder}flow-log.log`, 'utf8')
const expected = readLog(text)

/** As an object of S3 or a file of a watched folder is read. */
async function readParquet(bytes: Uint8Array): Promise<ReadLog> {
  const { reader, end } = openLog()
  const contents = await unpacked(Readable.from([bytes]), 'test.parquet')
  await takeContents(contents, 'test.parquet', reader, async () => {})
  return end()
}

describe('flow logs in Parquet', () => {
  it('the text that is compared with has all there is to compare', () => {
    assert.deepEqual(expected.letters, [])
    assert.equal(expected.rows.length + expected.covered.length, 300)
    assert.equal(expected.covered.length, 18)
  })

  for (const [file, what] of [
    ['gzip.parquet', 'INT32, INT64 and text, packed with gzip'],
    ['snappy-groups.parquet', 'several row groups, packed with Snappy'],
    ['zstd-nulls.parquet', 'null for what is missing, packed with Zstandard'],
    ['plain-pages.parquet', 'many small pages without a dictionary, not packed'],
    ['version2.parquet', 'pages of version 2, many of them'],
    ['int64.parquet', 'INT64 for all numbers, packed with LZ4'],
    ['text.parquet', 'numbers as text, packed with Brotli'],
    ['hyphens.parquet', 'names with hyphens'],
  ] as const)
    it(what, async () => {
      const { rows, covered, letters, records } = await readParquet(readFileSync(`${folder}${file}`))
      assert.deepEqual(letters, [])
      assert.equal(records, 300)
      assert.deepEqual(rows, expected.rows)
      assert.deepEqual(covered, expected.covered)
    })

  it('columns that are not there are not known', async () => {
    const gone = ['pkt-srcaddr', 'pkt-dstaddr', 'az-id', 'a-new-field']
    const [header = '', ...lines] = text.trimEnd().split('\n')
    const kept = header.split(' ').flatMap((name, i) => (gone.includes(name) ? [] : [i]))
    const cut = [header, ...lines].map((line) => kept.map((i) => line.split(' ')[i]).join(' '))
    const { rows, letters } = await readParquet(readFileSync(`${folder}columns.parquet`))
    assert.deepEqual(letters, [])
    assert.deepEqual(rows, readLog(`${cut.join('\n')}\n`).rows)
  })

  it('is known for what it is, and imported', async (test) => {
    const intake = await FolderIntake.open(temporaryFolder(test), () => {})
    try {
      const what = await openImport(`${folder}gzip.parquet`)
      assert.equal(what.type, 'aws-flow-log')
      const { flows, records, lost } = await importFile(what, intake)
      assert.deepEqual({ flows, records, lost }, { flows: 282, records: 300, lost: {} })
    } finally {
      await intake.close()
    }
  })

  it('another Parquet file says that it is none', async () => {
    await assert.rejects(openImport(`${folder}other.parquet`), {
      code: 'unreadable',
      message: /a Parquet file, but neither a flow log nor an export of Weir/,
    })
    await assert.rejects(readParquet(readFileSync(`${folder}other.parquet`)), /no flow log/)
  })

  it('a value that cannot be is a dead letter with the number of its row', async () => {
    // A value in a page that is not packed stands behind its length.
    const bytes = readFileSync(`${folder}plain-pages.parquet`)
    const at = bytes.indexOf('\u000d\u0000\u0000\u000052.95.128.179') + 4
    bytes.write('52.95.128.999', at)
    const { rows, letters, records } = await readParquet(bytes)
    assert.equal(records, 300)
    assert.equal(letters.length, 1)
    assert.match(letters[0]?.reason ?? '', /(src|dst)addr cannot be "52\.95\.128\.999"/)
    assert.match(letters[0]?.text ?? '', /version=5 account-id=123456789012 .*52\.95\.128\.999/)
    assert.equal(rows.length, expected.rows.length - 1)
  })

  it('one that is cut short is damaged', async (test) => {
    const path = join(temporaryFolder(test), 'cut.parquet')
    writeFileSync(path, readFileSync(`${folder}gzip.parquet`).subarray(0, 5000))
    await assert.rejects(openImport(path), { code: 'unreadable', message: /the Parquet file is damaged/ })
  })

  it('damage anywhere ends in flows, dead letters or word of the damage, and soon', async () => {
    const below = randoms(7)
    for (const file of ['version2.parquet', 'gzip.parquet', 'plain-pages.parquet', 'snappy-groups.parquet']) {
      const whole = readFileSync(`${folder}${file}`)
      for (let turn = 0; turn < 10; turn++) {
        const bytes = Buffer.from(whole)
        for (let n = 1 + below(4); n > 0; n--) bytes[4 + below(bytes.length - 8)] = below(256)
        try {
          const { rows, letters, covered } = await readParquet(bytes)
          assert.ok(rows.length + letters.length + covered.length <= 600)
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'unreadable', String(error))
        }
      }
    }
  })

  it('what cannot be written is no fault of the file', async () => {
    const { reader } = openLog()
    const contents = await unpacked(createReadStream(`${folder}gzip.parquet`), 'test.parquet')
    await assert.rejects(
      takeContents(contents, 'test.parquet', reader, () => Promise.reject(new Error('the disk is full'))),
      /^Error: the disk is full$/,
    )
  })
})
