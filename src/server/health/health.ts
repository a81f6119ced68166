/** Whether the numbers are complete: gathers what the threads know of themselves. */
import { statfs } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { LOSSES, LOSS_NAMES } from '../../shared/losses.ts'
import type { Counters } from '../counters.ts'
import type { Demo } from '../demo-traffic.ts'
import type { Frozen } from '../frozen.ts'
import type { ExporterStatus, IntakeCalls, ListenerStatus, SourceCalls, StoreCalls, StoreStatus } from '../messages.ts'
import type { NamedFilters } from '../named-filters.ts'
import type { QuestionFigures, Questions } from '../questions.ts'
import type { SourceStatus } from '../sources/source.ts'
import { version } from '../version.ts'
import type { WorkerCalls } from '../worker-calls.ts'
import { findingsOf } from './findings.ts'
import type { Prices } from '../../shared/prices.ts'
import { Samples } from './samples.ts'

/** A thread that takes longer to say how it is does not answer. */
const ANSWER_MS = 3000

export interface HealthSources {
  readonly counters: Counters
  readonly intake: WorkerCalls<IntakeCalls>
  readonly store: WorkerCalls<StoreCalls>
  /** Null where no source is configured. */
  readonly sources: WorkerCalls<SourceCalls> | null
  readonly configured: readonly Pick<SourceStatus, 'name' | 'type'>[]
  readonly questions: Questions
  readonly demo: Demo
  readonly namedFilters: NamedFilters
  /** Null where none are configured. */
  readonly prices: Prices | null
  readonly dataDir: string
  /** Where page and API answer, if other machines can reach it. */
  readonly openAddress: string | null
  readonly limits: { readonly waitingSets: number; readonly queuedBatches: number }
}

export class Health {
  readonly counters: Counters
  private readonly sources: HealthSources
  private readonly startedAt = performance.now()
  private readonly samples: Samples
  private readonly timer: NodeJS.Timeout

  constructor(sources: HealthSources) {
    this.sources = sources
    this.counters = sources.counters
    this.samples = new Samples(sources.counters, performance.now())
    this.timer = setInterval(() => this.samples.tick(performance.now()), 1000)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** Rejects where the intake thread does not answer. */
  exporters(): Promise<readonly ExporterStatus[]> {
    return this.sources.intake.call('exporters', undefined, AbortSignal.timeout(ANSWER_MS))
  }

  /** Interface names of an exporter, by number; none where the intake thread does not answer. */
  async interfaceNames(exporter: string): Promise<ReadonlyMap<number, string>> {
    const limit = AbortSignal.timeout(ANSWER_MS)
    return this.sources.intake.call('interfaceNames', exporter, limit).catch(() => new Map<number, string>())
  }

  questions(): QuestionFigures {
    return this.sources.questions.figures()
  }

  uptimeSeconds(): number {
    return (performance.now() - this.startedAt) / 1000
  }

  /** Never fails: a thread that does not answer is a finding. */
  async report(): Promise<Frozen<AnswerOf<'health'>>> {
    const { counters, questions, demo, limits } = this.sources
    const { ENRICHERS } = await import('../intake/enrich/index.ts')
    const [store, exporters, listeners, disk, stateFile, sources] = await Promise.all([
      this.store(),
      this.exporters().catch(() => null),
      this.listeners().catch(() => null),
      this.disk(),
      this.stateFile().catch(() => null),
      this.logSources().catch((error: unknown) => this.silentSources((error as Error).message)),
    ])
    const findings = findingsOf({
      nowMs: Date.now(),
      lostLately: this.samples.lostLately(),
      waitingSets: counters.get('waitingSets'),
      intakeAnswers: exporters !== null && listeners !== null,
      listeners: listeners ?? [],
      stateFile: stateFile ?? { problem: null, found: null },
      exporters: exporters ?? [],
      store,
      disk,
      damagedFilters: this.sources.namedFilters.damagedFiles(),
      openAddress: this.sources.openAddress,
      sources,
    })
    const losses = LOSS_NAMES.map((name) => ({
      name,
      station: LOSSES[name].station,
      unit: LOSSES[name].unit,
      meaning: LOSSES[name].meaning,
      count: counters.get(name),
    }))
    return {
      status:
        store.lastError !== null ? 'failed' : findings.some((finding) => finding.level !== 'info') ? 'degraded' : 'ok',
      version,
      uptimeSeconds: this.uptimeSeconds(),
      memoryBytes: process.memoryUsage.rss(),
      cpuSeconds: cpuSeconds(),
      addresses: ownAddresses(),
      intake: {
        datagrams: counters.get('datagrams'),
        bytes: counters.get('bytes'),
        records: counters.get('records'),
        flows: counters.get('flows'),
        options: counters.get('options'),
        templates: counters.get('templates'),
        lost: counters.losses(),
        filtered: counters.filtered(),
        perSecond: this.samples.perSecond(),
        exporters: counters.get('exporters'),
        waitingSets: counters.get('waitingSets'),
        waitingSetsLimit: limits.waitingSets,
        queuedBatches: counters.get('queuedBatches'),
        queuedBatchesLimit: limits.queuedBatches,
        listeners: listeners ?? [],
        enrichers: ENRICHERS.map(({ name, known }) => ({
          name,
          rows: counters.get('enriched'),
          known: counters.get(known),
        })),
      },
      store: {
        ...store,
        lastCommitMs: counters.get('commits') > 0 ? counters.get('lastCommitMs') : null,
        longestCommitMs: counters.get('longestCommitMs'),
      },
      sources: [...sources],
      questions: questions.figures(),
      prices: this.sources.prices && { ...this.sources.prices },
      demo: demo.state(),
      losses,
      findings,
    }
  }

  async store(): Promise<StoreStatus> {
    const limit = AbortSignal.timeout(ANSWER_MS)
    try {
      return await this.sources.store.call('status', undefined, limit)
    } catch (error) {
      return {
        kind: 'duckdb',
        flows: 0,
        bytesOnDisk: 0,
        oldest: null,
        newest: null,
        partitions: [],
        recovered: null,
        sums: { lastError: null, damaged: [] },
        counters: { samples: 0, bytesOnDisk: 0, lastError: null },
        retention: {
          kept: [],
          bytesPerDay: null,
          limitBytes: null,
          roomBytes: null,
          fullInDays: null,
          rawDays: null,
          dropped: { files: 0, bytes: 0, last: [] },
        },
        lastError: limit.aborted ? 'the store thread does not answer' : (error as Error).message,
      }
    }
  }

  /** Rejects where the intake thread does not answer. */
  listeners(): Promise<readonly ListenerStatus[]> {
    return this.sources.intake.call('listeners', undefined, AbortSignal.timeout(ANSWER_MS))
  }

  /** Rejects where the sources thread does not answer. */
  private async logSources(): Promise<SourceCalls['status'][1]> {
    return (await this.sources.sources?.call('status', undefined, AbortSignal.timeout(ANSWER_MS))) ?? []
  }

  /** Where their thread does not answer, or has ended. */
  private silentSources(why: string): SourceCalls['status'][1] {
    return this.sources.configured.map(({ name, type }) => ({
      name,
      type,
      state: 'failing',
      trouble: `the thread of sources does not answer (${why})`,
      remedy: 'Look into the log and start Weir again: no record is lost, and none is taken twice.',
      flows: 0,
      deadLetters: 0,
      behindMs: null,
      progress: null,
    }))
  }

  private stateFile(): Promise<IntakeCalls['stateFile'][1]> {
    return this.sources.intake.call('stateFile', undefined, AbortSignal.timeout(ANSWER_MS))
  }

  private async disk(): Promise<{ free: number; size: number } | null> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.sources.dataDir)
      return { free: bavail * bsize, size: blocks * bsize }
    } catch {
      return null
    }
  }
}

/** CPU seconds of all threads so far. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outer = all.filter((each) => !each.internal && !/^fe80:/i.test(each.address))
  return outer.toSorted((a, b) => a.family.localeCompare(b.family)).map((each) => each.address)
}
