import { Command } from 'commander'
import { SEEN_AS, type SeenAs } from '../../shared/query/seen.ts'
import { FORMATS, oneOf } from './format.ts'
import { inWords } from './words.ts'

export interface SeenOptions {
  readonly as: SeenAs
  readonly server?: string
  readonly data?: string
  readonly format: (typeof FORMATS)[number]
}

export const seen = new Command('seen')
  .description('when an address or a network was seen: first, last, and each day, over all that is kept')
  .argument('<ip>', 'an address, or a network such as 10.0.0.0/8')
  .option('--as <side>', `as what: ${SEEN_AS.join(', ')}`, oneOf('--as', SEEN_AS), 'either')
  .option('--server <url>', 'the Weir to ask (default: http://127.0.0.1:3055)')
  .option('--data <dir>', 'or a data folder')
  .option('--format <format>', FORMATS.join(', '), oneOf('--format', FORMATS), 'table')
  .addHelpText(
    'after',
    `
A line for each UTC day on which flows of it ended, with what it sent and received. Times are UTC.

Examples:
  weir seen 10.64.12.10
  weir seen 2001:db8::/32 --as src
  weir seen 198.51.100.7 --format csv > days.csv`,
  )
  .action(async (ip: string, options: SeenOptions) => {
    const { showSeen } = await import('./seen-run.ts')
    await inWords({ ip: null, asked: '--as' }, () => showSeen(ip, options))
  })
