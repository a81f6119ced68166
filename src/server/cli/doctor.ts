import { Command, Option } from 'commander'
import type { MachineFinding } from '../health/machine.ts'
import { collect, configOf, type ServeOptions } from './serve-options.ts'

interface Options extends ServeOptions {
  readonly format: 'table' | 'json'
}

export const doctor = new Command('doctor')
  .description('what on this machine will hurt, and the line that mends each')
  .option('--config <file>', 'the configuration that serve would get')
  .option('--data <dir>', 'folder that would hold the flows (default: data)')
  .option('--http <host:port>', 'where page and API would answer (default: 127.0.0.1:3055)')
  .option(
    '--listen <url>',
    'where exporters would send to (default: udp://0.0.0.0:2055, :4739, :6343, tcp://0.0.0.0:4739)',
    collect,
  )
  .addOption(new Option('--format <format>', 'form of the result').choices(['table', 'json']).default('table'))
  .addHelpText(
    'after',
    `
Looks at socket buffers, ports, disk, clock, limits, memory and Node. Ends with 1 where something will hurt.

Examples:
  weir doctor
  weir doctor --data /var/lib/weir --listen udp://0.0.0.0:2055
  weir doctor --format json`,
  )
  .action(async (options: Options) => {
    const [{ readConfig }, { examineMachine }] = await Promise.all([
      import('../config/config.ts'),
      import('../health/machine.ts'),
    ])
    const findings = await examineMachine(await readConfig(options.config, configOf(options)))
    process.stdout.write(options.format === 'json' ? `${JSON.stringify(findings, null, 2)}\n` : table(findings))
    process.exitCode = findings.some((finding) => finding.state === 'hurts') ? 1 : 0
  })

function table(findings: readonly MachineFinding[]): string {
  const width = Math.max(...findings.map((finding) => finding.what.length))
  const lines = findings.flatMap(({ state, what, found, remedy }) => [
    `${state.padEnd(5)}  ${what.padEnd(width)}  ${found}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(width + 9)}→ ${remedy}`]),
  ])
  const hurting = findings.filter((finding) => finding.state === 'hurts').length
  return `${lines.join('\n')}\n\n${hurting === 0 ? 'Nothing here will hurt.' : `${hurting} of ${findings.length} will hurt.`}\n`
}
