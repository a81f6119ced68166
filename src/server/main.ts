/** The main thread: starts intake, store and HTTP, tells of their end, and stops them in order. */
import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { MessageChannel, Worker, type Transferable } from 'node:worker_threads'
import { WeirError } from '../shared/api/errors.ts'
import { formatAddress, isLoopback, readAddress, readListener, type Address } from './config/address.ts'
import { addSiteFields } from '../shared/schema/fields.ts'
import { exporterSettings } from './config/exporters.ts'
import type { Config } from './config/schema.ts'
import { Counters } from './counters.ts'
import { Demo } from './demo-traffic.ts'
import { pricesOf } from '../shared/prices.ts'
import { Health } from './health/health.ts'
import { KnownNames } from './known-names.ts'
import { announce, withdraw } from './holder.ts'
import { readFilters } from './intake/filter/settings.ts'
import type { Log } from './log.ts'
import type {
  IntakeCalls,
  IntakeSetup,
  ListenerStatus,
  SourceCalls,
  SourcesSetup,
  StoreCalls,
  StoreSetup,
} from './messages.ts'
import { NamedFilters } from './named-filters.ts'
import { Pushes } from './pushes.ts'
import { Questions } from './questions.ts'
import { Upkeep } from './upkeep.ts'
import { keepSiteFields } from './stores/site-fields.ts'
import { WorkerCalls } from './worker-calls.ts'

export interface Weir {
  /** `http://HOST:PORT` */
  readonly http: string
  /** `udp://HOST:PORT`, `tcp://…` or `tls://…` of each listener, with the port that it got. */
  readonly listeners: readonly string[]
  /** Resolves with the reason when a thread ends that should not. */
  readonly broken: Promise<string>
  /** Takes in what has arrived, writes everything out, closes. */
  stop(): Promise<void>
}

/** A question does not wait longer than this for what exporters call their interfaces. */
const NAMES_MS = 1000

/** Rejects with a WeirError that says what stands in the way; nothing is left running then. */
export async function startWeir(config: Config, log: Log): Promise<Weir> {
  const dataDir = path.resolve(config.data)
  const { fields } = config
  addSiteFields(fields)
  const filters = readFilters(config.intake)
  const settings = exporterSettings(config)
  const between = new MessageChannel()
  const sourceCounters = new Counters()
  const counters = new Counters(undefined, [sourceCounters.shared])
  const fromSources = config.sources.length > 0 ? { batches: new MessageChannel(), calls: new MessageChannel() } : null
  const store = new Thread<StoreCalls>(
    'store',
    './stores/duckdb/worker',
    log,
    [between.port2, ...(fromSources ? [fromSources.batches.port2, fromSources.calls.port2] : [])],
    {
      dataDir,
      fields,
      counters: counters.shared,
      threads: config.store.threads || Math.max(1, availableParallelism() - 1),
      memoryLimitBytes: config.store.memory,
      temporaryLimitBytes: config.store.temporary,
      retention: config.retention,
      limits: config.limits,
      settings,
      intake: between.port2,
      sources: fromSources ? { batches: fromSources.batches.port2, calls: fromSources.calls.port2 } : undefined,
    } satisfies StoreSetup,
  )
  const intake = new Thread<IntakeCalls>('intake', './intake/worker', log, [between.port1], {
    listen: config.listen,
    receiveBufferBytes: config.receiveBuffer,
    filters,
    streams: {
      connections: config.limits.connections,
      idleMs: config.limits.idleConnection,
      tls: config.tls ?? null,
    },
    limits: config.limits,
    settings,
    fields,
    dataDir,
    counters: counters.shared,
    store: between.port1,
  } satisfies IntakeSetup)
  const sources = fromSources
    ? new Thread<SourceCalls>(
        'sources',
        './sources/worker',
        log,
        [fromSources.batches.port1, fromSources.calls.port1],
        {
          sources: config.sources,
          filters,
          limits: config.limits,
          settings,
          fields,
          dataDir,
          counters: sourceCounters.shared,
          batches: fromSources.batches.port1,
          store: fromSources.calls.port1,
        } satisfies SourcesSetup,
      )
    : null
  // The rest lives on without it; Health tells of each source then.
  void sources?.broken.then((why) => log.error(`${why}; flow logs are not taken in until Weir starts again`))
  /** What undoes each step of the start; the last step first. */
  const steps: (() => unknown)[] = [() => store.end(), () => intake.end(), () => sources?.end()]
  const stop = async (): Promise<void> => {
    for (const undo of steps.splice(0).toReversed()) await undo()
  }

  try {
    const [{ createApp }, listening] = await Promise.all([import('./api/app.ts'), intake.ready, store.ready])
    await intake.calls.call('keep', undefined)
    const listeners = listening.map((listener) => listener.url)
    const address = readAddress(config.http.listen)
    const questions = new Questions(store.calls, config.http.timeLimit)
    const upkeep = new Upkeep(store.calls, dataDir)
    const demo = new Demo(listeners.filter((url) => readListener(url).scheme === 'udp'))
    steps.push(() => demo.stop())
    const namedFilters = new NamedFilters(dataDir, (message) => log.error(message))
    const health = new Health({
      counters,
      intake: intake.calls,
      store: store.calls,
      sources: sources?.calls ?? null,
      configured: config.sources,
      questions,
      demo,
      namedFilters,
      prices: pricesOf(config.prices),
      dataDir,
      openAddress: isLoopback(address.host) ? null : config.http.listen,
      limits: config.limits,
    })
    steps.push(() => health.stop())
    const names = new KnownNames(
      () => intake.calls.call('names', undefined, AbortSignal.timeout(NAMES_MS)),
      settings,
      () => namedFilters.all(),
    )
    const pushes = new Pushes(config.sources, sources?.calls ?? null)
    const cloudInterfaces = async (atMs: number) => (await sources?.calls.call('interfaces', { atMs })) ?? []
    const app = await createApp(
      { names, limits: config.limits.question, namedFilters, questions, health, demo, upkeep, pushes, cloudInterfaces },
      { names: config.http.names, log },
    )
    steps.push(() => app.close())
    const http = await listen(app, address)
    announce(dataDir, http, upkeep.token)
    keepSiteFields(dataDir, fields)
    steps.push(() => withdraw(dataDir))
    if (!isLoopback(address.host))
      log.warn(
        `page and API answer on ${http} without sign-in: who reaches it sees all flows; put a proxy with sign-in before it, or choose --http 127.0.0.1:${address.port}`,
      )
    return {
      http,
      listeners,
      broken: Promise.race([intake.broken, store.broken]),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A worker thread: whether it is ready, what it can be asked, that it ended. */
class Thread<Calls extends { stop: [undefined, undefined] } & { [K in keyof Calls]: [unknown, unknown] }> {
  readonly calls: WorkerCalls<Calls>
  /** Rejects with what keeps it from starting. */
  readonly ready: Promise<readonly ListenerStatus[]>
  /** Resolves with the reason when it ends without having been asked to. */
  readonly broken: Promise<string>
  private readonly worker: Worker
  private readonly gone: Promise<void>
  private ending = false

  constructor(name: string, file: string, log: Log, transferList: readonly Transferable[], workerData: object) {
    // Beside this file, with its ending: both are compiled.
    const worker = new Worker(new URL(`${file}.js`, import.meta.url), {
      name,
      workerData,
      transferList: [...transferList],
    })
    let why = `the ${name} thread ended`
    worker.on('error', (error: Error) => {
      why = `the ${name} thread failed: ${error.stack ?? error.message}`
    })
    this.worker = worker
    this.gone = new Promise((resolve) => worker.once('exit', () => resolve()))
    this.broken = this.gone.then(() => (this.ending ? new Promise<never>(() => undefined) : why))
    let started: (listeners: readonly ListenerStatus[]) => void
    let refused: (reason: WeirError) => void
    this.ready = new Promise((resolve, reject) => {
      started = resolve
      refused = reject
    })
    this.ready.catch(() => undefined)
    this.calls = new WorkerCalls<Calls>(worker, (message) => {
      if ('log' in message) log[message.log.level](message.log.message)
      else if ('ready' in message) started(message.ready.listeners ?? [])
      else refused(new WeirError(message.failed.code, message.failed.message))
    })
    worker.once('exit', () => {
      refused(new WeirError('failed', why))
      this.calls.end(why)
    })
  }

  /** Asks it to stop, and waits until it has. */
  async end(): Promise<void> {
    this.ending = true
    const isReady = await this.ready.then(
      () => true,
      () => false,
    )
    if (isReady) await this.calls.call('stop', undefined).catch(() => undefined)
    await this.worker.terminate()
    await this.gone
  }
}

async function listen(app: FastifyInstance, address: Address): Promise<string> {
  const { host, port } = address
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const at = `http ${formatAddress(address)}`
    if (code === 'EADDRINUSE')
      throw new WeirError(
        'portTaken',
        `${at}: address in use; another program listens on port ${port}. Stop it, or choose another: --http ${formatAddress({ host, port: port + 1 })}`,
      )
    if (code === 'EACCES')
      throw new WeirError(
        'failed',
        `${at}: not permitted; ports below 1024 need a privilege. Choose another: --http ${formatAddress({ host, port: 3055 })}`,
      )
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new WeirError(
        'failed',
        `${at}: ${host} is no address of this machine; choose one of its own, such as --http 127.0.0.1:${port}`,
      )
    throw new WeirError('failed', `${at}: ${message}`)
  }
  return `http://${formatAddress({ host, port: (app.server.address() as AddressInfo).port })}`
}
