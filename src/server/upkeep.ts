/** What a running server does to its own data folder when it is asked to. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { isAbsolute } from 'node:path'
import { WeirError } from '../shared/api/errors.ts'
import type { AnswerOf } from '../shared/api/contract.ts'
import type { StoreCalls } from './messages.ts'
import type { WorkerCalls } from './worker-calls.ts'

export class Upkeep {
  /** Stands in the data folder, for its owner to read. */
  readonly token = randomBytes(32).toString('hex')
  private readonly store: WorkerCalls<StoreCalls>

  constructor(store: WorkerCalls<StoreCalls>) {
    this.store = store
  }

  /** Throws `notOwner` unless the token is that of the data folder. */
  checkOwner(token: unknown): void {
    const given = Buffer.from(typeof token === 'string' ? token : '')
    const known = Buffer.from(this.token)
    if (given.length === known.length && timingSafeEqual(given, known)) return
    throw new WeirError(
      'notOwner',
      'this call needs what the file token in the data folder says, in the header weir-token; weir backup --data DIR sends it',
    )
  }

  async backUp(to: string): Promise<AnswerOf<'backup'>> {
    if (!isAbsolute(to)) throw new WeirError('badRequest', `to is ${JSON.stringify(to)}: an absolute path is needed`)
    return this.store.call('backUp', to)
  }
}
