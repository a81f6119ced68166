import { Command, Option } from 'commander'
import { WeirError } from '../../shared/api/errors.ts'
import type { MachineFinding } from '../health/machine.ts'
import type { SourceSettings } from '../sources/settings.ts'
import { collect, configOf, type ServeOptions } from './serve-options.ts'

interface Options extends ServeOptions {
  readonly format: 'table' | 'json'
  readonly source?: 'aws'
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
  .addOption(
    new Option(
      '--source <kind>',
      'look at the sources of flow logs in the configuration instead of the machine',
    ).choices(['aws']),
  )
  .addOption(new Option('--format <format>', 'form of the result').choices(['table', 'json']).default('table'))
  .addHelpText(
    'after',
    `
Looks at socket buffers, ports, disk, clock, limits, memory and Node. Ends with 1 where something will hurt.

With --source aws it makes each call that the sources of AWS need, so that nothing is changed, names the permission that
is missing, and prints the least IAM policy to paste.

Examples:
  weir doctor
  weir doctor --data /var/lib/weir --listen udp://0.0.0.0:2055
  weir doctor --format json
  weir doctor --source aws --config weir.yaml`,
  )
  .action(async (options: Options) => {
    const { readConfig } = await import('../config/config.ts')
    const config = await readConfig(options.config, configOf(options))
    if (options.source === 'aws') {
      await examineSources(config.sources, options.format)
      return
    }
    const { examineMachine } = await import('../health/machine.ts')
    const findings = await examineMachine(config)
    process.stdout.write(options.format === 'json' ? `${JSON.stringify(findings, null, 2)}\n` : table(findings))
    process.exitCode = findings.some((finding) => finding.state === 'hurts') ? 1 : 0
  })

async function examineSources(sources: readonly SourceSettings[], format: Options['format']): Promise<void> {
  const { examineAws } = await import('../sources/aws-doctor.ts')
  const { awsSources } = await import('../sources/settings.ts')
  const chosen = awsSources(sources)
  if (chosen.length === 0)
    throw new WeirError(
      'badOption',
      '--source aws: the configuration has no source of type cloudwatch or s3; see --config',
    )
  const { findings, policies } = await examineAws(chosen)
  const pasted = policies.map(({ source, policy }) => `The least policy for source ${source}:\n\n${policy}\n`)
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify({ findings, policies }, null, 2)}\n`
      : [table(findings), ...pasted].join('\n'),
  )
  process.exitCode = findings.some((finding) => finding.state === 'hurts') ? 1 : 0
}

function table(findings: readonly MachineFinding[]): string {
  const width = Math.max(...findings.map((finding) => finding.what.length))
  const lines = findings.flatMap(({ state, what, found, remedy }) => [
    `${state.padEnd(5)}  ${what.padEnd(width)}  ${found}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(width + 9)}→ ${remedy}`]),
  ])
  const hurting = findings.filter((finding) => finding.state === 'hurts').length
  return `${lines.join('\n')}\n\n${hurting === 0 ? 'Nothing here will hurt.' : `${hurting} of ${findings.length} will hurt.`}\n`
}
