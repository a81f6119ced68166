import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findingsOf, type Facts } from '../../../src/server/health/findings.ts'
import type { ExporterStatus, RetentionStatus } from '../../../src/server/messages.ts'

const nowMs = Date.UTC(2026, 10, 24, 12)
const listener = {
  url: 'udp://0.0.0.0:2055',
  receiveBufferAsked: 33_554_432,
  receiveBufferGot: 33_554_432,
  kernelDrops: 0,
  connections: null,
  connectionsLimit: null,
}
const exporter: ExporterStatus = {
  address: '192.0.2.1',
  name: '',
  protocols: ['netflow9'],
  domains: [0],
  firstSeen: nowMs - 60_000,
  lastSeen: nowMs - 1000,
  datagrams: 10,
  records: 100,
  flows: 100,
  options: 1,
  flowsPerSecond: 2,
  templates: [{ domain: 0, id: 256, protocol: 'netflow9', options: false, fields: [], lastSeen: nowMs, records: 100 }],
  sampling: [{ domain: 0, sampler: '1', rate: 1000, source: 'sampler' }],
  lost: {},
  sequence: { unit: 'packets', missing: 0, resets: 0, reordered: 0, duplicates: 0 },
  sequences: [],
  ports: [],
  clockCorrectionMs: 0,
  keptOneIn: 1,
  interfaces: [],
  vrfs: [],
  samplers: [],
  applications: 0,
  statistics: [],
  clockOffsetMs: 20,
  device: { samples: 0, name: null, release: null, latest: {} },
  unknownElements: [],
}
const unknown = (element: string, name: string) => ({
  element,
  name,
  type: '',
  records: 5,
  values: [],
  kind: null,
})
const DAY = 86_400_000
const retention = (ageMs: number | null, parts: Partial<RetentionStatus>): RetentionStatus => ({
  kept: [
    {
      name: 'raw',
      label: 'flows',
      files: 1,
      bytesOnDisk: 26e6,
      fromMs: nowMs - DAY,
      ageMs,
      nextDropMs: null,
      bytesPerDay: 26e6,
    },
  ],
  bytesPerDay: 26e6,
  limitBytes: null,
  roomBytes: null,
  fullInDays: null,
  rawDays: null,
  dropped: { files: 0, bytes: 0, last: [] },
  ...parts,
})
const kept = (ageMs: number | null, parts: Partial<RetentionStatus>): Partial<Facts> => ({
  store: { ...well.store, retention: retention(ageMs, parts) },
})
const well: Facts = {
  nowMs,
  lostLately: [],
  waitingSets: 0,
  intakeAnswers: true,
  stateFile: { problem: null, found: null },
  listeners: [listener],
  exporters: [exporter],
  store: {
    kind: 'duckdb',
    flows: 1e6,
    bytesOnDisk: 26e6,
    oldest: nowMs - 86_400_000,
    newest: nowMs,
    partitions: [{ day: '2026-11-24', flows: 1e6, bytesOnDisk: 26e6, state: 'ok' }],
    recovered: null,
    lastError: null,
    sums: { lastError: null, damaged: [] },
    counters: { samples: 0, bytesOnDisk: 0, lastError: null },
    retention: retention(null, { roomBytes: 490e9 }),
  },
  disk: { free: 500e9, size: 1000e9 },
  damagedFilters: [],
  openAddress: null,
  sources: [],
}

describe('findings', () => {
  it('there are none where all is well', () => assert.deepEqual(findingsOf(well), []))

  const cases: [string, Partial<Facts>, string, string, RegExp][] = [
    [
      'kernel drops',
      { lostLately: [['kernel.drops', 1234]] },
      'error',
      'kernel.drops',
      /^1,234 datagrams were lost in the last 10 minutes\. The kernel had no room/,
    ],
    ['what cannot be decoded', { lostLately: [['decode.short', 1]] }, 'warn', 'decode.short', /^1 set was lost/],
    [
      'an intake that does not answer',
      { intakeAnswers: false, listeners: [], exporters: [] },
      'error',
      'intake.silent',
      /may be lost/,
    ],
    [
      'a store that cannot write',
      { store: { ...well.store, lastError: 'No space left on device' } },
      'error',
      'store.error',
      /cannot write: No space left/,
    ],
    [
      'a damaged file',
      {
        store: {
          ...well.store,
          partitions: [{ day: '2026-11-20', flows: 0, bytesOnDisk: 1, state: 'damaged', reason: 'not a database' }],
        },
      },
      'error',
      'store.damaged',
      /2026-11-20 is damaged.*not a database/,
    ],
    [
      'a disk nearly full',
      { disk: { free: 4e9, size: 1000e9 } },
      'warn',
      'disk.full',
      /4\.00.GB of 1\.00.TB are free.*room for about 154.M flows/,
    ],
    ['a small disk nearly full', { disk: { free: 2e9, size: 20e9 } }, 'warn', 'disk.full', /are free/],
    [
      'a disk that will not hold what is asked for',
      kept(14 * DAY, { bytesPerDay: 12e9, rawDays: 9 }),
      'warn',
      'retention.short',
      /^At 12.0.GB a day there is room for 9 days of flows; 14.d are asked for/,
    ],
    [
      'a limit above what the disk has',
      kept(null, { limitBytes: 2000e9, roomBytes: 1900e9 }),
      'warn',
      'retention.disk',
      /^Data may take 2.00.TB \(retention\.disk\), 1.90.TB more than now, but only 500.GB are free/,
    ],
    [
      'room that will be used up soon',
      kept(null, { fullInDays: 1 }),
      'info',
      'retention.full',
      /used up in 1 day: then the oldest day/,
    ],
    ['a full disk', { disk: { free: 1e6, size: 1000e9 } }, 'error', 'disk.full', /are free/],
    [
      'a clock that is off',
      { exporters: [{ ...exporter, clockOffsetMs: -3_600_000 }] },
      'warn',
      'clock.off',
      /192\.0\.2\.1 by -3,600 s/,
    ],
    [
      'a template that has not come',
      { waitingSets: 3, exporters: [{ ...exporter, templates: [] }] },
      'info',
      'template.awaited',
      /192\.0\.2\.1/,
    ],
    [
      'sampling that was never announced',
      { exporters: [{ ...exporter, sampling: [] }] },
      'info',
      'sampling.unknown',
      /192\.0\.2\.1/,
    ],
    [
      'samples that a device left out',
      {
        exporters: [
          { ...exporter, sampling: [{ domain: 0, sampler: 'source 5', rate: 512, source: 'record', dropped: 7 }] },
        ],
      },
      'warn',
      'sampling.dropped',
      /192\.0\.2\.1 \(7 samples\)/,
    ],
    [
      'what never arrived',
      {
        exporters: [
          { ...exporter, sequence: { unit: 'packets', missing: 1000, resets: 0, reordered: 0, duplicates: 0 } },
        ],
      },
      'info',
      'sequence.missing',
      /192\.0\.2\.1 1,000 packets/,
    ],
    [
      'several exporters behind one address',
      { exporters: [{ ...exporter, ports: [40_001, 40_002] }] },
      'info',
      'exporter.shared',
      /192\.0\.2\.1 \(ports 40001, 40002\)/,
    ],
    [
      'what an exporter could not send',
      {
        exporters: [
          {
            ...exporter,
            statistics: [
              { domain: 1, element: '42', name: 'exportedFlowRecordTotalCount', value: 9, loss: false },
              { domain: 1, element: '166', name: 'notSentFlowTotalCount', value: 1234, loss: true },
            ],
          },
        ],
      },
      'info',
      'exporter.loses',
      /192\.0\.2\.1 \(notSentFlowTotalCount 1,234\)/,
    ],
    [
      'what exporters tell that cannot be saved',
      { stateFile: { problem: 'ENOSPC: no space left on device', found: null } },
      'warn',
      'exporters.unsaved',
      /cannot be saved: ENOSPC/,
    ],
    [
      'a file that was set aside',
      { stateFile: { problem: null, found: 'exporters.state is damaged at line 4' } },
      'info',
      'exporters.setAside',
      /damaged at line 4/,
    ],
    [
      'a file of named filters that was set aside',
      { damagedFilters: ['filters.json.damaged', 'filters.json.damaged.1'] },
      'warn',
      'filters.damaged',
      /kept as filters\.json\.damaged, filters\.json\.damaged\.1 in the data folder/,
    ],
    [
      'an exporter that fell silent',
      { exporters: [{ ...exporter, lastSeen: nowMs - 600_000 }] },
      'info',
      'exporter.silent',
      /192\.0\.2\.1 since 2026-11-24T11:50:00Z/,
    ],
    [
      'elements that no field keeps',
      { exporters: [{ ...exporter, unknownElements: [unknown('9.12345', '9.12345'), unknown('9.12235', 'x')] }] },
      'info',
      'elements.unknown',
      /192\.0\.2\.1 \(9\.12345, 9\.12235 x\)/,
    ],
    [
      'an exporter above its limit',
      { exporters: [{ ...exporter, keptOneIn: 8 }] },
      'info',
      'rate.limited',
      /192\.0\.2\.1 one in 8/,
    ],
    [
      'a small receive buffer',
      { listeners: [{ ...listener, receiveBufferGot: 212_992 }] },
      'info',
      'receiveBuffer.small',
      /gave 213.kB of receive buffer instead of 33\.6.MB to udp:\/\/0\.0\.0\.0:2055/,
    ],
    ['no listener', { listeners: [] }, 'info', 'listeners.none', /listens on no address/],
    ['an open address', { openAddress: '0.0.0.0:3055' }, 'info', 'http.open', /0\.0\.0\.0:3055 without sign-in/],
    [
      'what was recovered',
      { store: { ...well.store, recovered: '1,000 flows of 2026-11-24' } },
      'info',
      'store.recovered',
      /1,000 flows/,
    ],
  ]
  it('the receive buffer was to be raised to another size than the start and the doctor say', () => {
    const [found] = findingsOf({ ...well, listeners: [{ ...listener, receiveBufferGot: 212_992 }] })
    assert.match(found?.remedy ?? '', /net\.core\.rmem_max=33554432,/)
  })
  for (const [what, change, level, code, message] of cases) {
    it(what, () => {
      const found = findingsOf({ ...well, ...change })
      assert.deepEqual(
        found.map((finding) => [finding.level, finding.code]),
        [[level, code]],
      )
      assert.match(found[0]?.message ?? '', message)
      assert.ok((found[0]?.remedy.length ?? 0) > 10)
    })
  }

  it('a clock that is corrected is nothing to mend', () => {
    const corrected = { ...exporter, clockOffsetMs: -3_600_000, clockCorrectionMs: 3_600_000 }
    assert.deepEqual(findingsOf({ ...well, exporters: [corrected] }), [])
  })

  it('errors come first, and many exporters make one finding', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({
      ...exporter,
      address: `192.0.2.${i}`,
      sampling: [],
      clockOffsetMs: 60_000,
    }))
    const found = findingsOf({ ...well, exporters: many, store: { ...well.store, lastError: 'x' } })
    assert.deepEqual(
      found.map((finding) => finding.level),
      ['error', 'warn', 'info'],
    )
    assert.match(found[1]?.message ?? '', /192\.0\.2\.4 by 60 s and 7 more\.$/)
  })
})
