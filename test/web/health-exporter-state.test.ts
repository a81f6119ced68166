/** How Health judges an exporter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  exporterState,
  lostShare,
  SILENT_AFTER_MS,
  worstFirst,
  type ExporterEntry,
} from '../../src/web/pages/health/exporter-state.ts'

const NOW = Date.UTC(2026, 10, 17, 12)

function exporterWith(part: Partial<ExporterEntry>): ExporterEntry {
  return {
    address: '192.0.2.1',
    name: '',
    protocols: ['ipfix'],
    domains: [0],
    firstSeen: NOW - 3_600_000,
    lastSeen: NOW - 1000,
    datagrams: 100,
    records: 1000,
    flows: 1000,
    options: 0,
    flowsPerSecond: 10,
    templates: [],
    sampling: [{ domain: 0, sampler: '', rate: 1, source: 'record' }],
    lost: {},
    sequence: { unit: 'records', missing: 0, resets: 0, reordered: 0, duplicates: 0 },
    sequences: [],
    ports: [],
    clockCorrectionMs: 0,
    keptOneIn: 1,
    interfaces: [],
    vrfs: [],
    samplers: [],
    applications: 0,
    statistics: [],
    clockOffsetMs: 5,
    device: { samples: 0, name: null, release: null, latest: {} },
    unknownElements: [],
    ...part,
  }
}

test('each state has its cause, and the worst one is named', () => {
  assert.equal(exporterState(exporterWith({}), NOW), 'receiving')
  assert.equal(exporterState(exporterWith({ clockOffsetMs: -30_001 }), NOW), 'clock')
  assert.equal(exporterState(exporterWith({ sampling: [], clockOffsetMs: -30_001 }), NOW), 'sampling')
  assert.equal(
    exporterState(exporterWith({ sampling: [{ domain: 0, sampler: '', rate: 1, source: 'none' }] }), NOW),
    'sampling',
  )
  assert.equal(exporterState(exporterWith({ lost: { 'decode.short': 1 }, sampling: [] }), NOW), 'losing')
  assert.equal(
    exporterState(
      exporterWith({ sequence: { unit: 'records', missing: 1, resets: 0, reordered: 0, duplicates: 0 } }),
      NOW,
    ),
    'losing',
  )
  assert.equal(
    exporterState(exporterWith({ lastSeen: NOW - SILENT_AFTER_MS - 1, lost: { 'decode.short': 1 } }), NOW),
    'silent',
  )
})

test('an exporter without flows owes no sampling rate', () => {
  assert.equal(exporterState(exporterWith({ flows: 0, sampling: [] }), NOW), 'receiving')
})

test('the share that is lost is of all that was sent, in the unit that the sequence counts', () => {
  assert.equal(
    lostShare(exporterWith({ sequence: { unit: 'records', missing: 250, resets: 0, reordered: 0, duplicates: 0 } })),
    0.2,
  )
  assert.equal(
    lostShare(exporterWith({ sequence: { unit: 'datagrams', missing: 100, resets: 0, reordered: 0, duplicates: 0 } })),
    0.5,
  )
  assert.equal(
    lostShare(exporterWith({ sequence: { unit: 'packets', missing: 25, resets: 0, reordered: 0, duplicates: 0 } })),
    0.2,
    'v9 counts export packets',
  )
  assert.equal(lostShare(exporterWith({})), 0)
})

test('the table begins with the worst, then the busiest', () => {
  const list = [
    exporterWith({ address: 'a', flowsPerSecond: 1 }),
    exporterWith({ address: 'b', flowsPerSecond: 9 }),
    exporterWith({ address: 'c', sampling: [] }),
    exporterWith({ address: 'd', lastSeen: 0 }),
  ]
  assert.deepEqual(
    worstFirst(list, NOW).map((one) => one.address),
    ['d', 'c', 'b', 'a'],
  )
})
