/**
 * A source with a store, in a process of its own, to be killed at any moment. Time passes SPEED times as
 * fast as outside, from NOW_MS at AT_MS on. Prints one JSON line for each second or so: `{"state", "progress", "flows"}`.
 *
 *   node --import tsx test/support/source-child.ts FOLDER SETTINGS NOW_MS AT_MS SPEED
 */
import { setTimeout as wait } from 'node:timers/promises'
import { fastTime, runSource } from './source.ts'

const [folder, settings, nowMs, atMs, speed] = process.argv.slice(2) as [string, string, string, string, string]
const running = await runSource(folder, JSON.parse(settings), {
  clock: fastTime(Number(nowMs), Number(atMs), Number(speed)),
})
for (;;) {
  const { state, progress, trouble } = running.source.state()
  console.log(JSON.stringify({ state, progress, trouble, flows: running.intake.flows }))
  await wait(50)
}
