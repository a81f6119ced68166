/** Answers questions of every kind: what they read, whose turn it is, and what the answer says of itself. */
import type { DifferencesQuestion, DifferingValues } from '../../../../shared/query/differences.ts'
import type { Answer, Question, RecordAnswer, RecordQuestion, Scope } from '../../../../shared/query/question.ts'
import { stateScope } from '../../../../shared/query/scope.ts'
import type { SeenAnswer, SeenQuestion } from '../../../../shared/query/seen.ts'
import type { ValuesAnswer, ValuesQuestion } from '../../../../shared/query/values.ts'
import { client, clientNow } from '../../../client.ts'
import type { Reader } from '../files/database.ts'
import { isDamage } from '../files/day-file.ts'
import { ranksSmall } from './measured.ts'
import { ALWAYS, Days, filesOf, type DaysOptions, type Held } from './days.ts'
import { canEstimate, sampleError, sampledSums, sampleOf } from './estimate.ts'
import { answerDifferences } from './differences.ts'
import { exportFlows } from '../exchange/export.ts'
import { answerRecords, settleRange, type Scoped } from './flows.ts'
import { keptSums, type Origin } from './kept-sums.ts'
import { Memo } from './memo.ts'
import type { PartitionSource } from '../files/partitions.ts'
import type { PlanLimits } from './plan.ts'
import { answerQuestion, NOTHING_LEFT, type Sums } from './query.ts'
import { Repeats } from './repeats.ts'
import { answerSeen, besideMonths, hoursOf } from './seen.ts'
import { Sharing } from './sharing.ts'
import { isFlowGroup } from '../sql/groups.ts'
import { flowsParts, type Bounds, type FlowsPart } from '../sql/source.ts'
import { shapeOf, sums as statementOf, type Shape } from '../sql/sums.ts'
import { valuesOf } from './values-of.ts'

export interface AnswersOptions extends DaysOptions {
  /** How much memory may hold sums of questions asked before. */
  readonly memoBytes: number
  readonly planLimits: PlanLimits
  /** See `COUNT_MS`. */
  readonly countMs: number | undefined
}

/** Flows that all fields are read from at once: 1 s for 0.5 M, 3 s for 1 M. Of more, sums that are kept may say it sooner. */
const DIFFERENCES_ROWS = 1_500_000

/** Where the numbers of an answer came from. */
type From = Pick<Origin, 'resolution' | 'isWhole'> & Pick<Answer['meta'], 'dataFrom'>

export class Answers {
  private readonly options: AnswersOptions
  private readonly days: Days
  private readonly sharing = new Sharing()
  private readonly memo: Memo
  private readonly repeats = new Repeats()

  constructor(options: AnswersOptions) {
    this.options = options
    this.days = new Days(options)
    this.memo = new Memo(options.memoBytes)
  }

  query(question: Question, signal: AbortSignal): Promise<Answer> {
    return this.sharing.ask(keyOf('query', question), this.days.stateOf(question), signal, async (until) => {
      const began = performance.now()
      const { answer, from } =
        question.scope === 'deduplicated'
          ? await this.days.read(question, until, (reader, sources) => this.countedOnce(question, reader, sources))
          : await this.days.hold(question, until, (reader, held) => this.counted(question, reader, held))
      return {
        ...answer,
        meta: {
          ...answer.meta,
          scope: stateScope(question.scope),
          resolution: from.resolution,
          exact: answer.meta.exact && from.isWhole,
          dataFrom: from.dataFrom,
          tookMs: performance.now() - began,
        },
      }
    })
  }

  /** What the answer will be, about, where it takes long; null where it is there soon, or cannot be said of a sample. */
  estimate(question: Question, signal: AbortSignal): Promise<Answer | null> {
    if (!canEstimate(question)) return Promise.resolve(null)
    const { planLimits } = this.options
    return this.sharing.ask(keyOf('estimate', question), this.days.stateOf(question), signal, async (until) => {
      const began = performance.now()
      return this.days.hold(question, until, async (reader, held) => {
        const sums = keptSums(held, question, reader, planLimits)
        const groups = question.groupBy.filter(isFlowGroup)
        const shape = shapeOf(question, groups, question.intervalMs, ranksSmall(question))
        const oneIn = sampleOf(await sums.parts(shape), shape, planLimits)
        if (oneIn === null) return null
        const drawn = sampledSums(sums, oneIn)
        const answer = await answerQuestion(question, reader, drawn)
        const parts = await drawn.parts({ ...shape, intervalMs: null })
        return {
          ...answer,
          meta: {
            ...answer.meta,
            scope: stateScope(question.scope),
            resolution: sums.origin().resolution,
            exact: false,
            estimated: true,
            error: await sampleError(question, parts, answer.meta.totals, reader),
            dataFrom: this.flowsFrom(question),
            tookMs: performance.now() - began,
          },
        }
      })
    })
  }

  /** Null where there are so many flows to read that each dimension is better asked for by itself. */
  differences(question: DifferencesQuestion, signal: AbortSignal): Promise<readonly DifferingValues[] | null> {
    const { spans, scope } = question
    if (scope === 'deduplicated') return Promise.resolve(null)
    const hull = {
      fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
      toMs: Math.max(...spans.map(({ toMs }) => toMs)),
    }
    const touched = (sources: readonly PartitionSource[]) =>
      sources.filter(({ partition }) => spans.some(({ fromMs, toMs }) => partition.touches(fromMs, toMs)))
    const differ = (until: AbortSignal) =>
      this.days.read(
        hull,
        until,
        async (reader, sources) => {
          const runs: PartitionSource[][] = []
          for (const span of spans)
            runs.push(
              await runsOf(
                sources.filter(({ partition }) => partition.touches(span.fromMs, span.toMs)).map(within(span)),
                span,
                reader,
              ),
            )
          const rows = runs.flat().reduce((sum, { rows: { from, to } }) => sum + to - from, 0)
          if (rows > DIFFERENCES_ROWS) return null
          const parts = spans.map((span, i) => flowsParts(runs[i] as PartitionSource[], span))
          return answerDifferences(question, parts, reader)
        },
        touched,
      )
    return this.sharing.ask(keyOf('differences', question), this.days.flowsStateOf(hull), signal, differ)
  }

  /** Rejects with `badCursor`. */
  async flows(question: RecordQuestion, signal: AbortSignal): Promise<RecordAnswer> {
    const settled = settleRange(question)
    return this.sharing.ask(keyOf('flows', question), this.days.flowsStateOf(settled), signal, async (until) => {
      const began = performance.now()
      const answer = await this.days.read(settled, until, (reader, sources) =>
        this.scoped(settled.scope, reader, (scoped) =>
          answerRecords(settled, reader, sources, scoped, this.options.countMs),
        ),
      )
      return {
        ...answer,
        meta: {
          ...answer.meta,
          scope: stateScope(question.scope),
          dataFrom: this.flowsFrom(settled),
          tookMs: performance.now() - began,
        },
      }
    })
  }

  /** When an address was seen, over all that is kept. */
  seen(question: SeenQuestion, signal: AbortSignal): Promise<SeenAnswer> {
    return this.sharing.ask(keyOf('seen', question), this.days.stateOf(ALWAYS), signal, async (until) => {
      const began = performance.now()
      const answer = await this.askSeen(question, until)
      return { ...answer, dataFrom: this.days.oldest(true), tookMs: performance.now() - began }
    })
  }

  /**
   * Which values a field has, by a look at the newest flows. Somebody who types does not wait for his own questions: they take
   * turns as two clients.
   */
  values(question: ValuesQuestion, signal: AbortSignal): Promise<ValuesAnswer> {
    const look = (until: AbortSignal) =>
      valuesOf(question, until, (choose, ask, during) => this.days.read(question, during, ask, choose))
    return client.run(`${clientNow()} typing`, () =>
      this.sharing.ask(keyOf('values', question), this.days.flowsStateOf(question), signal, look),
    )
  }

  /** `record.id` of flows that were received at that moment or later. */
  recordIds(receivedFromMs: number, signal: AbortSignal): Promise<BigUint64Array> {
    return this.days.read(
      ALWAYS,
      signal,
      (reader, sources) =>
        reader.words(sources.map(({ table }) => idsSince(table, receivedFromMs)).join(' UNION ALL ')),
      (sources) =>
        sources.filter(({ columns, extent }) => columns.has('record_id') && extent.maxReceived >= receivedFromMs),
    )
  }

  /** Writes the flows that ended in the range to a Parquet file; gives how many. */
  exportTo(file: string, question: RecordQuestion, signal: AbortSignal): Promise<number> {
    return this.days.read(question, signal, (reader, sources) =>
      this.scoped(question.scope, reader, async (scoped) => exportFlows(question, reader, await scoped(sources), file)),
    )
  }

  private async counted(question: Question, reader: Reader, held: Held) {
    const session = this.memo.session(reader)
    const sums = keptSums(held, question, reader, this.options.planLimits, (shape, parts) => session.sums(shape, parts))
    try {
      const answer = await answerQuestion(question, reader, held.days.length > 0 ? sums : null)
      const { goneUntilMs, ...origin } = sums.origin()
      const dataFrom = Math.max(this.days.oldest(true) ?? Number.NEGATIVE_INFINITY, goneUntilMs ?? 0)
      const from: From = { ...origin, dataFrom: dataFrom > question.fromMs ? dataFrom : null }
      return { answer, from }
    } finally {
      await session.release()
    }
  }

  /** From flows alone; sums that are kept count all of them. */
  private countedOnce(question: Question, reader: Reader, sources: readonly PartitionSource[]) {
    return this.scoped(question.scope, reader, async (scoped) => {
      const parts = flowsParts(await scoped(sources), question)
      const sums = ofFlows(parts, (shape) => Promise.resolve(statementOf(shape, parts)))
      return {
        answer: await answerQuestion(question, reader, sources.length > 0 ? sums : null),
        from: this.rawFrom(question),
      }
    })
  }

  /** Out of the months where these have a day, or of all days by themselves where a file of one is damaged. */
  private async askSeen(question: SeenQuestion, signal: AbortSignal) {
    const { attachments, database, rollups } = this.options
    const months = rollups.months.damage === null ? rollups.months : null
    const days = this.days.all
    const beside = besideMonths(days, months)
    const names = days.map(({ name }) => name)
    try {
      return await attachments.use([...(months ? [months] : []), ...filesOf(beside)], () =>
        database.read(signal, (reader) =>
          reader.transaction(() => answerSeen(question, reader, months, names, beside)),
        ),
      )
    } catch (error) {
      if (!isDamage(error)) throw error
      return this.days.hold(ALWAYS, signal, async (reader, held) => {
        const there = held.days.map(hoursOf)
        await held.attach(filesOf(there))
        return reader.transaction(() => answerSeen(question, reader, null, [], there))
      })
    }
  }

  /** Does `work` with what gives sources without that which the scope leaves out. */
  private async scoped<T>(scope: Scope, reader: Reader, work: (scoped: Scoped) => Promise<T>): Promise<T> {
    if (scope !== 'deduplicated') return work((sources) => Promise.resolve([...sources]))
    const session = this.repeats.session(reader)
    try {
      return await work((sources) => session.leaveOut(sources))
    } finally {
      await session.release()
    }
  }

  private rawFrom(bounds: Bounds): From {
    return { resolution: 'raw', isWhole: true, dataFrom: this.flowsFrom(bounds) }
  }

  /** From when on there are flows, when the range begins before that. */
  private flowsFrom({ fromMs }: Bounds): number | null {
    const oldest = this.days.oldest(false)
    return oldest !== null && oldest > fromMs ? oldest : null
  }
}

function idsSince(table: string, receivedFromMs: number): string {
  return `SELECT record_id FROM ${table} WHERE received >= ${Math.floor(receivedFromMs)} AND record_id IS NOT NULL`
}

/** Sums that are made of flows, by the statement that `of` gives. */
function ofFlows(parts: readonly FlowsPart[], of: (shape: Shape) => Promise<string>): Sums {
  return {
    of,
    parts: () => Promise.resolve(parts),
    flows: () => Promise.resolve(parts),
    left: () => Promise.resolve(NOTHING_LEFT),
  }
}

/** A source as it is to a part of what it was asked for. */
function within({ fromMs, toMs }: Bounds): (source: PartitionSource) => PartitionSource {
  return (source) => ({ ...source, inside: source.extent.minStart >= fromMs && source.extent.maxEnd < toMs })
}

/** The rows of each partition that a question has to read, those wholly in its range apart. */
async function runsOf(sources: readonly PartitionSource[], bounds: Bounds, reader: Reader): Promise<PartitionSource[]> {
  const runs: PartitionSource[] = []
  for (const source of sources) {
    if (source.inside) {
      runs.push(source)
      continue
    }
    const blocks = await source.partition.readBlocks(reader)
    for (const { from, to, inside } of blocks.runs(bounds, source.rows.to))
      runs.push({ ...source, rows: { from, to }, inside })
  }
  return runs
}

function keyOf(
  call: string,
  question: Question | DifferencesQuestion | RecordQuestion | SeenQuestion | ValuesQuestion,
): string {
  return call + JSON.stringify(question, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
