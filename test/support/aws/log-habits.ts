/** FilterLogEvents as AWS answers it, and worse where a test wishes so. */
import { errorAnswer, jsonAnswer, jsonOf, textOf, type Answer, type Call } from './aws-call.ts'
import { hash } from './hash.ts'

export interface StoredEvent {
  readonly eventId: string
  readonly logStreamName: string
  readonly timestamp: number
  readonly ingestionTime: number
  readonly message: string
}

/** All chances are of the seed and the event, the same on every run. */
export interface LogHabits {
  /** Milliseconds from the event's own time until it is given. Without it all are given at once. */
  readonly lateness?: (event: StoredEvent) => number
  /** Chance, 0 to 1, that an event is given twice in a scan, the second time up to a minute further on, with the same id. */
  readonly duplicates?: number
  /** Events are given as if they had happened up to so much earlier or later: out of order within pages and over them. */
  readonly disorderMs?: number
  /** Chance that a page is empty, though with a token; after the last event too. Never more than three follow each other. */
  readonly emptyPages?: number
  /** Events on a page, at most; AWS gives 10,000. */
  readonly pageEvents?: number
  /** Nothing is put any more: the events are read from the real part once, not at each call. */
  readonly frozen?: boolean
}

/** AWS: a page has at most 10,000 events and 1 MB; an event counts as its UTF-8 bytes and 26 more. */
const PAGE_EVENTS = 10_000
const PAGE_BYTES = 1_048_576
const EVENT_OVERHEAD = 26
/** AWS: a token is good for 24 hours. */
const TOKEN_MS = 86_400_000
const EMPTY_IN_A_ROW = 3
/** A duplicate comes up to so much later. */
const SECOND_TIME_MS = 60_000

/** An event where it stands in the scan; `copy` is 1 for one that is given again. */
interface Entry {
  readonly key: number
  readonly event: StoredEvent
  readonly copy: 0 | 1
}

type Position = readonly [key: number, eventId: string, copy: number]

interface Token {
  readonly after: Position | null
  readonly query: number
  readonly issuedMs: number
  /** Empty pages in a row before it. */
  readonly empty: number
}

export class LogPages {
  habits: LogHabits = {}
  readonly #seed: number
  readonly #nowMs: () => number
  readonly #frozen = new Map<string, StoredEvent[]>()
  #pages = 0

  constructor(seed: number, nowMs: () => number) {
    this.#seed = seed
    this.#nowMs = nowMs
  }

  /** Answers the call; `ask` asks the real part with another input. */
  async answer(call: Call, ask: (input: object) => Promise<Answer>): Promise<Answer> {
    const { input } = call
    const refused = refusal(call)
    if (refused) return refused
    const same = Object.entries({ ...input, nextToken: '', limit: 0 }).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const query = hash(this.#seed, JSON.stringify(same))
    const token = this.#read(textOf(call, 'nextToken'), query)
    if (token === 'invalid') {
      return errorAnswer(call, 'InvalidParameterException', 400, 'The specified nextToken is invalid.')
    }
    const found = await this.#events(call, ask)
    if ('status' in found) return found
    return this.#page(found.answer, this.#entries(found.events), token, query, Number(input['limit'] ?? PAGE_EVENTS))
  }

  #page(answer: Answer, all: readonly Entry[], token: Token | null, query: number, limit: number): Answer {
    const { emptyPages = 0, pageEvents = PAGE_EVENTS } = this.habits
    const after = token?.after ?? null
    const rest = after === null ? all : all.filter((entry) => compare(position(entry), after) > 0)
    const give = (entries: readonly Entry[], next: Omit<Token, 'query' | 'issuedMs'> | null): Answer =>
      jsonAnswer(answer, {
        events: entries.map(({ event }) => event),
        searchedLogStreams: [],
        ...(next === null ? {} : { nextToken: this.#write({ ...next, query, issuedMs: this.#nowMs() }) }),
      })
    const emptyBefore = token?.empty ?? 0
    const empty = () => this.#chance(`empty ${this.#pages++}`) < emptyPages
    if (rest.length > 0 && emptyBefore < EMPTY_IN_A_ROW && empty()) return give([], { after, empty: emptyBefore + 1 })
    const most = Math.min(limit, pageEvents, PAGE_EVENTS)
    let bytes = 0
    let count = 0
    for (const { event } of rest) {
      bytes += Buffer.byteLength(event.message) + EVENT_OVERHEAD
      if (count === most || (count > 0 && bytes > PAGE_BYTES)) break
      count++
    }
    const page = rest.slice(0, count)
    const last = page.at(-1)
    const more = count < rest.length || (count > 0 && empty())
    return give(page, more && last ? { after: position(last), empty: 0 } : null)
  }

  /** What can be seen by now, in the order in which it is given. */
  #entries(events: readonly StoredEvent[]): Entry[] {
    const { lateness, duplicates = 0, disorderMs = 0 } = this.habits
    const now = this.#nowMs()
    const entries: Entry[] = []
    for (const stored of events) {
      const late = lateness?.(stored)
      const event = late === undefined ? stored : { ...stored, ingestionTime: stored.timestamp + late }
      if (late !== undefined && event.ingestionTime > now) continue
      const name = `${event.logStreamName} ${event.timestamp} ${event.message}`
      const key = event.timestamp + Math.round((this.#chance(`order ${name}`) * 2 - 1) * disorderMs)
      entries.push({ key, event, copy: 0 })
      if (this.#chance(`twice ${name}`) < duplicates) {
        entries.push({ key: key + Math.round(this.#chance(`again ${name}`) * SECOND_TIME_MS), event, copy: 1 })
      }
    }
    return entries.sort((a, b) => compare(position(a), position(b)))
  }

  async #events(
    call: Call,
    ask: (input: object) => Promise<Answer>,
  ): Promise<{ answer: Answer; events: StoredEvent[] } | Answer> {
    const { limit: _limit, nextToken: _token, startTime, endTime, ...asked } = call.input
    const range = this.habits.frozen ? {} : { startTime, endTime }
    const name = JSON.stringify(asked)
    let events = this.habits.frozen ? this.#frozen.get(name) : undefined
    let answer: Answer = OK
    if (!events) {
      events = []
      for (let nextToken: unknown; ;) {
        answer = await ask({ ...asked, ...range, nextToken })
        if (answer.status !== 200) return answer
        const page = jsonOf(answer.body)
        events.push(...(page['events'] as StoredEvent[]))
        nextToken = page['nextToken']
        if (typeof nextToken !== 'string') break
      }
      if (this.habits.frozen) this.#frozen.set(name, events)
    }
    const prefix = textOf(call, 'logStreamNamePrefix')
    const from = Number(startTime ?? 0)
    const to = Number(endTime ?? Infinity)
    const wanted = events.filter(
      (event) => event.timestamp >= from && event.timestamp <= to && event.logStreamName.startsWith(prefix),
    )
    return { answer, events: wanted }
  }

  #chance(text: string): number {
    return hash(this.#seed, text) / 2 ** 32
  }

  #write(token: Token): string {
    const text = Buffer.from(JSON.stringify(token)).toString('base64url')
    return `${text}.${hash(this.#seed, text).toString(16)}`
  }

  #read(value: string, query: number): Token | null | 'invalid' {
    if (value === '') return null
    const [text = '', check = ''] = value.split('.')
    if (hash(this.#seed, text).toString(16) !== check) return 'invalid'
    const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as Token
    return token.query === query && this.#nowMs() - token.issuedMs <= TOKEN_MS ? token : 'invalid'
  }
}

const OK: Answer = { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: Buffer.alloc(0) }

/** What AWS does not take and moto does. */
function refusal(call: Call): Answer | null {
  const { limit, startTime, endTime, logStreamNames, logStreamNamePrefix } = call.input
  const wrong = (message: string) => errorAnswer(call, 'InvalidParameterException', 400, message)
  if (limit !== undefined && !(Number(limit) >= 1 && Number(limit) <= PAGE_EVENTS)) {
    return wrong(
      `1 validation error detected: Value '${textOf(call, 'limit')}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${PAGE_EVENTS}`,
    )
  }
  if (startTime !== undefined && endTime !== undefined && Number(startTime) > Number(endTime)) {
    return wrong('End time should not be less than start time.')
  }
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    return wrong('LogStreamNamePrefix and LogStreamNames can not be specified together.')
  }
  return null
}

function position({ key, event, copy }: Entry): Position {
  return [key, event.eventId, copy]
}

function compare(a: Position, b: Position): number {
  if (a[0] !== b[0]) return a[0] - b[0]
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1
  return a[2] - b[2]
}
