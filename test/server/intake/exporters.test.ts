import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Counters } from '../../../src/server/counters.ts'
import { Exporters } from '../../../src/server/intake/exporters.ts'
import { LIMITS } from '../../support/rows.ts'

const NOW = Date.UTC(2026, 10, 24)
const HOUR = 3_600_000

function table(exporters: number) {
  const counters = new Counters()
  return { counters, exporters: new Exporters({ counters, limits: { ...LIMITS, exporters }, settings: {} }) }
}

it('an exporter is known by its address, however it is written', () => {
  const { exporters, counters } = table(10)
  const first = exporters.ofSource('10.0.0.1', NOW)
  assert.equal(exporters.ofSource('::ffff:10.0.0.1', NOW), first)
  assert.equal(first?.address, '10.0.0.1')
  const linkLocal = exporters.ofSource('fe80::1%eth0', NOW)
  assert.equal(exporters.ofSource('fe80:0:0:0:0:0:0:1', NOW), linkLocal)
  assert.equal(linkLocal?.address, 'fe80::1')
  assert.deepEqual([...exporters], [first, linkLocal])
  assert.equal(counters.get('exporters'), 2)
})

it('no more exporters than the limit; those that have long been silent give up their place', () => {
  const { exporters } = table(2)
  const first = exporters.ofSource('10.0.0.1', NOW)
  const second = exporters.ofSource('10.0.0.2', NOW)
  assert.ok(first && second)
  assert.equal(exporters.ofSource('10.0.0.3', NOW + HOUR / 2), undefined)
  assert.equal(exporters.ofSource('10.0.0.1', NOW), first)
  second.lastSeenMs = NOW + HOUR / 2
  const third = exporters.ofSource('10.0.0.3', NOW + HOUR)
  assert.equal(third?.address, '10.0.0.3')
  assert.deepEqual([...exporters], [second, third])
})
