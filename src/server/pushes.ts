/** Takes what is pushed to sources over HTTP: finds the source by its key, and has its thread take the body. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { WeirError } from '../shared/api/errors.ts'
import type { SourceCalls } from './messages.ts'
import type { SourceKind, SourceSettings } from './sources/settings.ts'
import type { PushAnswer, Pushed } from './sources/source.ts'
import type { WorkerCalls } from './worker-calls.ts'

interface Receiver {
  readonly name: string
  readonly kind: SourceKind
  /** Hash of the key, so that comparing takes as long for each. */
  readonly key: Buffer
}

export class Pushes {
  private readonly receivers: readonly Receiver[]
  private readonly sources: WorkerCalls<SourceCalls> | null

  constructor(settings: readonly SourceSettings[], sources: WorkerCalls<SourceCalls> | null) {
    this.receivers = settings.flatMap((each) =>
      'key' in each && each.key !== undefined ? [{ name: each.name, kind: each.type, key: hash(each.key) }] : [],
    )
    this.sources = sources
  }

  /**
   * The name of the source that takes it; `name` may be left out where the key says which. Throws `notFound` where there is
   * no such source, or `wrongKey`. To be asked before the body is read.
   */
  find(kind: string, name: string | undefined, key: string): string {
    const there = this.receivers.filter((each) => each.kind === kind && (name === undefined || each.name === name))
    if (there.length === 0)
      throw new WeirError(
        'notFound',
        `there is no source of type ${kind}${name === undefined ? '' : ` with the name ${name}`}; add it to sources in the configuration`,
      )
    const given = hash(key)
    const found = there.filter((each) => timingSafeEqual(each.key, given))[0]
    if (!found) throw new WeirError('wrongKey', 'the key is not that of the source')
    return found.name
  }

  /** Resolves when it is durable; `source` as `find` gives it. */
  async take(source: string, pushed: Pushed): Promise<PushAnswer> {
    if (!this.sources) throw new WeirError('notFound', `there is no source ${source}`)
    return this.sources.call('push', { source, pushed })
  }
}

function hash(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
