/** The command line. Each command is a file beside this one and a line in `index.ts`; what it needs is loaded when it runs. */
import { Command, CommanderError } from 'commander'
import { ERRORS, WeirError } from '../../shared/api/errors.ts'
import { version } from '../version.ts'
import { COMMANDS } from './index.ts'

const program = new Command('weir')
  .description('Collects network flows (NetFlow, IPFIX, sFlow), keeps them and shows them.')
  .version(version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(oneLine(text, 'weir --help')) })

for (const command of COMMANDS) {
  const help = `weir ${command.name()} --help`
  program.addCommand(
    command.exitOverride().configureOutput({ outputError: (text, write) => write(oneLine(text, help)) }),
  )
}

try {
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

/** What commander says of wrong use, as one line that says where to look. */
function oneLine(text: string, help: string): string {
  return `weir: ${text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')}; ${help} says what there is\n`
}

/** 0 after --help, 2 for wrong use, else 1; prints what went wrong, one line where a person can mend it. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof WeirError) {
    process.stderr.write(`weir: ${error.message}\n`)
    const entry = ERRORS[error.code]
    return 'exit' in entry ? entry.exit : error.code.startsWith('bad') || error.code === 'notAvailable' ? 2 : 1
  }
  process.stderr.write(`weir: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}
