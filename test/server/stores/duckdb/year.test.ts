/** A year of simulated time in New York: days change, clocks are set, February has 29 days, flows come late, days go. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { KEEP_ALL } from '../../../../src/server/stores/duckdb/care/retention.ts'
import type { DuckStore } from '../../../../src/server/stores/duckdb/store.ts'
import type { PlainFlow } from '../../../support/batches.ts'
import { counterBatchOf } from '../../../support/counters.ts'
import { randoms } from '../../../support/random.ts'
import { keep, openStore, question, recordQuestion } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

// Whatever goes by local time would show: clocks go back on 2027-11-07 and forward on 2028-03-12.
process.env.TZ = 'America/New_York'

const DAY = 86_400_000
const HOUR = 3_600_000
const FIRST = Date.UTC(2027, 8, 1)
const DAYS = 366
const RAW_DAYS = 14
const COUNTER_DAYS = 30
/** Flows come on days on which something is set, and every three months: the sums of a day take most of a second to make. */
const SPECIAL = /^(2027-11-07|2027-12-31|2028-01-01|2028-02-29|2028-03-01|2028-03-12)$/
const EVERY_DAYS = 91
/** History is brought in, and on the next day more of the same day. */
const IMPORTS = [122, 123]

const COMMON = { packets: 1, exporter: '192.0.2.1', 'src.ip': '10.0.0.1', 'dst.ip': '10.0.0.2', proto: 6 }

interface Flow {
  readonly start: number
  readonly end: number
  readonly bytes: number
}

it('a year: all of it adds up whatever has gone, and nothing goes by local time', async (test) => {
  const random = randoms(5)
  const folder = temporaryFolder(test)
  const clock = { now: FIRST }
  const open = () =>
    openStore(folder, {
      now: () => clock.now,
      retention: { ...KEEP_ALL, raw: RAW_DAYS * DAY, counters: COUNTER_DAYS * DAY, disk: 1e12 },
    })
  let store = await open()
  const flows: Flow[] = []
  for (let day = 0; day < DAYS; day++) {
    const midnight = FIRST + day * DAY
    clock.now = midnight + 23 * HOUR + 59 * 60_000
    const isSpecial = SPECIAL.test(nameOf(midnight))
    const made: Flow[] =
      isSpecial || day % EVERY_DAYS === 0
        ? [
            ...Array.from({ length: 12 }, (_, i) => flowOf(random, midnight + 2 * i * HOUR, 30_000)),
            // On both sides of a day's end, and of the last hour before it.
            { start: midnight - 5000, end: midnight + 4999, bytes: 10_000 },
            { start: midnight - 1, end: midnight, bytes: 3 },
            { start: midnight + DAY - HOUR, end: midnight + 23 * HOUR + 58 * 60_000, bytes: 7919 },
          ]
        : []
    // Hours and days late.
    if (/-(11-07|03-01)$/.test(nameOf(midnight))) made.push(flowOf(random, midnight - 3 * HOUR, 60_000))
    if (nameOf(midnight) === '2028-03-01') made.push(flowOf(random, midnight - 2 * DAY, HOUR))
    if (IMPORTS.includes(day)) made.push(flowOf(random, FIRST - 180 * DAY, HOUR))
    if (made.length > 0)
      await keep(
        store,
        made.map((flow): PlainFlow => ({ ...flow, ...COMMON, received: clock.now })),
      )
    await store.appendCounters(
      counterBatchOf([{ receivedMs: clock.now, uptimeMs: 1, values: { 'in.bytes': day } }]),
      Math.floor(clock.now / DAY),
    )
    flows.push(...made)
    clock.now = midnight + DAY
    await store.keepInBounds()
    if (day % 60 === 59) {
      await store.close()
      store = await open()
    }
    if (day === 125 || /-(11-09|03-02|03-13)$/.test(nameOf(midnight))) await check(store, flows, clock.now)
  }
  await check(store, flows, clock.now)
  assert.equal(
    store.status().partitions.every(({ state }) => state === 'ok'),
    true,
  )
  await store.close()
  const days = (kind: string) => readdirSync(join(folder, kind)).filter((file) => file.endsWith('.duckdb'))
  // The last flows are of 2028-08-30.
  assert.deepEqual(days('flows'), ['2028-08-30.duckdb'])
  assert.equal(days('counters').length, COUNTER_DAYS)
})

/** What is there by day, by hour and in all, against the flows one by one. */
async function check(store: DuckStore, flows: readonly Flow[], toMs: number): Promise<void> {
  const range = { toMs, measures: ['bytes', 'flows'], orderBy: 'bytes' } as const
  const first = FIRST - 310 * DAY
  for (const [fromMs, intervalMs] of [
    [first, DAY],
    [first, null],
    [toMs - 130 * DAY, HOUR],
  ] as const) {
    const { rows, meta } = await store.query(question({ ...range, fromMs, intervalMs }))
    const expected = sums(flows, fromMs, toMs, intervalMs ?? toMs - fromMs)
    const got = rows.map((row) => (intervalMs === null ? row : row.slice(1)))
    assert.deepEqual(got, expected, `until ${nameOf(toMs)} by ${intervalMs}`)
    assert.equal(meta.exact, true)
  }
  const { rows, meta } = await store.flows(recordQuestion({ fromMs: first, toMs, limit: 1000 }))
  const kept = flows.filter(({ end }) => end >= toMs - RAW_DAYS * DAY)
  assert.equal(rows.length, kept.length)
  if (kept.length > 0) assert.ok(meta.dataFrom !== null && meta.dataFrom >= toMs - RAW_DAYS * DAY)
}

/** Bytes and flows of each bucket that has any; spread as docs/explanation/numbers.md has it. */
function sums(flows: readonly Flow[], fromMs: number, toMs: number, interval: number): (number | null)[][] {
  const out: (number | null)[][] = []
  for (let from = fromMs; from < toMs; from += interval) {
    const to = from + interval
    const touching = flows.filter(({ start, end }) => start < to && end >= from)
    if (touching.length === 0) continue
    const bytes = touching.reduce((sum, flow) => sum + passed(flow, to) - passed(flow, from), 0)
    out.push([bytes, touching.filter(({ end }) => end >= from && end < to).length])
  }
  return out
}

function passed({ start, end, bytes }: Flow, t: number): number {
  if (t <= start) return 0
  return t >= end ? bytes : Math.floor((bytes * (t - start)) / (end - start))
}

function flowOf(random: (below: number) => number, start: number, longest: number): Flow {
  return { start, end: start + random(longest), bytes: 40 + random(1e6) }
}

function nameOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
