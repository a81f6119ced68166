import { Command } from 'commander'
import { LOG_TYPES, type LogType } from '../../shared/schema/codes.ts'
import { oneOf } from './format.ts'

export interface LettersOptions {
  readonly data: string
  readonly to?: string
  readonly limit: number
  readonly again?: boolean
  readonly layout?: string
  readonly type?: LogType
  readonly source?: string
  readonly json?: boolean
}

export const letters = new Command('letters')
  .description('records of flow logs that were not taken: look at them, and read them again')
  .option('--data <dir>', 'the data folder; one that a running Weir holds is asked of that Weir', 'data')
  .option('--to <url>', 'or the running Weir, such as http://127.0.0.1:3055')
  .option('--limit <n>', 'letters that are shown, 1 to 1000', Number, 20)
  .option('--again', 'read all of them again; what is still refused is kept')
  .option('--layout <fields>', 'with --again: which fields the records have, such as "${version} ${vpc-id} …"')
  .option('--type <type>', `with --again: their format: ${LOG_TYPES.join(', ')}`, oneOf('--type', LOG_TYPES))
  .option('--source <name>', 'with --again: only those of this file, object or log group')
  .option('--json', 'as the API answers')
  .addHelpText(
    'after',
    `
A record that Weir cannot read does not stop the others: it becomes a dead letter, with its place and what is wrong with it.

Examples:
  weir letters
  weir letters --again --layout '\${version} \${srcaddr} \${dstaddr} \${packets} \${bytes} \${start} \${end}'`,
  )
  .action(async (options: LettersOptions) => {
    const { runLetters } = await import('./letters-run.ts')
    await runLetters(options)
  })
