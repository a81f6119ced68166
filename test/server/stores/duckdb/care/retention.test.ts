/** What is too old, or has no room, goes by whole days; what is left says from when on it is. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { forecast } from '../../../../../src/server/stores/duckdb/care/forecast.ts'
import { DayFile } from '../../../../../src/server/stores/duckdb/files/day-file.ts'
import {
  KEEP_ALL,
  Retention,
  type Disk,
  type Kept,
  type RetentionSettings,
} from '../../../../../src/server/stores/duckdb/care/retention.ts'
import type { KeptName } from '../../../../../src/shared/retention.ts'
import type { PlainFlow } from '../../../../support/batches.ts'
import { counterBatchOf } from '../../../../support/counters.ts'
import { keep, openStore, question, recordQuestion, totalsOf } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
/** A day of the test: counted from 2026-11-01. */
const dayOf = (n: number) => Date.UTC(2026, 10, 1) + n * DAY
const nameOf = (n: number) => new Date(dayOf(n)).toISOString().slice(0, 10)

const flow = (atMs: number, parts: PlainFlow = {}): PlainFlow => ({
  start: atMs,
  end: atMs,
  received: atMs,
  bytes: 100,
  packets: 1,
  exporter: '192.0.2.1',
  'src.ip': '10.0.0.1',
  'dst.ip': '10.0.0.2',
  proto: 6,
  ...parts,
})

const filesOf = (folder: string, kind: string) => readdirSync(join(folder, kind)).toSorted()

async function storeAt(test: TestContext, retention: Partial<RetentionSettings>, clock: { now: number }) {
  const folder = temporaryFolder(test)
  const said: string[] = []
  const store = await openStore(folder, {
    retention: { ...KEEP_ALL, disk: 1e12, ...retention },
    now: () => clock.now,
    log: (level, message) => said.push(`${level} ${message}`),
  })
  test.after(() => store.close())
  return { folder, store, said }
}

describe('retention by age', () => {
  it('deletes the files of days that are wholly too old, tells so, and says from when on there is data', async (test) => {
    const clock = { now: dayOf(10) + HOUR }
    const { folder, store, said } = await storeAt(test, { raw: 3 * DAY, counters: 5 * DAY }, clock)
    // The last of a day and the first of the next: a flow that began on the day before.
    for (let day = 0; day <= 10; day++)
      await keep(store, [flow(dayOf(day) + 1000, { start: dayOf(day) - 1000 }), flow(dayOf(day) + HOUR)])
    for (let day = 0; day <= 10; day++)
      await store.appendCounters(
        counterBatchOf([{ receivedMs: dayOf(day), uptimeMs: 1, values: { 'in.bytes': 1 } }]),
        dayOf(day) / DAY,
      )
    await store.keepInBounds()
    assert.deepEqual(
      filesOf(folder, 'flows').filter((file) => file.endsWith('.duckdb')),
      [7, 8, 9, 10].map((day) => `${nameOf(day)}.duckdb`),
    )
    assert.deepEqual(filesOf(folder, 'counters').filter((file) => file.endsWith('.duckdb')).length, 6)
    // Sums stay.
    assert.deepEqual(await totalsOf(store), [2200, 22, 22])
    assert.deepEqual(said.length, 2)
    assert.match(
      said.join('\n'),
      /^info flows of 7 days, 2026-11-01 to 2026-11-07, are deleted, .*B: older than 3.d \(retention\.raw\)/,
    )
    const { rows, meta } = await store.flows(recordQuestion({ fromMs: dayOf(0), toMs: dayOf(11) }))
    assert.equal(meta.dataFrom, dayOf(7))
    assert.equal(rows.length, 8)
    assert.equal((await store.query(question({ fromMs: dayOf(0), toMs: dayOf(11) }))).meta.dataFrom, null)
    const { retention } = store.status()
    assert.deepEqual(
      retention.kept
        .filter(({ ageMs }) => ageMs !== null)
        .map(({ name, files, fromMs, nextDropMs }) => ({ name, files, fromMs, nextDropMs })),
      [
        { name: 'raw', files: 4, fromMs: dayOf(7), nextDropMs: dayOf(11) },
        { name: 'counters', files: 6, fromMs: dayOf(5), nextDropMs: dayOf(11) },
      ],
    )
    assert.equal(retention.dropped.files, 12)
    clock.now = dayOf(11) - 1
    await store.keepInBounds()
    assert.equal(store.status().retention.dropped.files, 12)
    clock.now = dayOf(11)
    await store.keepInBounds()
    assert.equal(store.status().retention.dropped.files, 14)
    assert.deepEqual(await totalsOf(store), [2200, 22, 22])
  })

  it('lets questions finish that read what goes', async (test) => {
    const clock = { now: dayOf(0) }
    const { folder, store } = await storeAt(test, { raw: DAY, minute: DAY, hour: DAY }, clock)
    for (let day = 0; day < 6; day++)
      await keep(
        store,
        Array.from({ length: 3000 }, (_, i) => flow(dayOf(day) + i, { 'src.port': i })),
      )
    clock.now = dayOf(20)
    const asked = Array.from({ length: 8 }, (_, i) =>
      store.query(question({ groupBy: ['src.port'], limit: 5 + i, intervalMs: HOUR })),
    )
    await Promise.resolve()
    const [answers] = await Promise.all([Promise.all(asked), store.keepInBounds()])
    for (const { meta } of answers) assert.equal(meta.totals.flows, 18_000)
    for (const kind of ['flows', 'minutes', 'hours']) assert.deepEqual(filesOf(folder, kind), [])
    assert.deepEqual(await totalsOf(store), [null, null, 0])
  })

  it('takes late flows of a day that is gone, and lets go of them again; sums stay', async (test) => {
    const clock = { now: dayOf(10) }
    const { folder, store } = await storeAt(test, { raw: 2 * DAY }, clock)
    await keep(store, [flow(dayOf(10), { start: dayOf(1), end: dayOf(1) }), flow(dayOf(10))])
    assert.deepEqual(await totalsOf(store), [200, 2, 2])
    await store.keepInBounds()
    assert.deepEqual(await totalsOf(store), [200, 2, 2])
    await keep(store, [flow(dayOf(10), { start: dayOf(1), end: dayOf(1) })])
    assert.deepEqual(await totalsOf(store), [300, 3, 3])
    await store.keepInBounds()
    assert.deepEqual(await totalsOf(store), [300, 3, 3])
    assert.equal(filesOf(folder, 'flows').filter((file) => file.endsWith('.duckdb')).length, 1)
  })
})

describe('a clock that leaps', () => {
  /** Ten days with a flow each; the clock stands in the last of them. */
  async function setUpLeap(test: TestContext) {
    const clock = { now: dayOf(10) + HOUR, uptime: 0 }
    const said: string[] = []
    const store = await openStore(temporaryFolder(test), {
      retention: { ...KEEP_ALL, raw: 20 * DAY, minute: 20 * DAY, hour: 20 * DAY, counters: 20 * DAY, disk: 1e12 },
      now: () => clock.now,
      uptime: () => clock.uptime,
      log: (level, message) => said.push(`${level} ${message}`),
    })
    test.after(() => store.close())
    await keep(
      store,
      Array.from({ length: 11 }, (_, day) => flow(dayOf(day))),
    )
    /** So long goes by, and the clock is set by so much besides. */
    const pass = async (byMs: number, setMs = 0) => {
      clock.uptime += byMs
      clock.now += byMs + setMs
      await store.keepInBounds()
      return store.status().retention.dropped.files
    }
    return { store, said, pass }
  }

  for (const [what, leap] of [
    ['a day', DAY],
    ['a month', 30 * DAY],
    ['a year', 365 * DAY],
  ] as const)
    it(`ahead by ${what} and back deleted what is young`, async (test) => {
      const { store, said, pass } = await setUpLeap(test)
      assert.equal(await pass(HOUR), 0)
      assert.equal(await pass(HOUR, leap), 0)
      for (let hours = 0; hours < 20; hours++) assert.equal(await pass(HOUR), 0)
      assert.equal(await pass(HOUR, -leap), 0)
      assert.equal(await pass(2 * DAY), 0)
      assert.deepEqual(await totalsOf(store), [1100, 11, 11])
      assert.equal(said.filter((line) => /^warn .* leapt ahead by /.test(line)).length, 1)
    })

  it('back by a year and ahead again deletes nothing young, and what comes due later goes', async (test) => {
    const { store, pass } = await setUpLeap(test)
    assert.equal(await pass(HOUR, -365 * DAY), 0)
    assert.equal(await pass(3 * DAY), 0)
    assert.equal(await pass(HOUR, 365 * DAY), 0)
    assert.equal(await pass(2 * DAY), 0)
    assert.deepEqual(await totalsOf(store), [1100, 11, 11])
    assert.ok((await pass(9 * DAY)) > 0)
  })

  it('is believed when it has stood for a day, and data that is old by it goes', async (test) => {
    const { store, pass } = await setUpLeap(test)
    assert.equal(await pass(HOUR, 365 * DAY), 0)
    assert.equal(await pass(DAY - HOUR), 0)
    assert.ok((await pass(HOUR)) >= 11)
    assert.deepEqual(await totalsOf(store), [null, null, 0])
  })
})

/** Files of a day and a size, that go at once. */
class FakeFile extends DayFile {
  private readonly size: number
  constructor(day: string, size: number) {
    super('', day, day)
    this.size = size
  }
  override get bytesOnDisk(): number {
    return this.size
  }
  override facts(): null {
    return null
  }
  override recall(): boolean {
    return false
  }
  protected override read(): Promise<void> {
    return Promise.resolve()
  }
}

function setUp(
  sizes: Partial<Record<KeptName, Record<number, number>>>,
  settings: Partial<RetentionSettings>,
  disk: (used: number) => Disk | null,
) {
  const clock = { now: dayOf(10) + 2 * HOUR }
  const gone: string[] = []
  const said: string[] = []
  const all = Object.entries(sizes).map(([name, days]) => {
    let files = Object.entries(days).map(([day, size]) => new FakeFile(nameOf(Number(day)), size))
    const kept: Kept = {
      name: name as KeptName,
      files: () => files,
      drop: (file) => {
        files = files.filter((each) => each !== file)
        gone.push(`${name} ${Number(file.day.slice(8)) - 1}`)
        return Promise.resolve()
      },
    }
    return kept
  })
  const used = () => all.flatMap((kept) => kept.files()).reduce((sum, file) => sum + file.bytesOnDisk, 0)
  const retention = new Retention(all, {
    settings: { ...KEEP_ALL, ...settings },
    now: () => clock.now,
    disk: () => disk(used()),
    log: (level, message) => said.push(`${level} ${message}`),
  })
  return { retention, clock, gone, said, used }
}

const GB = 1e9
const perDay = (size: number, from = 0) =>
  Object.fromEntries(Array.from({ length: 11 - from }, (_, i) => [from + i, size]))

describe('retention by room', () => {
  it('takes the oldest flows first, then sums by minute, by hour, counters; never of today', async () => {
    const sizes = { raw: perDay(10 * GB), minute: perDay(GB), hour: perDay(GB, 8), counters: perDay(GB, 9) }
    const { retention, gone, used } = setUp(sizes, { disk: 40 * GB }, () => null)
    await retention.pass()
    assert.deepEqual(
      gone,
      Array.from({ length: 9 }, (_, i) => `raw ${i}`),
    )
    assert.equal(used(), 36 * GB)
    const less = setUp(sizes, { disk: 15 * GB }, () => null)
    await less.retention.pass()
    assert.deepEqual(less.gone, [
      ...Array.from({ length: 10 }, (_, i) => `raw ${i}`),
      ...Array.from({ length: 10 }, (_, i) => `minute ${i}`).slice(0, 10),
      'hour 8',
    ])
    const nothing = setUp(sizes, { disk: GB }, () => null)
    await nothing.retention.pass()
    assert.equal(nothing.used(), 13 * GB)
    await nothing.retention.pass()
    assert.equal(nothing.used(), 13 * GB)
  })

  it('without a limit leaves 10 GB free, and gives way to other programs a day at a time', async () => {
    let others = 0
    const { retention, clock, gone, said } = setUp({ raw: perDay(10 * GB) }, {}, (used) => ({
      size: 1000 * GB,
      free: 1000 * GB - used - others,
    }))
    await retention.pass()
    assert.deepEqual(gone, [])
    others = 885 * GB
    await retention.pass()
    await retention.pass()
    assert.deepEqual(gone, ['raw 0'])
    others = 905 * GB
    await retention.pass()
    clock.now += 10 * 60_000
    await retention.pass()
    clock.now += 9 * 60_000
    await retention.pass()
    assert.deepEqual(gone, ['raw 0', 'raw 1'])
    assert.match(said[0] ?? '', /^info flows of 2026-11-01 are deleted, 10.0.GB: the disk is nearly full/)
  })

  it('keeps sums as long as the flows that they are of', async () => {
    const { retention, gone } = setUp(
      { raw: perDay(1, 5), minute: perDay(1), hour: perDay(1) },
      { minute: DAY, hour: 7 * DAY, disk: GB },
      () => null,
    )
    await retention.pass()
    assert.deepEqual(gone, ['minute 0', 'minute 1', 'minute 2', 'minute 3', 'minute 4', 'hour 0', 'hour 1', 'hour 2'])
  })

  it('tells once what cannot be deleted, and tries again', async () => {
    const said: string[] = []
    let broken = true
    const file = new FakeFile(nameOf(0), 1)
    const dropped: DayFile[] = []
    const retention = new Retention(
      [
        {
          name: 'raw',
          files: () => (dropped.length > 0 ? [] : [file]),
          drop: (each) => {
            if (broken) return Promise.reject(new Error('read-only file system'))
            dropped.push(each)
            return Promise.resolve()
          },
        },
      ],
      {
        settings: { ...KEEP_ALL, raw: DAY },
        now: () => dayOf(10),
        disk: () => null,
        log: (level, message) => said.push(`${level} ${message}`),
      },
    )
    await retention.pass()
    await retention.pass()
    assert.deepEqual(said, ['error what is due to go cannot be deleted now; it is tried again: read-only file system'])
    broken = false
    await retention.pass()
    assert.deepEqual(dropped, [file])
  })
})

describe('the forecast', () => {
  const now = dayOf(10) + 2 * HOUR
  const days = (from: number, to: number, bytes: number) =>
    new Map(Array.from({ length: to - from + 1 }, (_, i) => [dayOf(from + i), bytes]))

  it('goes by the last whole days', () => {
    const { bytesPerDay, fullInDays, rawDays } = forecast(
      [{ name: 'raw', ageMs: null, days: new Map([...days(0, 5, GB), ...days(6, 9, 3 * GB), [dayOf(10), 1]]) }],
      now,
      22 * GB,
    )
    // 3 days of 1 GB and 4 of 3 GB.
    assert.equal(Math.round(bytesPerDay ?? 0), Math.round((15 / 7) * GB))
    assert.equal(fullInDays, 10)
    assert.equal(rawDays, Math.floor((6 + 12 + 22) / (15 / 7)))
  })

  it('says nothing before the first whole day', () => {
    const facts = forecast([{ name: 'raw', ageMs: null, days: days(10, 10, GB) }], now, GB)
    assert.deepEqual([facts.bytesPerDay, facts.fullInDays, facts.rawDays], [null, null, null])
  })

  it('knows that what is kept for a time stops growing', () => {
    const of = (room: number) =>
      forecast(
        [
          { name: 'raw', ageMs: 5 * DAY, days: days(5, 10, 10 * GB) },
          { name: 'hour', ageMs: null, days: days(0, 10, GB) },
        ],
        now,
        room,
      )
    assert.equal(of(100 * GB).fullInDays, 100, 'only the sums by hour grow')
    const bounded = forecast([{ name: 'raw', ageMs: 20 * DAY, days: days(5, 10, 10 * GB) }], now, 200 * GB)
    assert.equal(bounded.fullInDays, null)
    const short = forecast([{ name: 'raw', ageMs: 20 * DAY, days: days(5, 10, 10 * GB) }], now, 50 * GB)
    assert.deepEqual([short.fullInDays, short.rawDays], [5, 11])
  })
})
