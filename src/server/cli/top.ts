import { Argument, Command } from 'commander'
import { MEASURE_NAMES, type MeasureName } from '../../shared/query/question.ts'
import { FORMATS, oneOf } from './format.ts'
import { wholeNumber } from './output.ts'
import { addAskOptions, type AskOptions } from './range-options.ts'

export interface TopOptions extends AskOptions {
  readonly by: MeasureName
  readonly limit: number
  readonly format: (typeof FORMATS)[number]
}

export const top = addAskOptions(
  new Command('top')
    .description('who or what has most: groups by fields, the largest first')
    .addArgument(new Argument('<fields...>', 'fields to group by, such as src.ip or service,dst.ip'))
    .option('--by <measure>', `by what: ${MEASURE_NAMES.join(', ')}`, oneOf('--by', MEASURE_NAMES), 'bytes')
    .option('--limit <n>', 'how many', wholeNumber('--limit'), 10)
    .option('--format <format>', FORMATS.join(', '), oneOf('--format', FORMATS), 'table'),
)
  .addHelpText(
    'after',
    `
What the largest leave out is one last line, Other; the lines and Other add up to Total.

Examples:
  weir top src.ip
  weir top service,dst.ip --by packets --last 24h --limit 20
  weir top src.as --filter 'direction:ingress and bytes > 1MB' --format csv
  weir top src.ip --data history --from 2026-11-01 --to 2026-12-01`,
  )
  .action(async (fields: string[], options: TopOptions) => {
    const { showTop } = await import('./top-run.ts')
    await showTop(fields, options)
  })
