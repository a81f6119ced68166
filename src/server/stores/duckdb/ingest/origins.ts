/** Where rows come from: exporters with the interfaces that their flows go through, as small numbers to sort by. */
import { isValid } from '../../../intake/batch.ts'
import type { Window } from './window.ts'

/** Numbers are below this; what there is beyond shares the last one. */
export const ORIGINS = 2 ** 15
/** Twice as many, so that look-ups stay short. */
const SLOTS = 2 * ORIGINS
/** Address of the exporter and both interfaces, the one that counts most first. */
const WORDS = 6

/** A number for each place, the same for the same exporter and interfaces, in the order of these. */
export function originsOf(window: Window, places: Uint32Array): Uint32Array {
  const high = window.values('exporter')
  const low = window.values('exporter', 1)
  const inputs = window.values('in.if')
  const inputMask = window.mask('in.if')
  const outputs = window.values('out.if')
  const outputMask = window.mask('out.if')
  const origins = new Origins()
  const numbers = new Uint32Array(places.length)
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number
    numbers[i] = origins.numberOf(
      high ? (high[2 * place + 1] as number) : 0,
      high ? (high[2 * place] as number) : 0,
      low ? (low[2 * place + 1] as number) : 0,
      low ? (low[2 * place] as number) : 0,
      inputs && inputMask && isValid(inputMask, place) ? (inputs[place] as number) : 0,
      outputs && outputMask && isValid(outputMask, place) ? (outputs[place] as number) : 0,
    )
  }
  const ranks = origins.ranks()
  for (let i = 0; i < numbers.length; i++) numbers[i] = ranks[numbers[i] as number] ?? ORIGINS - 1
  return numbers
}

class Origins {
  private count = 0
  private readonly words = new Uint32Array(ORIGINS * WORDS)
  /** Number + 1 of the origin at its hash, or at the next free slot after it. */
  private readonly slots = new Uint16Array(SLOTS)

  /** In the order in which they are found. */
  numberOf(a: number, b: number, c: number, d: number, input: number, output: number): number {
    let hash = Math.imul(a ^ Math.imul(b, 31) ^ c, 0x9e3779b1)
    hash = Math.imul(hash ^ d ^ (hash >>> 15), 0x85ebca6b)
    hash = Math.imul(hash ^ input ^ (hash >>> 13), 0xc2b2ae35)
    hash = Math.imul(hash ^ output ^ (hash >>> 16), 0x9e3779b1)
    const { words, slots } = this
    for (let slot = hash >>> 16; ; slot = (slot + 1) & (SLOTS - 1)) {
      const number = (slots[slot] as number) - 1
      const at = number * WORDS
      if (number < 0) return this.add(slot, [a, b, c, d, input, output])
      if (
        words[at + 3] === d &&
        words[at + 4] === input &&
        words[at + 5] === output &&
        words[at] === a &&
        words[at + 1] === b &&
        words[at + 2] === c
      )
        return number
    }
  }

  /** Where each stands once they are sorted. */
  ranks(): Uint32Array {
    const { words } = this
    const order = Array.from({ length: this.count }, (_, i) => i).sort((a, b) => {
      for (let word = 0; word < WORDS; word++) {
        const less = (words[a * WORDS + word] as number) - (words[b * WORDS + word] as number)
        if (less !== 0) return less
      }
      return 0
    })
    const ranks = new Uint32Array(this.count)
    for (const [i, number] of order.entries()) ranks[number] = i
    return ranks
  }

  private add(slot: number, origin: readonly number[]): number {
    if (this.count === ORIGINS - 1) return this.count
    this.words.set(origin, this.count * WORDS)
    this.slots[slot] = this.count + 1
    return this.count++
  }
}
