import { Argument, Command } from 'commander'
import type { Measure } from '../../shared/query/measures.ts'
import { measureOption, oneOf } from './format.ts'
import { wholeNumber } from './output.ts'
import { addAskOptions, type AskOptions } from './range-options.ts'
import { inWords } from './words.ts'

const SERIES_FORMATS = ['chart', 'table', 'json', 'csv'] as const

export interface SeriesOptions extends AskOptions {
  readonly by: Measure
  readonly over?: string
  readonly interval?: string
  readonly limit: number
  readonly format: (typeof SERIES_FORMATS)[number]
}

export const series = addAskOptions(
  new Command('series')
    .description('how much over time, drawn in the terminal; by fields, a line for each of the largest groups')
    .addArgument(new Argument('[fields...]', 'fields to break it down by, such as service'))
    .option(
      '--by <measure>',
      'of what: bps, pps, bytes, flows, …, or such as bps.max, bytes/packet, unique(src.ip)',
      measureOption('--by'),
      'bps',
    )
    .option('--over <length>', 'buckets whose values statistics such as bps.max are taken of (default: 1m)')
    .option('--interval <length>', 'length of a bucket, such as 10s, 1m, 1h (default: what fits the width)')
    .option('--limit <n>', 'how many groups', wholeNumber('--limit'), 5)
    .option('--format <format>', SERIES_FORMATS.join(', '), oneOf('--format', SERIES_FORMATS), 'chart'),
)
  .addHelpText(
    'after',
    `
A flow's bytes belong to its whole life, so a long flow is no spike at its end. Times are UTC.

Examples:
  weir series
  weir series service --by bps --last 1h
  weir series --by bps.max --interval 1d --last 30d
  weir series --by flows --interval 1h --last 7d --format csv`,
  )
  .action(async (fields: string[], options: SeriesOptions) => {
    const { showSeries } = await import('./series-run.ts')
    await inWords({ groupBy: null, measures: '--by', orderBy: '--by' }, () => showSeries(fields, options))
  })
