/**
 * Reads an answer of FilterLogEvents where it stands, without making objects of it:
 *
 *   { "events": [ { "eventId": "…", "timestamp": 1764028800000, "message": "…", … }, … ], "nextToken": "…", … }
 *
 * Members may be in any order, and there may be others. Half the time of JSON.parse alone, and texts are there as the
 * decoders want them (`npm run -s bench -- cloudwatch`).
 */

/** An event of a page; the same object for each of them. */
export interface PageEvent {
  timestampMs: number
  /** Its id stands in `bytes[idFrom, idTo)`. */
  bytes: Uint8Array
  idFrom: number
  idTo: number
  /** Its text stands in `text[textFrom, textTo)`. */
  text: Uint8Array
  textFrom: number
  textTo: number
}

/** Gives each event to `take`, in their order; then the token of the next page, null where there is none. Throws a SyntaxError. */
export function readPage(body: Uint8Array, take: (event: PageEvent) => void): string | null {
  return new PageReader(body, take).read()
}

const QUOTE = 0x22
const COMMA = 0x2c
const PLUS = 0x2b
const MINUS = 0x2d
const POINT = 0x2e
const COLON = 0x3a
const EXPONENT = 0x45
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
/** Objects and lists in each other, of members that are passed over. */
const DEEPEST = 64

const EVENTS = Buffer.from('events')
const NEXT_TOKEN = Buffer.from('nextToken')
const EVENT_ID = Buffer.from('eventId')
const TIMESTAMP = Buffer.from('timestamp')
const MESSAGE = Buffer.from('message')

class PageReader {
  private readonly body: Uint8Array
  private readonly take: (event: PageEvent) => void
  private readonly event: PageEvent
  private at = 0
  /** Where the string that was read last stands, without its quotes, and whether there are escapes in it. */
  private from = 0
  private to = 0
  private hasEscapes = false
  /** The first backslash at or after `at`, as far as is known. */
  private backslash = -1

  constructor(body: Uint8Array, take: (event: PageEvent) => void) {
    this.body = body
    this.take = take
    this.event = { timestampMs: 0, bytes: body, idFrom: 0, idTo: 0, text: body, textFrom: 0, textTo: 0 }
    this.backslash = this.findBackslash(0)
  }

  read(): string | null {
    let token: string | null = null
    this.members(() => {
      if (this.is(EVENTS)) this.events()
      else if (this.is(NEXT_TOKEN)) token = this.token()
      else this.pass(0)
    })
    if (this.next() !== -1) this.fail('something after the end')
    return token
  }

  private events(): void {
    if (this.next() !== OPEN_LIST) this.fail('events are no list')
    this.at++
    if (this.next() === CLOSE_LIST) {
      this.at++
      return
    }
    for (;;) {
      this.oneEvent()
      const octet = this.next()
      this.at++
      if (octet === CLOSE_LIST) return
      if (octet !== COMMA) this.fail('no comma between events')
    }
  }

  private oneEvent(): void {
    const { event, body } = this
    event.timestampMs = -1
    event.idTo = event.idFrom = 0
    event.text = body
    event.textTo = event.textFrom = 0
    this.members(this.member)
    if (event.timestampMs < 0 || event.idTo === event.idFrom) this.fail('an event without id or time')
    this.take(event)
  }

  private readonly member = (): void => {
    const { event } = this
    if (this.is(TIMESTAMP)) event.timestampMs = this.number()
    else if (this.is(EVENT_ID)) {
      this.string()
      event.idFrom = this.from
      event.idTo = this.to
    } else if (this.is(MESSAGE)) {
      this.string()
      event.textFrom = this.from
      event.textTo = this.to
      if (this.hasEscapes) {
        const text = Buffer.from(this.unescaped(), 'utf8')
        event.text = text
        event.textFrom = 0
        event.textTo = text.length
      }
    } else this.pass(0)
  }

  /** Reads an object; `member` reads the value whose name was read just now. */
  private members(member: () => void): void {
    if (this.next() !== OPEN_OBJECT) this.fail('no object')
    this.at++
    if (this.next() === CLOSE_OBJECT) {
      this.at++
      return
    }
    for (;;) {
      this.string()
      if (this.next() !== COLON) this.fail('no colon after a name')
      this.at++
      member()
      const octet = this.next()
      this.at++
      if (octet === CLOSE_OBJECT) return
      if (octet !== COMMA) this.fail('no comma between members')
    }
  }

  private token(): string | null {
    if (this.next() !== QUOTE) {
      this.pass(0)
      return null
    }
    this.string()
    return this.unescaped()
  }

  private string(): void {
    const { body } = this
    if (this.next() !== QUOTE) this.fail('no string')
    const from = ++this.at
    if (this.backslash < from) this.backslash = this.findBackslash(from)
    let end = body.indexOf(QUOTE, from)
    this.hasEscapes = end > this.backslash
    while (end > this.backslash) {
      // What is escaped is passed over, were it a quote or another backslash.
      const after = this.backslash + 2
      if (end < after) end = body.indexOf(QUOTE, after)
      this.backslash = this.findBackslash(after)
    }
    if (end < 0) this.fail('no end of a string')
    this.from = from
    this.to = end
    this.at = end + 1
  }

  private findBackslash(from: number): number {
    const found = this.body.indexOf(BACKSLASH, from)
    return found < 0 ? Infinity : found
  }

  /** The string that was read last. */
  private unescaped(): string {
    const text = Buffer.from(this.body.buffer, this.body.byteOffset + this.from, this.to - this.from).toString('utf8')
    return this.hasEscapes ? (JSON.parse(`"${text}"`) as string) : text
  }

  /** A whole number; of others what stands before the point. */
  private number(): number {
    const { body } = this
    let octet = this.next()
    const isNegative = octet === MINUS
    if (isNegative) octet = body[++this.at] ?? -1
    const from = this.at
    let value = 0
    for (; octet >= 0x30 && octet <= 0x39; octet = body[++this.at] ?? -1) value = value * 10 + octet - 0x30
    if (this.at === from) this.fail('no number')
    if (isOfWord(octet)) this.word()
    return isNegative ? -value : Math.min(value, Number.MAX_SAFE_INTEGER)
  }

  /** Passes a value over. */
  private pass(depth: number): void {
    if (depth > DEEPEST) this.fail('too deep')
    const octet = this.next()
    if (octet === QUOTE) this.string()
    else if (octet === OPEN_OBJECT) this.members(() => this.pass(depth + 1))
    else if (octet === OPEN_LIST) {
      this.at++
      if (this.next() === CLOSE_LIST) {
        this.at++
        return
      }
      for (;;) {
        this.pass(depth + 1)
        const after = this.next()
        this.at++
        if (after === CLOSE_LIST) return
        if (after !== COMMA) this.fail('no comma in a list')
      }
    } else this.word()
  }

  /** A number, true, false or null: what they are made of. */
  private word(): void {
    const from = this.at
    while (this.at < this.body.length && isOfWord(this.body[this.at] as number)) this.at++
    if (this.at === from) this.fail('no value')
  }

  private is(name: Uint8Array): boolean {
    const { body, from } = this
    if (this.to - from !== name.length) return false
    for (let i = 0; i < name.length; i++) if (body[from + i] !== name[i]) return false
    return true
  }

  /** The next octet that is not white space; -1 at the end. */
  private next(): number {
    const { body } = this
    for (; this.at < body.length; this.at++) {
      const octet = body[this.at] as number
      if (octet > 0x20) return octet
    }
    return -1
  }

  private fail(what: string): never {
    throw new SyntaxError(
      `the answer of CloudWatch Logs is not as it should be: ${what} at octet ${this.at} of ${this.body.length}`,
    )
  }
}

function isOfWord(octet: number): boolean {
  const isDigit = octet >= 0x30 && octet <= 0x39
  const isLetter = octet >= 0x61 && octet <= 0x7a
  return isDigit || isLetter || octet === MINUS || octet === PLUS || octet === POINT || octet === EXPONENT
}
