import { Command, Option } from 'commander'

export interface CheckCommandOptions {
  readonly data: string
  readonly repair?: boolean
  readonly format: 'table' | 'json'
}

export const check = new Command('check')
  .description('read a data folder whole, say what is damaged, and save what can be saved')
  .option('--data <dir>', 'the data folder', 'data')
  .option('--repair', 'write what can be read of damaged files into new ones; the damaged ones stay beside them')
  .addOption(new Option('--format <format>', 'form of the result').choices(['table', 'json']).default('table'))
  .addHelpText(
    'after',
    `
Reads every column of every file, whose blocks have checksums, and compares the sums that are kept with the flows. Ends with 1 where
something is damaged. No Weir may hold the folder meanwhile: stop it, or check a backup.

Examples:
  weir check --data /var/lib/weir
  weir check --data /var/lib/weir --repair
  weir backup --data /var/lib/weir --to /backup/weir && weir check --data /backup/weir`,
  )
  .action(async (options: CheckCommandOptions) => {
    const { runCheck } = await import('./check-run.ts')
    await runCheck(options)
  })
