/**
 * A store in a process of its own, to be killed at any moment, over and over in one folder. It checks what is there (see
 * `crash.ts`) and says so, then takes flows in as fast as they go, with sums in small slices and files written anew often;
 * moves on to new days, lets go of old ones and makes backups. JSON lines: `{"found": Day[], "wrong": […]}` once, then
 * `{"committed": [[day, flows]…]}` after each commit.
 *
 *   node --import tsx test/support/crash-child.ts FOLDER SEED
 */
import { join } from 'node:path'
import { batchOf } from './batches.ts'
import { countsByDay, DAY_MS, FIRST_DAY, flowOf, KEPT_DAYS, openCrashStore, wrongSums } from './crash.ts'
import { randoms } from './random.ts'

const [folder, seed] = process.argv.slice(2) as [string, string]
const draw = randoms(Number(seed))
const clock = { day: FIRST_DAY }
const limits = { flowsOfDay: 0 }
const store = await openCrashStore(join(folder, 'data'), limits, () => (clock.day + 0.5) * DAY_MS)
const found = await countsByDay(store)
const wrong = await wrongSums(store, limits, () => draw(4) === 0)
const say = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`)
say({ found, wrong, recovered: store.recovered })

const next = new Map(found.map(({ day, flows }) => [day, flows]))
let backup: Promise<unknown> | null = null
clock.day = Math.max(FIRST_DAY, ...next.keys())
for (;;) {
  if (draw(20) === 0) clock.day++
  if (draw(6) === 0) void store.keepInBounds()
  if (draw(15) === 0)
    backup ??= store
      .backUp(join(folder, 'backup'))
      .catch((error: unknown) => say({ backup: String(error) }))
      .finally(() => (backup = null))
  // Late ones too, some of days that are gone already.
  const days = new Set([clock.day, Math.max(FIRST_DAY, clock.day - draw(2 * KEPT_DAYS.raw))])
  for (const day of days) {
    const from = next.get(day) ?? 0
    const n = 1 + draw(200)
    await store.append(batchOf(Array.from({ length: n }, (_, i) => flowOf(day, from + i, draw))))
    next.set(day, from + n)
  }
  const before = [...next]
  if (draw(3) > 0) {
    await store.commit()
    say({ committed: before })
  }
}
