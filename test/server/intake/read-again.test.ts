import assert from 'node:assert/strict'
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { FolderIntake } from '../../../src/server/intake/folder-intake.ts'
import { importFile, openImport } from '../../../src/server/intake/import-file.ts'
import { LetterBox } from '../../../src/server/intake/letter-box.ts'
import { readAgain, type ReadAgain } from '../../../src/server/intake/read-again.ts'
import { openStore, totalsOf } from '../../support/store.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const LAYOUT = '${srcaddr} ${dstaddr} ${bytes} ${packets} ${start} ${end}'.split(' ')
const line = (bytes: number | string) => `10.0.0.1 10.0.0.2 ${bytes} 1 1795521600 1795521660`

/** Lines whose layout nobody knows, taken in: dead letters. */
async function withLetters(test: TestContext, lines: readonly string[]): Promise<string> {
  const folder = temporaryFolder(test)
  const file = join(folder, 'custom.log')
  writeFileSync(file, lines.map((each) => `${each}\n`).join(''))
  await withIntake(folder, async (intake) => importFile(await openImport(file, { type: 'aws-flow-log' }), intake))
  return folder
}

async function withIntake<T>(folder: string, work: (intake: FolderIntake) => Promise<T>): Promise<T> {
  const intake = await FolderIntake.open(join(folder, 'data'), (message) => assert.fail(message))
  try {
    return await work(intake)
  } finally {
    await intake.close()
  }
}

const boxOf = (folder: string) => new LetterBox(join(folder, 'data'))
const again = (folder: string, how: ReadAgain) =>
  withIntake(folder, (intake) => readAgain(boxOf(folder), intake, how, NOW))

async function totals(folder: string): Promise<readonly unknown[]> {
  const store = await openStore(join(folder, 'data'))
  try {
    return await totalsOf(store)
  } finally {
    await store.close()
  }
}

describe('dead letters', () => {
  it('are listed with their place and what is wrong, newest first', async (test) => {
    const folder = await withLetters(test, [line(1), line(2)])
    const { letters, bytes } = await boxOf(folder).newest(10)
    assert.deepEqual(
      letters.map(({ record, loss, text }) => [record, loss, text]),
      [
        [2, 'log.unknownLayout', line(2)],
        [1, 'log.unknownLayout', line(1)],
      ],
    )
    assert.ok(bytes > 0)
    assert.equal((await boxOf(folder).newest(1)).letters.length, 1)
  })

  it('become flows once their layout is known, and those that are still refused stay', async (test) => {
    const folder = await withLetters(test, [line(100), line('many'), line(20)])
    assert.deepEqual(await again(folder, { layout: LAYOUT }), { letters: 3, flows: 2, refused: 1 })
    assert.deepEqual(await totals(folder), [120, 2, 2])
    const left = await boxOf(folder).newest(10)
    assert.deepEqual(
      left.letters.map(({ text, loss }) => [text, loss]),
      [[line('many'), 'log.badRecord']],
    )
  })

  it('that were read again are not read once more', async (test) => {
    const folder = await withLetters(test, [line(100)])
    await again(folder, { layout: LAYOUT })
    assert.deepEqual(await again(folder, { layout: LAYOUT }), { letters: 0, flows: 0, refused: 0 })
    assert.deepEqual(await totals(folder), [100, 1, 1])
  })

  it('whose reading was broken off before it was noted gave their flows twice', async (test) => {
    const folder = await withLetters(test, [line(100), line(20)])
    await withIntake(folder, async (intake) => {
      const box = boxOf(folder)
      box.note = () => Promise.reject(new Error('killed'))
      await assert.rejects(readAgain(box, intake, { layout: LAYOUT }, NOW), /killed/)
    })
    assert.deepEqual(await again(folder, { layout: LAYOUT }), { letters: 2, flows: 0, refused: 0 })
    assert.deepEqual(await totals(folder), [120, 2, 2])
  })

  it('that were refused again were lost when they were read a third time', async (test) => {
    const folder = await withLetters(test, [line(100), line('many')])
    const wrong = ['version', 'srcaddr']
    await again(folder, { layout: wrong })
    assert.deepEqual(await again(folder, { layout: wrong }), { letters: 2, flows: 0, refused: 2 })
    await again(folder, { layout: LAYOUT, source: 's3://other/key' })
    assert.equal((await boxOf(folder).newest(10)).letters.length, 2)
    assert.deepEqual(await again(folder, { layout: LAYOUT }), { letters: 2, flows: 1, refused: 1 })
    assert.deepEqual(await totals(folder), [100, 1, 1])
  })

  it('came of no folder: naming one said EISDIR and where in the program', async (test) => {
    const folder = temporaryFolder(test)
    await assert.rejects(openImport(folder), {
      name: 'WeirError',
      message: `${folder} is a folder; name the files in it`,
    })
  })

  it('of another source stay as they are', async (test) => {
    const folder = await withLetters(test, [line(100)])
    const result = await again(folder, { layout: LAYOUT, source: 's3://other/key' })
    assert.deepEqual(result, { letters: 0, flows: 0, refused: 0 })
    assert.equal((await boxOf(folder).newest(10)).letters.length, 1)
  })

  it('are read around a line that was cut off, or is none', async (test) => {
    const folder = await withLetters(test, [line(100)])
    const letters = join(folder, 'data', 'dead-letters')
    const file = join(letters, readdirSync(letters)[0] as string)
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, `{"no": "letter"}\nno JSON\n${whole}`)
    appendFileSync(file, whole.slice(0, 20))
    assert.equal((await boxOf(folder).newest(10)).letters.length, 1)
    assert.deepEqual(await again(folder, { layout: LAYOUT }), { letters: 1, flows: 1, refused: 0 })
  })
})
