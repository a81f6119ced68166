/** Options that every command that asks has in common, and what they become in a request. */
import type { Command } from 'commander'
import { WeirError } from '../../shared/api/errors.ts'
import { parseInterval } from '../../shared/query/time.ts'

export interface AskOptions {
  readonly last?: string
  readonly from?: string
  readonly to?: string
  readonly filter?: string
  readonly scope?: string
  readonly server?: string
  readonly data?: string
}

export interface RequestRange {
  readonly from: string
  readonly to: string
  readonly filter?: string
  readonly scope?: 'all' | 'ingress' | 'deduplicated' | { readonly exporter: string }
}

const DEFAULT_LAST = '1h'

export function addAskOptions(command: Command): Command {
  return command
    .option('--last <span>', `so long until now, such as 15m, 24h, 7d (default: ${DEFAULT_LAST})`)
    .option('--from <time>', 'from this time on: ISO 8601, epoch milliseconds, or date math such as now-2d/d')
    .option('--to <time>', 'up to this time (default: now)')
    .option('--filter <filter>', 'which flows, such as "src.ip:10.0.0.0/8 and not port:53"')
    .option(
      '--scope <scope>',
      'which observations: all, ingress, deduplicated, or the address of one exporter (default: all)',
    )
    .option('--server <url>', 'the Weir to ask (default: http://127.0.0.1:3055)')
    .option('--data <dir>', 'or a data folder')
}

/** Throws `badOption` where options contradict each other. */
export function rangeOf(options: AskOptions): RequestRange {
  if (options.last !== undefined && (options.from !== undefined || options.to !== undefined))
    throw new WeirError('badOption', '--last is a range of its own; leave out --from and --to, or --last')
  if (options.to !== undefined && options.from === undefined) throw new WeirError('badOption', '--to needs --from')
  const last = options.last ?? DEFAULT_LAST
  if (parseInterval(last) === null)
    throw new WeirError('badOption', `--last ${last}: a span such as 15m, 24h or 7d is needed`)
  return {
    from: options.from ?? `now-${last}`,
    to: options.to ?? 'now',
    ...(options.filter === undefined ? {} : { filter: options.filter }),
    ...(options.scope === undefined ? {} : { scope: scopeOf(options.scope) }),
  }
}

/** `a,b c` → names, as they were written. */
export function namesOf(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function scopeOf(text: string): NonNullable<RequestRange['scope']> {
  return text === 'all' || text === 'ingress' || text === 'deduplicated' ? text : { exporter: text }
}
