/** The command line. Each command is a file beside this one and a line in `index.ts`; what it needs is loaded when it runs. */
import { CommanderError } from 'commander'
import { Command } from 'commander'
import { WeirError } from '../../shared/api/errors.ts'
import { ERRORS } from '../../shared/api/errors.ts'
import { version } from '../version.ts'
import { COMMANDS } from './index.ts'

const program = new Command('weir')
  .description('Collects network flows (NetFlow, IPFIX, sFlow), keeps them and shows them.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(weir --help and weir COMMAND --help say what there is)')

for (const command of COMMANDS) program.addCommand(command.exitOverride().showHelpAfterError())

try {
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = exitCodeOf(error)
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
