import { Command, Option } from 'commander'
import { collect, configOf, type ServeOptions } from './serve-options.ts'

/** After a signal, so long to write everything out; a second signal ends it at once. */
const STOP_MS = 9500

/** A signal that comes within this time of the first is the same one. */
const SAME_SIGNAL_MS = 1000

export const serve = new Command('serve')
  .description('collect, store, answer')
  .option('--config <file>', 'a YAML file; options stand over it')
  .option('--data <dir>', 'folder that holds the flows (default: data)')
  .option('--http <host:port>', 'where page and API answer (default: 127.0.0.1:3055)')
  .option('--http-name <name>', 'a host name by which people reach Weir; several times for several', collect)
  .option(
    '--listen <url>',
    'where exporters send to, or none; several times for several (default: udp://0.0.0.0:2055, :4739, :6343, tcp://0.0.0.0:4739)',
    collect,
  )
  .option('--store <url>', 'where flows are kept (default: duckdb, the embedded store)')
  .addOption(
    new Option('--log-level <level>', 'least important line that is logged (default: info)').choices([
      'debug',
      'info',
      'warn',
      'error',
      'silent',
    ]),
  )
  .addHelpText(
    'after',
    `
Port 0 takes any free port. At the start, one line on stdout for each address that Weir answers or listens on.

Examples:
  weir serve
  weir serve --data /var/lib/weir --listen udp://0.0.0.0:2055 --listen udp://[::]:2055
  weir serve --http 192.0.2.50:3055 --http-name flows.example.org
  weir serve --config weir.yaml`,
  )
  .action(run)

async function run(options: ServeOptions): Promise<void> {
  const [{ readConfig }, { createLog }, { startWeir }] = await Promise.all([
    import('../config/config.ts'),
    import('../log.ts'),
    import('../main.ts'),
  ])
  const config = await readConfig(options.config, configOf(options))
  const log = createLog(config.log.level)
  const signalled = firstSignal()
  const weir = await startWeir(config, log)
  process.stdout.write([weir.http, ...weir.listeners].map((address) => `${address}\n`).join(''))
  const reason = await Promise.race([signalled, weir.broken])
  const broke = !reason.startsWith('SIG')
  if (broke) log.error(reason)
  else log.info(`${reason}: writing everything out`)
  setTimeout(() => {
    log.error('not everything could be written out in time')
    process.exit(1)
  }, STOP_MS).unref()
  await weir.stop()
  process.exit(broke ? 1 : 0)
}

/**
 * The first SIGTERM or SIGINT. A second one ends the process at once, unless it comes so soon that it is the same one:
 * one that is sent to the process group arrives by itself, and again from npm, which passes it on.
 */
function firstSignal(): Promise<string> {
  return new Promise((resolve) => {
    let seenMs: number | undefined
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (seenMs === undefined) seenMs = performance.now()
        else if (performance.now() - seenMs >= SAME_SIGNAL_MS) process.exit(130)
        resolve(signal)
      })
    }
  })
}
