/** Conversations under way, as numbers side by side, and when each is to be looked at next. */
import { NOBODY, type Host } from './company.ts'
import type { Conversation } from './conversation.ts'

/** Numbers of a conversation. */
const START = 0
const END = 1
const UP_BYTES = 2
const UP_PACKETS = 3
const DOWN_BYTES = 4
const DOWN_PACKETS = 5
const UP_FLAGS = 6
const DOWN_FLAGS = 7
const PORTS = 8
/** IPv6, protocol and type of service. */
const KIND = 9
const PIECE = 10
const NUMBERS = 11

const FIRST_SIZE = 4096
/** Nothing is put off for longer: conversations are looked at once a minute. */
const SECONDS_AHEAD = 128
const NONE = -1

export class Pool {
  private numbers = new Float64Array(FIRST_SIZE * NUMBERS)
  private readonly clients: Host[] = []
  private readonly servers: Host[] = []
  /** The next one of the same second, or the next free one. */
  private following = new Int32Array(FIRST_SIZE)
  private free = NONE
  private size = 0
  /** The one put in last, by second modulo SECONDS_AHEAD. */
  private readonly heads = new Int32Array(SECONDS_AHEAD).fill(NONE)
  /** The first second that is not taken out yet. */
  private open = 0

  /** Keeps a copy, to be looked at at `dueMs`, which is less than SECONDS_AHEAD away. */
  put(conversation: Readonly<Conversation>, piece: number, dueMs: number): void {
    const slot = this.take()
    const { numbers } = this
    const at = slot * NUMBERS
    this.clients[slot] = conversation.client
    this.servers[slot] = conversation.server
    numbers[at + START] = conversation.startMs
    numbers[at + END] = conversation.endMs
    numbers[at + UP_BYTES] = conversation.upBytes
    numbers[at + UP_PACKETS] = conversation.upPackets
    numbers[at + DOWN_BYTES] = conversation.downBytes
    numbers[at + DOWN_PACKETS] = conversation.downPackets
    numbers[at + UP_FLAGS] = conversation.upFlags
    numbers[at + DOWN_FLAGS] = conversation.downFlags
    numbers[at + PORTS] = conversation.clientPort * 65_536 + conversation.serverPort
    numbers[at + KIND] = (conversation.v6 ? 65_536 : 0) + conversation.protocol * 256 + conversation.tos
    numbers[at + PIECE] = piece
    const head = Math.max(this.open, Math.floor(dueMs / 1000)) % SECONDS_AHEAD
    this.following[slot] = this.heads[head] as number
    this.heads[head] = slot
  }

  /** Takes out those of a second, in no order of time: fills `into` with each, and calls `look` with the number of its piece. */
  takeOut(second: number, into: Conversation, look: (piece: number) => void): void {
    const head = second % SECONDS_AHEAD
    let slot = this.heads[head] as number
    this.heads[head] = NONE
    // What turns out to be due in this second comes in the next one.
    this.open = second + 1
    while (slot !== NONE) {
      const following = this.following[slot] as number
      const piece = this.get(slot, into)
      this.following[slot] = this.free
      this.free = slot
      look(piece)
      slot = following
    }
  }

  private get(slot: number, into: Conversation): number {
    const { numbers } = this
    const at = slot * NUMBERS
    const ports = numbers[at + PORTS] as number
    const kind = numbers[at + KIND] as number
    into.client = this.clients[slot] ?? NOBODY
    into.server = this.servers[slot] ?? NOBODY
    into.startMs = numbers[at + START] as number
    into.endMs = numbers[at + END] as number
    into.upBytes = numbers[at + UP_BYTES] as number
    into.upPackets = numbers[at + UP_PACKETS] as number
    into.downBytes = numbers[at + DOWN_BYTES] as number
    into.downPackets = numbers[at + DOWN_PACKETS] as number
    into.upFlags = numbers[at + UP_FLAGS] as number
    into.downFlags = numbers[at + DOWN_FLAGS] as number
    into.clientPort = ports >>> 16
    into.serverPort = ports & 0xffff
    into.v6 = kind >= 65_536
    into.protocol = (kind >> 8) & 255
    into.tos = kind & 255
    return numbers[at + PIECE] as number
  }

  private take(): number {
    const slot = this.free
    if (slot !== NONE) {
      this.free = this.following[slot] as number
      return slot
    }
    if (this.size === this.following.length) {
      this.numbers = grown(this.numbers)
      const following = new Int32Array(this.size * 2)
      following.set(this.following)
      this.following = following
    }
    return this.size++
  }
}

function grown(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}
