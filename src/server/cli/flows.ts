import { Command } from 'commander'
import { FORMATS, oneOf } from './format.ts'
import { wholeNumber } from './output.ts'
import { addAskOptions, type AskOptions } from './range-options.ts'
import { inWords } from './words.ts'

export interface FlowsOptions extends AskOptions {
  readonly fields?: string[]
  readonly sort: string
  readonly limit: number
  readonly format: (typeof FORMATS)[number]
}

export const flows = addAskOptions(
  new Command('flows')
    .description('the records themselves, the newest first')
    .option('--fields <fields...>', 'which fields, such as end,src.ip,dst.ip,bytes')
    .option('--sort <field>', 'by which field; a minus before it is descending', '-end')
    .option('--limit <n>', 'how many at most', wholeNumber('--limit'), 100)
    .option('--format <format>', FORMATS.join(', '), oneOf('--format', FORMATS), 'table'),
)
  .addHelpText(
    'after',
    `
Records whose life touches the range. Times are UTC.

Examples:
  weir flows --filter 'ip:10.64.12.10 and dst.port:5432' --last 15m
  weir flows --sort -bytes --limit 20
  weir flows --fields start,end,src.ip,dst.ip,tcp.flags,bytes --format csv > flows.csv`,
  )
  .action(async (options: FlowsOptions) => {
    const { showFlows } = await import('./flows-run.ts')
    await inWords({}, () => showFlows(options))
  })
