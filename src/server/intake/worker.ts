/** The intake thread: sockets in, batches out. Started by the main thread with an IntakeSetup; see messages.ts. */
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { WeirError } from '../../shared/api/errors.ts'
import type { LossName } from '../../shared/losses.ts'
import { addSiteFields } from '../../shared/schema/fields.ts'
import { readListener } from '../config/address.ts'
import { Counters } from '../counters.ts'
import type { IntakeCalls, IntakeSetup, Reply } from '../messages.ts'
import { answerCalls, type Port } from '../worker-calls.ts'
import { ENRICHERS } from './enrich/index.ts'
import { exporterTest } from './filter/settings.ts'
import type { Name } from './knowledge.ts'
import { Journal, type Level } from './journal.ts'
import { StateFile } from './state/state-file.ts'
import { entriesOf, remember } from './state/remembered.ts'
import { StoreOutput } from './output.ts'
import { Pipeline } from './pipeline.ts'
import type { Session } from './session.ts'
import type { Listener } from './sources/listener.ts'
import { StreamListener } from './sources/stream.ts'
import { UdpListener } from './sources/udp.ts'
import { exporterStatus, FlowRates } from './status.ts'

/** Rows wait this long at most for their batch to fill. */
const BATCH_MS = 200
/** How long the store may take over the last batches. */
const LAST_BATCHES_MS = 6000

const main = parentPort as Port & NonNullable<typeof parentPort>
const setup = workerData as IntakeSetup
addSiteFields(setup.fields)
const counters = new Counters(setup.counters)
const log = (level: Level, message: string): void => main.postMessage({ log: { level, message } } satisfies Reply)

raisePriority()
const journal = new Journal(counters, log)
const output = new StoreOutput(setup.store, counters, setup.limits.queuedBatches)
const stateFile = setup.dataDir === undefined ? null : new StateFile(join(setup.dataDir, 'exporters.state'), log)
const pipeline = new Pipeline({
  counters,
  limits: setup.limits,
  settings: setup.settings,
  ...(setup.filters
    ? {
        keep: setup.filters.flows,
        allows: exporterTest(setup.filters.exporters),
        deniedProtocols: setup.filters.protocols.deny,
      }
    : {}),
  notes: stateFile ?? undefined,
  sink: output,
  counterSink: output,
  enrichers: ENRICHERS,
  onRefused: (...refused) => journal.refused(...refused),
})
const rates = new FlowRates()
const listeners: Listener[] = []
const streams: StreamListener[] = []

try {
  if (stateFile) remember(pipeline.exporters, await stateFile.read(), Date.now())
  await listen()
  const timers = [setInterval(handOn, BATCH_MS / 4), setInterval(everySecond, 1000)]
  answerCalls<IntakeCalls>(main, {
    exporters: () => Array.from(pipeline.exporters, (exporter) => exporterStatus(exporter, rates.perSecond(exporter))),
    interfaceNames: (address) => {
      const names = pipeline.exporters.at(address)?.knowledge.of('interface') ?? new Map<number, Name>()
      return new Map(Array.from(names, ([index, { name, description }]) => [index, name || description]))
    },
    names: () =>
      Array.from(pipeline.exporters, ({ address, counters: { host }, knowledge }) => ({
        address,
        name: host?.name ?? null,
        interfaces: knowledge.of('interface'),
      })).filter(({ name, interfaces }) => name !== null || interfaces.size > 0),
    listeners: () => listeners.map((listener) => listener.status()),
    stateFile: () => ({ problem: stateFile?.problem ?? null, found: stateFile?.found ?? null }),
    keep: () => {
      stateFile?.start(() => entriesOf(pipeline.exporters))
      return undefined
    },
    stop: () => stop(timers),
  })
  main.postMessage({ ready: { listeners: listeners.map((listener) => listener.status()) } } satisfies Reply)
} catch (error) {
  const { code, message } = error instanceof WeirError ? error : { code: 'failed' as const, message: String(error) }
  main.postMessage({ failed: { code, message } } satisfies Reply)
  for (const listener of listeners) await listener.close()
  setup.store.close()
  main.close()
}

async function listen(): Promise<void> {
  const { receiveBufferBytes, streams: streamSettings } = setup
  const udp = {
    receiveBufferBytes,
    receive: (bytes: Uint8Array, address: string, port: number) => pipeline.receive(bytes, address, Date.now(), port),
    log,
  }
  const stream = {
    ...streamSettings,
    receive: (bytes: Uint8Array, address: string, port: number, session: Session) => {
      pipeline.receive(bytes, address, Date.now(), port, session)
      if (output.busy) holdStreams()
    },
    ended: (session: Session) => pipeline.end(session),
    lose: (loss: LossName, address: string, bytes: Uint8Array) => {
      counters.add(loss, 1)
      journal.refused(address, loss, bytes)
    },
    log,
  }
  const addresses = setup.listen.filter((url) => url !== 'none').map((url) => ({ url, ...readListener(url) }))
  for (const { url, scheme, host, port } of addresses) {
    // [::] takes IPv4 too, unless a listener of its own does on the same port.
    const ipv6Only =
      host.includes(':') &&
      addresses.some(
        (other) => (other.scheme === 'udp') === (scheme === 'udp') && other.port === port && !other.host.includes(':'),
      )
    if (scheme === 'udp') listeners.push(await UdpListener.open(url, udp, ipv6Only))
    else {
      const opened = await StreamListener.open(url, stream, ipv6Only)
      listeners.push(opened)
      streams.push(opened)
    }
  }
}

/** A sender over TCP can wait, and shall not lose anything while the store is busy. */
function holdStreams(): void {
  for (const listener of streams) listener.pause()
}

function handOn(): void {
  if (!output.busy) for (const listener of streams) listener.resume()
  if (!output.full) pipeline.flush(Date.now() - BATCH_MS)
}

function everySecond(): void {
  const nowMs = Date.now()
  for (const listener of listeners) counters.add('kernel.drops', listener.newDrops())
  rates.tick(nowMs, pipeline.exporters)
  journal.tick(nowMs, pipeline.exporters)
}

async function stop(timers: readonly NodeJS.Timeout[]): Promise<undefined> {
  await takeWhatIsThere()
  for (const listener of listeners) await listener.close()
  for (const timer of timers) clearInterval(timer)
  everySecond()
  pipeline.flush()
  await Promise.all([output.settled(LAST_BATCHES_MS), stateFile?.stop()])
  setup.store.close()
  void setImmediate().then(() => main.close())
}

/** Reads the sockets until nothing came for a moment, so that what had arrived before the stop is not lost with them. */
async function takeWhatIsThere(): Promise<void> {
  let before = -1
  for (let turn = 0; turn < 20 && counters.get('datagrams') !== before; turn++) {
    before = counters.get('datagrams')
    await wait(10)
  }
}

/** The kernel's buffers hold some milliseconds of datagrams: this thread comes first. Only Linux has priorities by thread. */
function raisePriority(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(0, constants.priority.PRIORITY_HIGH)
  } catch {
    // Needs a privilege; without it, the receive buffer has to carry more.
  }
}
