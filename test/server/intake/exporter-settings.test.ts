import assert from 'node:assert/strict'
import test from 'node:test'
import { exporterSettings } from '../../../src/server/config/exporters.ts'
import { CONFIG } from '../../../src/server/config/schema.ts'
import { settingsOf } from '../../../src/server/intake/exporter-settings.ts'

test('the narrowest range that says something goes first, wider ones fill in', () => {
  const all = exporterSettings(
    CONFIG.parse({
      sampling: { '192.0.2.1': 7 },
      exporters: {
        '192.0.2.1': { name: 'edge-1' },
        '0.0.0.0/0': { sampling: 100, tunnels: 'inner', correctClock: '30s' },
        '192.0.2.0/24': { sampling: 1000, name: 'a router of this site' },
        '2001:db8::/32': { flowsPerSecond: 5000 },
      },
    }),
  )
  const of = (address: string) => {
    const { name, samplingDefault, tunnels, correctClockMs, flowsPerSecond } = settingsOf(address, all)
    return { name, samplingDefault, tunnels, correctClockMs, flowsPerSecond }
  }
  const everywhere = { tunnels: 'inner', correctClockMs: 30_000, flowsPerSecond: 0 }
  assert.deepEqual(of('192.0.2.1'), { name: 'edge-1', samplingDefault: 7, ...everywhere })
  assert.deepEqual(of('192.0.2.2'), { name: 'a router of this site', samplingDefault: 1000, ...everywhere })
  assert.deepEqual(of('198.51.100.1'), { name: '', samplingDefault: 100, ...everywhere })
  assert.equal(of('2001:db8::1').flowsPerSecond, 5000)
  assert.equal(of('2001:db8::1').samplingDefault, 0)
})

test('what is no address is refused', () => {
  assert.equal(CONFIG.safeParse({ exporters: { 'edge-1': { sampling: 2 } } }).success, false)
  assert.equal(CONFIG.safeParse({ exporters: { '192.0.2.1': { rate: 2 } } }).success, false)
})
