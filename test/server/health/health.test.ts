import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CALLS } from '../../../src/shared/api/contract.ts'
import { createTestApp, type TestApp } from '../../support/app.ts'

let server: TestApp

describe('health, when the threads do not answer', () => {
  before(async () => {
    server = await createTestApp()
  })
  after(() => server.close())

  it('answers all the same, and says so', async () => {
    server.counters.add('datagrams', 7)
    const health = CALLS.health.answer.parse((await server.app.inject('/api/health')).json())
    assert.equal(health.status, 'failed')
    assert.equal(health.intake.datagrams, 7)
    assert.equal(health.store.lastError, 'the store thread does not answer')
    const errors = health.findings.filter((finding) => finding.level === 'error').map((finding) => finding.code)
    assert.deepEqual(errors, ['intake.silent', 'store.error'])
  })
})
