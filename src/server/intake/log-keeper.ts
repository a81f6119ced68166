/** Holds what records of flow logs say besides flows until it is kept: coverage, and records that were not taken. */
import type { Coverage } from './decoders/logs/log-format.ts'
import type { DeadLetter } from './sources/log-reader.ts'

/** With the source that told it. */
export interface Covered extends Coverage {
  readonly source: string
}

/** What is held goes to its place at the latest when there is so much of it. */
const MOST_HELD = 2000

export interface LogPlaces {
  /** Resolves when they are on disk. */
  covered(facts: readonly Covered[]): Promise<void>
  /** Resolves when they are on disk. */
  refused(letters: readonly DeadLetter[]): Promise<void>
}

export class LogKeeper {
  /** Records that were not taken, since the start. */
  letters = 0
  private readonly places: LogPlaces
  private facts: Covered[] = []
  private heldLetters: DeadLetter[] = []

  constructor(places: LogPlaces) {
    this.places = places
  }

  covered(fact: Covered): void {
    this.facts.push(fact)
  }

  refused(letter: DeadLetter): void {
    this.letters++
    this.heldLetters.push(letter)
  }

  /** To be awaited between pieces of a log. Rejects where it cannot be kept. */
  async room(): Promise<void> {
    if (this.facts.length + this.heldLetters.length >= MOST_HELD) await this.keep()
  }

  /** Resolves when all of it is on disk; what could not be kept is held on to. */
  async keep(): Promise<void> {
    const { facts, heldLetters } = this
    this.facts = []
    this.heldLetters = []
    const kept = await Promise.allSettled([
      facts.length > 0 ? this.places.covered(facts) : undefined,
      heldLetters.length > 0 ? this.places.refused(heldLetters) : undefined,
    ])
    if (kept[0].status === 'rejected') this.facts.unshift(...facts)
    if (kept[1].status === 'rejected') this.heldLetters.unshift(...heldLetters)
    for (const each of kept) if (each.status === 'rejected') throw each.reason
  }
}
