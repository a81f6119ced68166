import { Argument, Command } from 'commander'
import { COMPARED_MEASURES, type ComparedMeasure } from '../../shared/query/compare.ts'
import { FORMATS, oneOf } from './format.ts'
import { wholeNumber } from './output.ts'
import { addAskOptions, type AskOptions } from './range-options.ts'
import { inWords } from './words.ts'

export interface CompareOptions extends AskOptions {
  readonly against: string
  readonly by: ComparedMeasure
  readonly limit: number
  readonly format: (typeof FORMATS)[number]
}

export const compare = addAskOptions(
  new Command('compare')
    .description('what is different: the values that explain a window of time against another, or against the usual')
    .addArgument(new Argument('[fields...]', 'fields whose values are compared (default: all that tell something)'))
    .option(
      '--against <what>',
      'usual (the same time of the weeks before), before (just before), so long before as -1d or -7d, or FROM/TO',
      'usual',
    )
    .option('--by <measure>', `by what: ${COMPARED_MEASURES.join(', ')}`, oneOf('--by', COMPARED_MEASURES), 'bytes')
    .option('--limit <n>', 'how many values', wholeNumber('--limit'), 12)
    .option('--format <format>', FORMATS.join(', '), oneOf('--format', FORMATS), 'table'),
)
  .addHelpText(
    'after',
    `
The window is --last, or --from and --to. Values are ranked by how much of the difference they make and how unlike
before they are. Each row is a filter: copy it into --filter to look further.

Examples:
  weir compare
  weir compare --last 15m --against before
  weir compare --last 1h --against -7d --by flows
  weir compare src.ip dst.ip --from 2026-11-24T10:18Z --to 2026-11-24T10:31Z --against 2026-11-24T10:00Z/2026-11-24T10:18Z
  weir compare --last 1d --against -1d --filter 'exporter:10.0.0.1' --format json`,
  )
  .action(async (fields: string[], options: CompareOptions) => {
    const { showComparison } = await import('./compare-run.ts')
    await inWords({ fields: null, window: null, 'window.from': '--from', 'window.to': '--to', measure: '--by' }, () =>
      showComparison(fields, options),
    )
  })
