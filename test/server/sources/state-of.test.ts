import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stateOf } from '../../../src/server/sources/state-of.ts'

const ok = { state: 'ok', trouble: null, remedy: null, behindMs: 1, progress: null } as const
const source = { state: () => ok }

describe('a source on Health', () => {
  it('whose every record is a dead letter was called ok', () => {
    const { state, trouble, remedy } = stateOf(source, { flows: 0, letters: 5250 })
    assert.equal(state, 'failing')
    assert.equal(trouble, 'none of its records could be read; all 5,250 are dead letters')
    assert.match(remedy ?? '', /--layout/)
  })

  it('is as it says where it brings flows, or hardly any record came', () => {
    assert.deepEqual(stateOf(source, { flows: 1, letters: 5250 }), ok)
    assert.deepEqual(stateOf(source, { flows: 0, letters: 3 }), ok)
  })

  it('keeps its own trouble', () => {
    const failing = { ...ok, state: 'failing', trouble: 'denied', remedy: 'allow it' } as const
    assert.equal(stateOf({ state: () => failing }, { flows: 0, letters: 5250 }).trouble, 'denied')
  })
})
