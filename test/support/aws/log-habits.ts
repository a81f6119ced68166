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
  /** Nothing is put any more: the events are read from the real part once, until habits are set anew, not at each call. */
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

/** Where something stands in the scan; `copy` is 1 for an event that is given again. */
interface Position {
  readonly key: number
  readonly eventId: string
  readonly copy: 0 | 1
}

interface Entry extends Position {
  readonly event: StoredEvent
  /** When it can be seen. */
  readonly fromMs: number
}

interface Token {
  readonly after: Position | null
  readonly query: number
  readonly issuedMs: number
  /** Empty pages in a row before it. */
  readonly empty: number
}

export class LogPages {
  readonly #seed: number
  readonly #nowMs: () => number
  #habits: LogHabits = {}
  readonly #frozen = new Map<string, StoredEvent[]>()
  /** Of each event what was found once: a day of polls asks for the same ones again and again. */
  #known = new WeakMap<StoredEvent, readonly Entry[]>()
  #pages = 0

  constructor(seed: number, nowMs: () => number) {
    this.#seed = seed
    this.#nowMs = nowMs
  }

  get habits(): LogHabits {
    return this.#habits
  }

  set habits(habits: LogHabits) {
    this.#habits = habits
    this.#frozen.clear()
    this.#known = new WeakMap()
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
    const rest = after === null ? all : all.filter((entry) => compare(entry, after) > 0)
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
    return give(page, more && last ? { after: positionOf(last), empty: 0 } : null)
  }

  /** What can be seen by now, in the order in which it is given. */
  #entries(events: readonly StoredEvent[]): Entry[] {
    const now = this.#nowMs()
    const entries: Entry[] = []
    for (const event of events) {
      let of = this.#known.get(event)
      if (!of) this.#known.set(event, (of = this.#entriesOf(event)))
      for (const entry of of) if (entry.fromMs <= now) entries.push(entry)
    }
    return entries.sort(compare)
  }

  #entriesOf(stored: StoredEvent): Entry[] {
    const { lateness, duplicates = 0, disorderMs = 0 } = this.habits
    const late = lateness?.(stored)
    const event = late === undefined ? stored : { ...stored, ingestionTime: stored.timestamp + late }
    const name = `${event.logStreamName} ${event.timestamp} ${event.message}`
    const fromMs = late === undefined ? -Infinity : event.ingestionTime
    const key = event.timestamp + Math.round((this.#chance(`order ${name}`) * 2 - 1) * disorderMs)
    const first: Entry = { key, eventId: event.eventId, copy: 0, event, fromMs }
    if (this.#chance(`twice ${name}`) >= duplicates) return [first]
    return [first, { ...first, key: key + Math.round(this.#chance(`again ${name}`) * SECOND_TIME_MS), copy: 1 }]
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
      events.sort((a, b) => a.timestamp - b.timestamp)
      if (this.habits.frozen) this.#frozen.set(name, events)
    }
    const prefix = textOf(call, 'logStreamNamePrefix')
    const inRange = events.slice(
      firstFrom(events, Number(startTime ?? 0)),
      firstFrom(events, Number(endTime ?? Infinity) + 1),
    )
    const wanted = inRange.filter((event) => event.logStreamName.startsWith(prefix))
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

/** Index of the first event of this time or later; they are in order of time. */
function firstFrom(events: readonly StoredEvent[], timestamp: number): number {
  let low = 0
  for (let high = events.length; low < high;) {
    const middle = (low + high) >> 1
    if ((events[middle] as StoredEvent).timestamp < timestamp) low = middle + 1
    else high = middle
  }
  return low
}

function positionOf({ key, eventId, copy }: Position): Position {
  return { key, eventId, copy }
}

function compare(a: Position, b: Position): number {
  if (a.key !== b.key) return a.key - b.key
  if (a.eventId !== b.eventId) return a.eventId < b.eventId ? -1 : 1
  return a.copy - b.copy
}
