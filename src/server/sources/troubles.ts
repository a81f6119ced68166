/** What is wrong with the parts of a source, how long each waits until its next try, and word of it in the log. */
import type { Level } from '../intake/journal.ts'
import { Backoff } from './backoff.ts'
import type { SourceState } from './source.ts'

export interface Trouble {
  readonly trouble: string
  readonly remedy: string
}

interface Part {
  readonly backoff: Backoff
  failures: number
  shown: Trouble | null
}

/** Failures in a row of what mends itself until the source is called failing. */
const FAILURES = 3

export class Troubles {
  private readonly parts = new Map<string, Part>()
  private readonly notes = new Map<string, Trouble>()
  private readonly log: (level: Level, message: string) => void
  private readonly random: () => number

  constructor(log: (level: Level, message: string) => void, random: () => number) {
    this.log = log
    this.random = random
  }

  /** How long the part is to wait. `mendsItself`: nobody has to do anything, if it does not stay so. */
  failed(name: string, trouble: Trouble, mendsItself: boolean): number {
    const part = this.parts.get(name) ?? { backoff: new Backoff({ random: this.random }), failures: 0, shown: null }
    this.parts.set(name, part)
    part.failures++
    if (!mendsItself || part.failures >= FAILURES) {
      if (part.shown?.trouble !== trouble.trouble)
        this.log(mendsItself ? 'warn' : 'error', `${trouble.trouble}. ${trouble.remedy}`)
      part.shown = trouble
    }
    return part.backoff.failed()
  }

  worked(name: string): void {
    const part = this.parts.get(name)
    if (part === undefined) return
    if (part.shown !== null) this.log('info', `${name} works again`)
    this.parts.delete(name)
  }

  /** Something that it can live with; null where it is over. */
  note(name: string, trouble: Trouble | null): void {
    if (trouble === null) this.notes.delete(name)
    else {
      if (this.notes.get(name)?.trouble !== trouble.trouble) this.log('warn', `${trouble.trouble}. ${trouble.remedy}`)
      this.notes.set(name, trouble)
    }
  }

  /** The worst of it. `state`: what it is called where nothing fails. */
  state(state: 'starting' | 'ok'): Pick<SourceState, 'state' | 'trouble' | 'remedy'> {
    const failing = [...this.parts.values()].flatMap(({ shown }) => shown ?? [])
    const [worst, ...others] = [...failing, ...this.notes.values()]
    if (worst === undefined) return { state, trouble: null, remedy: null }
    const more = others.length > 0 ? ` (and ${others.length} more)` : ''
    return {
      state: failing.length > 0 ? 'failing' : state,
      trouble: `${worst.trouble}${more}`,
      remedy: worst.remedy,
    }
  }
}
