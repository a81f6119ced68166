/** An exporter's clock: measured always, corrected where that is configured. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Exporter } from '../../../src/server/intake/exporter.ts'
import { collect } from '../../support/rows.ts'
import { SENT_MS, SENT_S, UPTIME_MS, set, template, u32, u64, version10, version9 } from '../../support/wire.ts'

const ROUTER = '198.51.100.1'
const MINUTE_MS = 60_000
/** Start and end, as uptime (v9) and as moments (IPFIX), a minute and half a minute before the export. */
const V9 = version9([
  set(0, template(256, [22, 4], [21, 4])),
  set(256, u32(UPTIME_MS - MINUTE_MS), u32(UPTIME_MS - MINUTE_MS / 2)),
])
const V10 = version10([
  set(2, template(256, [152, 8], [153, 8])),
  set(256, u64(SENT_MS - MINUTE_MS), u64(SENT_MS - MINUTE_MS / 2)),
])

function listen(correctClockMs: number) {
  const { pipeline, flush } = collect({ settings: { [ROUTER]: { correctClockMs } } })
  return {
    receive: (bytes: Uint8Array, receivedMs: number) => pipeline.receive(bytes, ROUTER, receivedMs),
    exporter: () => [...pipeline.exporters][0] as Exporter,
    times: () => flush().map((row) => [row['start'], row['end']]),
  }
}

test('times stand as the exporter gave them, unless it is configured otherwise', () => {
  const { receive, times, exporter } = listen(0)
  receive(V9, SENT_MS + 3 * MINUTE_MS)
  assert.deepEqual(times(), [[SENT_MS - MINUTE_MS, SENT_MS - MINUTE_MS / 2]])
  assert.deepEqual([exporter().clockOffsetMs, exporter().clockShiftMs], [-3 * MINUTE_MS, 0])
})

test('above the configured offset, start and end are moved by it, whatever form they came in', () => {
  for (const bytes of [V9, V10]) {
    for (const offset of [3 * MINUTE_MS, -2 * MINUTE_MS]) {
      const { receive, times, exporter } = listen(MINUTE_MS)
      receive(bytes, SENT_MS + offset)
      assert.deepEqual(times(), [[SENT_MS + offset - MINUTE_MS, SENT_MS + offset - MINUTE_MS / 2]])
      assert.equal(exporter().clockShiftMs, offset)
    }
  }
})

test('below the configured offset nothing is moved', () => {
  const { receive, times } = listen(MINUTE_MS)
  receive(V10, SENT_MS + MINUTE_MS / 2)
  assert.deepEqual(times(), [[SENT_MS - MINUTE_MS, SENT_MS - MINUTE_MS / 2]])
})

test('a clock that cannot be true is replaced by ours, and not corrected as well', () => {
  const { receive, times } = listen(MINUTE_MS)
  receive(
    version9([set(0, template(256, [22, 4], [21, 4])), set(256, u32(UPTIME_MS - 1000), u32(UPTIME_MS))], {
      seconds: 0,
    }),
    SENT_MS,
  )
  assert.deepEqual(times(), [[SENT_MS - 1000, SENT_MS]])
})

test('a clock that is set is known at once; what the network delays moves it little', () => {
  const { receive, exporter } = listen(0)
  const at = (seconds: number, receivedMs: number) => receive(version9([], { seconds }), receivedMs)
  at(SENT_S + 3600, SENT_MS)
  assert.equal(exporter().clockOffsetMs, 3_600_000)
  at(SENT_S + 3600, SENT_MS + 160)
  assert.equal(exporter().clockOffsetMs, 3_600_000 - 10)
  at(SENT_S + 1, SENT_MS + 1000)
  assert.equal(exporter().clockOffsetMs, 0)
})
