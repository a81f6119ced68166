import { Command, Option } from 'commander'

export interface BackupCommandOptions {
  readonly data: string
  readonly to: string
  readonly format: 'table' | 'json'
}

export const backup = new Command('backup')
  .description('copy a data folder, also while a Weir writes to it')
  .requiredOption('--to <dir>', 'an empty folder, or an earlier backup, which is brought up to date')
  .option('--data <dir>', 'the data folder', 'data')
  .addOption(new Option('--format <format>', 'form of the result').choices(['table', 'json']).default('table'))
  .addHelpText(
    'after',
    `
The copy is a data folder with the state of one moment. Files that have not changed since the last backup are left as they are;
what the data folder has dropped meanwhile is kept. Where a Weir holds the folder, that Weir makes the copy.

Examples:
  weir backup --to /backup/weir
  weir backup --data /var/lib/weir --to /backup/weir
  weir serve --data /backup/weir --listen none`,
  )
  .action(async (options: BackupCommandOptions) => {
    const { runBackup } = await import('./backup-run.ts')
    await runBackup(options)
  })
