import { Command } from 'commander'
import { addAskOptions, type AskOptions } from './range-options.ts'
import { inWords } from './words.ts'

export interface ExportOptions extends AskOptions {
  readonly out: string
}

export const exportFlows = addAskOptions(
  new Command('export')
    .description('write flows of a range to a Parquet file, for weir import elsewhere or for other programs')
    .requiredOption('--out <file>', 'the file; - is standard output'),
)
  .addHelpText(
    'after',
    `
Flows that ended in the range, with all that is stored of them: ranges beside each other have each flow once. weir import brings them
into another data folder as they are.

Examples:
  weir export --from 2026-11-01 --to 2026-12-01 --out november.parquet
  weir export --last 1h --filter 'ip:10.64.12.10' --data /var/lib/weir --out host.parquet`,
  )
  .action(async (options: ExportOptions) => {
    const { runExport } = await import('./export-run.ts')
    await inWords({}, () => runExport(options))
  })
