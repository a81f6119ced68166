/** `weir demo`: live to a collector, or as history into a folder. */
import { setTimeout as wait } from 'node:timers/promises'
import { WeirError } from '../../shared/api/errors.ts'
import { parseInterval, parseTime } from '../../shared/query/time.ts'
import { formatAddress, readAddress } from '../config/address.ts'
import { describeIncident, type Incident } from '../demo/incidents.ts'
import { ROUTERS } from '../demo/network.ts'
import { DemoSender } from '../demo/sender.ts'
import type { DemoOptions } from './demo.ts'
import { print, say } from './output.ts'
import { progress } from './progress.ts'

const LIVE_RATE = 500
const HISTORY_RATE = 20
/** Live, the incidents of so long ahead are printed. */
const AHEAD_MS = 2 * 3_600_000

/** Throws `badOption` where the options contradict each other. */
export async function runDemo(options: DemoOptions): Promise<void> {
  if ((options.to === undefined) === (options.data === undefined))
    throw new WeirError(
      'badOption',
      'say where the traffic goes: --to HOST:PORT, or --data DIR for a history; one of them',
    )
  if (options.to !== undefined) await sendLive(options, options.to)
  else await writeInto(options, options.data as string)
}

async function sendLive(options: DemoOptions, to: string): Promise<void> {
  const address = readAddress(to)
  const durationMs = options.duration === undefined ? null : spanOf('--duration', options.duration)
  const stopped = untilSignal()
  const rate = options.rate ?? LIVE_RATE
  const sender = await DemoSender.open({ ...address, flowsPerSecond: rate, seed: options.seed })
  await printIncidents(sender.incidents.filter((incident) => incident.fromMs < Date.now() + AHEAD_MS))
  say(
    `Sending about ${rate} flows a second to ${formatAddress(address)}${durationMs === null ? ', until Ctrl-C' : ''}:`,
  )
  for (const router of ROUTERS)
    say(
      `  ${router.name.padEnd(10)} ${router.protocol.padEnd(9)} ${sender.addresses?.get(router) ?? `domain ${router.domain}`}${router.sampling > 1 ? `  1:${router.sampling}` : ''}`,
    )
  if (!sender.addresses) say('All of them send from one address; the collector tells them apart by observation domain.')
  await (durationMs === null ? stopped : Promise.race([stopped, wait(durationMs)]))
  await sender.stop()
  say(`Sent ${sender.datagrams} datagrams.`)
}

async function writeInto(options: DemoOptions, dataDir: string): Promise<void> {
  const { writeHistory } = await import('../demo/history.ts')
  const spanMs = spanOf('--history', options.history)
  const until = parseTime(options.until, Date.now())
  if (until === null || until < spanMs)
    throw new WeirError('badOption', `--until ${options.until}: a time such as 2026-11-24T12:00Z or now-1h is needed`)
  const toMs = Math.floor(until / 1000) * 1000
  const bar = progress('Writing history')
  try {
    const { incidents, flows } = await writeHistory(
      { dataDir, fromMs: toMs - spanMs, toMs, flowsPerSecond: options.rate ?? HISTORY_RATE, seed: options.seed },
      (share) => bar.show(share),
      say,
    )
    bar.end()
    await printIncidents(incidents)
    say(
      `${flows.toLocaleString('en')} flows of ${options.history} are in ${dataDir}; look at them: weir serve --data ${dataDir}`,
    )
  } finally {
    bar.end()
  }
}

async function printIncidents(incidents: readonly Incident[]): Promise<void> {
  await print(incidents.map((incident) => `${describeIncident(incident)}\n`).join(''))
}

function spanOf(option: string, text: string): number {
  const ms = parseInterval(text)
  if (ms === null) throw new WeirError('badOption', `${option} ${text}: a span such as 30s, 10m, 12h or 7d is needed`)
  return ms
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
