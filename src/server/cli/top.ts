import { Argument, Command, Option } from 'commander'
import type { Measure } from '../../shared/query/measures.ts'
import { FORMATS, measureOption, oneOf } from './format.ts'
import { wholeNumber } from './output.ts'
import { addAskOptions, type AskOptions } from './range-options.ts'
import { inWords } from './words.ts'

export interface TopOptions extends AskOptions {
  readonly by: Measure
  readonly show: readonly Measure[]
  readonly order: 'desc' | 'asc'
  readonly over?: string
  readonly compare?: string
  readonly limit: number
  readonly format: (typeof FORMATS)[number]
}

export const top = addAskOptions(
  new Command('top')
    .description('who or what has most: groups by fields, the largest first')
    .addArgument(
      new Argument(
        '<fields...>',
        'fields to group by, such as src.ip, service,dst.ip, src.ip/24, src.port/1000, bytes/log, or hour@Europe/Berlin',
      ),
    )
    .option(
      '--by <measure>',
      'by what: bytes, packets, flows, bps, …, or such as bps.p95, bytes/packet, duration.avg, unique(dst.ip)',
      measureOption('--by'),
      'bytes',
    )
    .addOption(
      new Option('--show <measures>', 'what else is shown')
        .argParser(measuresOf)
        .default(['bytes', 'packets', 'flows'], 'bytes,packets,flows'),
    )
    .option('--order <order>', 'desc: the largest first; asc: the smallest', oneOf('--order', ['desc', 'asc']), 'desc')
    .option('--over <length>', 'buckets whose values statistics such as bps.p95 are taken of (default: 1m)')
    .option('--compare <length>', 'beside what it was so long before, such as -1d or -7d, and the change')
    .option('--limit <n>', 'how many', wholeNumber('--limit'), 10)
    .option('--format <format>', FORMATS.join(', '), oneOf('--format', FORMATS), 'table'),
)
  .addHelpText(
    'after',
    `
What the largest leave out is one last line, Other. Sums of the lines and Other add up to Total; peaks and unique counts do not:
Total has those of everything together.

Examples:
  weir top src.ip
  weir top src.ip/24 --by 'unique(dst.ip)'
  weir top in.if --by bps.p95 --show bps.avg,bps.max --last 7d
  weir top service --show bytes --last 24h --compare -7d
  weir top service,dst.ip --by packets --last 24h --limit 20
  weir top src.as --filter 'direction:ingress and bytes > 1MB' --format csv
  weir top src.ip --data history --from 2026-11-01 --to 2026-12-01`,
  )
  .action(async (fields: string[], options: TopOptions) => {
    const { showTop } = await import('./top-run.ts')
    await inWords({ groupBy: null, measures: '--show', orderBy: '--by' }, () => showTop(fields, options))
  })

function measuresOf(text: string): Measure[] {
  return text.split(',').map((each) => measureOption('--show')(each.trim()))
}
