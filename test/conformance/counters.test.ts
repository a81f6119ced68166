/** Counters of a real switch against what was sent through it: Open vSwitch, with ports that only exist inside it. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { missing } from '../support/exporters.ts'
import { recordSwitch } from '../support/open-vswitch.ts'
import { collect } from '../support/rows.ts'
import { trafficFrames } from '../support/traffic.ts'

it('Open vSwitch counts at both ports what went through them', { skip: missing('ovs-vswitchd') }, async () => {
  const { pipeline, samples, counters, flush } = collect()
  for (const bytes of await recordSwitch('sflow', 1, 10)) pipeline.receive(bytes, '127.0.0.1', 0)
  flush()
  const frames = trafficFrames(true)
  const octets = frames.reduce((sum, { frame }) => sum + frame.length, 0)
  const lastOf = (source: string) => samples.findLast((one) => one.source === source)?.values ?? {}
  const countedOf = (source: string) => {
    const values = lastOf(source)
    return [values['in.bytes'], values['in.unicast'], values['out.bytes'], values['out.unicast']]
  }
  assert.deepEqual(countedOf('0:1001'), [octets, frames.length, 0, 0])
  assert.deepEqual(countedOf('0:1002'), [0, 0, octets, frames.length])
  assert.equal(lastOf('0:1001')['if.status'], 3)
  const [exporter] = pipeline.exporters
  assert.deepEqual(
    Array.from(exporter?.knowledge.of('interface') ?? [], ([index, { name }]) => [index, name]),
    [
      [1001, 'p1'],
      [1002, 'p2'],
    ],
  )
  assert.deepEqual(counters.losses(), {})
})
