/** The check list of Get data, ticking from what Weir answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arrivalSteps,
  newestExporter,
  reachOf,
  type Exporter,
  type Health,
  type Step,
} from '../../src/web/pages/get-data/arrival.ts'

const NOW = Date.UTC(2026, 10, 17, 12)

function healthWith(urls: readonly string[], lost: Record<string, number> = {}): Health {
  const listeners = urls.map((url) => ({ url, receiveBufferAsked: 1e6, receiveBufferGot: 425_984, kernelDrops: 0 }))
  return { intake: { listeners, lost, waitingSets: 0 } } as unknown as Health
}

function exporterWith(part: Partial<Exporter>): Exporter {
  return {
    address: '192.0.2.1',
    name: '',
    protocols: ['netflow9'],
    domains: [0],
    firstSeen: NOW - 60_000,
    lastSeen: NOW - 3000,
    datagrams: 12,
    records: 132,
    flows: 132,
    options: 0,
    flowsPerSecond: 2,
    templates: [],
    sampling: [],
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
    clockOffsetMs: null,
    device: { samples: 0, name: null, release: null, latest: {} },
    unknownElements: [],
    ...part,
  }
}

const ANY = healthWith(['udp://0.0.0.0:2055', 'udp://[::]:4739'])
const states = (steps: readonly Step[]): Record<string, string> =>
  Object.fromEntries(steps.map((step) => [step.id, step.state]))
const titleOf = (steps: readonly Step[], id: Step['id']): string => steps.find((step) => step.id === id)?.title ?? ''

test('before anything came, only listening is done and the rest waits', () => {
  const steps = arrivalSteps(ANY, undefined, NOW)
  assert.deepEqual(states(steps), {
    listening: 'done',
    datagram: 'waiting',
    template: 'waiting',
    flows: 'waiting',
    sampling: 'waiting',
    clock: 'waiting',
  })
  assert.equal(titleOf(steps, 'listening'), 'Listening on udp 2055, 4739')
})

test('a v9 exporter with template, sampling and clock ticks everything', () => {
  const template = {
    domain: 0,
    id: 256,
    protocol: 'netflow9',
    options: false,
    fields: [{ element: '8', name: 'sourceIPv4Address', length: 4, known: true }],
    lastSeen: NOW,
    records: 132,
  }
  const exporter = exporterWith({
    templates: [template],
    sampling: [{ domain: 0, sampler: '1', rate: 1000, source: 'sampler' }],
    clockOffsetMs: -40,
  })
  const steps = arrivalSteps(ANY, exporter, NOW)
  assert.ok(steps.every((step) => step.state === 'done'))
  assert.match(titleOf(steps, 'datagram'), /192\.0\.2\.1, 3\u2009s ago/)
  assert.match(titleOf(steps, 'sampling'), /1 in 1\u2009000/)
})

test('a protocol of fixed records needs no template', () => {
  assert.equal(states(arrivalSteps(ANY, exporterWith({ protocols: ['sflow5'] }), NOW))['template'], 'done')
  assert.equal(states(arrivalSteps(ANY, exporterWith({ protocols: ['netflow9'] }), NOW))['template'], 'waiting')
})

test('sampling that was never announced asks for a look, and so does a clock that is an hour off', () => {
  const steps = arrivalSteps(ANY, exporterWith({ clockOffsetMs: -3_600_000 }), NOW)
  assert.deepEqual([states(steps)['sampling'], states(steps)['clock']], ['attention', 'attention'])
  assert.match(titleOf(steps, 'clock'), /1\u2009h behind/)
})

test('no listener, or only one that no device can reach, is said first', () => {
  assert.equal(states(arrivalSteps(healthWith([]), undefined, NOW))['listening'], 'attention')
  assert.equal(
    states(arrivalSteps(healthWith(['udp://127.0.0.1:2055', 'udp://[::1]:2055']), undefined, NOW))['listening'],
    'attention',
  )
  assert.equal(reachOf('udp://192.0.2.7:2055'), 'one')
})

test('datagrams that Weir cannot read are not passed over in silence', () => {
  const steps = arrivalSteps(healthWith(['udp://0.0.0.0:2055'], { 'decode.notFlowData': 3 }), undefined, NOW)
  assert.equal(states(steps)['datagram'], 'attention')
})

test('the device that was heard of last is the one that is watched', () => {
  const old = exporterWith({ address: '192.0.2.1', firstSeen: 1 })
  const fresh = exporterWith({ address: '192.0.2.2', firstSeen: 2 })
  assert.equal(newestExporter([fresh, old])?.address, '192.0.2.2')
  assert.equal(newestExporter([]), undefined)
})
