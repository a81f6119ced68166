import assert from 'node:assert/strict'
import { mkdirSync, openSync, closeSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { DeadLetters } from '../../../src/server/intake/dead-letters.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const LETTER = { source: 's', record: 1, loss: 'log.badRecord', reason: 'r', text: 'a\u2028b' } as const

describe('dead letters', () => {
  it('with an id are kept once, over restarts', async (test) => {
    const folder = temporaryFolder(test)
    await new DeadLetters(folder, 'sources').keep([{ ...LETTER, id: '01' }], NOW)
    await new DeadLetters(folder, 'sources').keep(
      [
        { ...LETTER, id: '01' },
        { ...LETTER, id: '02' },
      ],
      NOW,
    )
    const lines = readFileSync(join(folder, 'dead-letters', 'sources-2026-11-25.jsonl'), 'utf8')
      .trim()
      .split('\n')
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { id: string }).id),
      ['01', '02'],
    )
  })

  it('of a day that had as many as are kept could not be read after a restart, and no source went on', async (test) => {
    const folder = temporaryFolder(test)
    mkdirSync(join(folder, 'dead-letters'))
    const full = join(folder, 'dead-letters', 'sources-2026-11-24.jsonl')
    const line = `${JSON.stringify({ atMs: NOW, ...LETTER, id: '01', text: 'x'.repeat(2 ** 20) })}\n`
    const file = openSync(full, 'w')
    for (let n = 0; n < 513; n++) writeSync(file, line)
    closeSync(file)
    const today = join(folder, 'dead-letters', 'sources-2026-11-25.jsonl')
    await new DeadLetters(folder, 'sources').keep([{ ...LETTER, id: '01' }], NOW)
    assert.throws(() => statSync(today), /ENOENT/)
    await new DeadLetters(folder, 'sources').keep([{ ...LETTER, id: '02' }], NOW)
    assert.ok(statSync(today).size > 0)
  })
})
