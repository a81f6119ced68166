import { Argument, Command } from 'commander'
import { FORMATS, oneOf } from './format.ts'

export interface FieldsOptions {
  readonly data?: string
  readonly format: (typeof FORMATS)[number]
}

export const fields = new Command('fields')
  .description('the fields that filters and groups are made of, with their other names')
  .addArgument(new Argument('[words...]', 'those with all of these words in their name, label, aliases or description'))
  .option('--data <dir>', 'with the own fields of this data folder')
  .option('--format <format>', FORMATS.join(', '), oneOf('--format', FORMATS), 'table')
  .addHelpText(
    'after',
    `
Examples:
  weir fields
  weir fields port
  weir fields as destination --format csv`,
  )
  .action(async (words: string[], options: FieldsOptions) => {
    const { showFields } = await import('./fields-run.ts')
    await showFields(words, options)
  })
