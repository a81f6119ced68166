/**
 * The other end of a flow in a virtual network: a record names the interface that reported it, and that interface's own
 * records say whose the address at the other end was. What all rows of a batch say is learnt before any is filled in.
 */
import { isValid } from '../batch.ts'
import type { Batch } from '../batch.ts'
import { maskOf, put32, slot, words32Of, type Slot } from '../slots.ts'
import type { Texts } from '../texts.ts'
import type { Enricher } from './enricher.ts'
import { AddressOwners, OWNED, ownerAt, wordsKey, type Owner, type Owners } from './owners.ts'

/** What this thread has learnt. */
export const addressOwners = new AddressOwners()

export const owner: Enricher = ownerBy(addressOwners)

/** The enricher that learns into `known`, and fills in from it. */
export function ownerBy(known: AddressOwners): Enricher {
  return {
    name: 'owner',
    known: 'ownerKnown',
    run: (batch, from, to) => (batch.texts.count === 0 ? 0 : new Run(batch, known).run(from, to)),
  }
}

/** Over one batch. */
class Run {
  private readonly batch: Batch
  private readonly known: AddressOwners
  private readonly vpcMask: Uint8Array
  private readonly vpcs: Uint32Array
  /** By the number of a text in the batch. */
  private readonly texts: (string | undefined)[] = []
  /** By network and address: each is looked up once a batch, by a key that is made once. */
  private readonly places = new Map<number, Place[]>()
  private readonly numbers = new Map<Owner, Int32Array | null>()

  constructor(batch: Batch, known: AddressOwners) {
    this.batch = batch
    this.known = known
    this.vpcMask = maskOf(batch, VPC)
    this.vpcs = words32Of(batch, VPC)
  }

  run(from: number, to: number): number {
    const { vpcMask } = this
    let any = false
    for (let row = from; row < to; row++) {
      if (!isValid(vpcMask, row)) continue
      any = true
      for (const side of SIDES) this.learn(row, side)
    }
    let filled = 0
    if (!any) return 0
    for (let row = from; row < to; row++) {
      if (!isValid(vpcMask, row)) continue
      const src = this.fill(row, SRC)
      if (this.fill(row, DST) || src) filled++
    }
    return filled
  }

  /** The reporting interface's own end says whose its address is. */
  private learn(row: number, { ip, owned }: Side): void {
    const { batch } = this
    const [at] = owned as [Slot]
    if (!isValid(maskOf(batch, at), row) || !isValid(maskOf(batch, INTERFACE), row)) return
    const id = words32Of(batch, at)[row] as number
    if (id !== words32Of(batch, INTERFACE)[row] || !isValid(maskOf(batch, ip), row)) return
    const place = this.place(row, ip)
    const [fromMs, toMs] = [this.time(START, row), this.time(END, row)]
    if (place.lastId === id && place.last) {
      if (fromMs >= place.last.fromMs && toMs <= place.last.toMs) return
    } else {
      place.owners ??= this.known.make(place.key)
    }
    const values = place.lastId === id && place.last ? place.last.values : this.valuesOf(row, owned)
    place.last = this.known.learn(place.owners as Owners, values, fromMs, toMs)
    place.lastId = id
  }

  private fill(row: number, { ip, owned }: Side): boolean {
    const { batch } = this
    const [at] = owned as [Slot]
    if (isValid(maskOf(batch, at), row) || !isValid(maskOf(batch, ip), row)) return false
    const { owners } = this.place(row, ip)
    const found = owners && ownerAt(owners, this.time(START, row), this.time(END, row))
    const numbers = found && this.numbersOf(found)
    if (!numbers) return false
    for (let i = 0; i < owned.length; i++) {
      const to = owned[i] as Slot
      if ((numbers[i] as number) >= 0 && !isValid(maskOf(batch, to), row)) put32(batch, to, row, numbers[i] as number)
    }
    return true
  }

  private place(row: number, ip: Slot): Place {
    const { batch } = this
    const { words32 } = batch
    const [high, low] = [ip.first + 2 * row, ip.firstLow + 2 * row]
    const vpc = this.vpcs[row] as number
    const [w0, w1] = [words32[high + 1] as number, words32[high] as number]
    const [w2, w3] = [words32[low + 1] as number, words32[low] as number]
    const hash = Math.imul(Math.imul(Math.imul(w3 ^ w2, 0x01000193) ^ w1, 0x01000193) ^ w0, 0x01000193) ^ vpc
    let chain = this.places.get(hash)
    if (!chain) this.places.set(hash, (chain = []))
    for (const each of chain)
      if (each.vpc === vpc && each.w3 === w3 && each.w2 === w2 && each.w1 === w1 && each.w0 === w0) return each
    const key = wordsKey(this.text(vpc), w0, w1, w2, w3)
    const made = { vpc, w0, w1, w2, w3, key, owners: this.known.of(key), last: null, lastId: -1 }
    chain.push(made)
    return made
  }

  private valuesOf(row: number, owned: readonly Slot[]): readonly string[] {
    return owned.map((at) =>
      isValid(maskOf(this.batch, at), row) ? this.text(words32Of(this.batch, at)[row] as number) : '',
    )
  }

  /** Of an owner's values in the batch; null where there is no room for them. */
  private numbersOf(found: Owner): Int32Array | null {
    let numbers = this.numbers.get(found)
    if (numbers === undefined) {
      numbers = this.batch.texts.room(OWNED.length) < 1 ? null : internAll(this.batch.texts, found.values)
      this.numbers.set(found, numbers)
    }
    return numbers
  }

  private text(number: number): string {
    return (this.texts[number] ??= this.batch.texts.text(number))
  }

  private time({ first }: Slot, row: number): number {
    const at = first + 2 * row
    return (this.batch.words32[at + 1] as number) * 0x1_0000_0000 + (this.batch.words32[at] as number)
  }
}

/** An address in a network, and whose it is known to be. */
interface Place {
  readonly vpc: number
  readonly w0: number
  readonly w1: number
  readonly w2: number
  readonly w3: number
  readonly key: string
  owners: Owners | undefined
  /** Learnt last, and the number of its interface in the batch. */
  last: Owner | null
  lastId: number
}

interface Side {
  readonly ip: Slot
  /** By index in OWNED. */
  readonly owned: readonly Slot[]
}

function internAll(texts: Texts, values: readonly string[]): Int32Array {
  return Int32Array.from(values, (value) => {
    if (value === '') return -1
    const octets = Buffer.from(value)
    return texts.intern(octets, 0, octets.length)
  })
}

const VPC = slot('vpc.id')
const INTERFACE = slot('interface.id')
const START = slot('start')
const END = slot('end')
const SRC: Side = { ip: slot('src.ip'), owned: OWNED.map((name) => slot(`src.${name}`)) }
const DST: Side = { ip: slot('dst.ip'), owned: OWNED.map((name) => slot(`dst.${name}`)) }
const SIDES = [SRC, DST]
