import { Command, Option } from 'commander'
import { WeirError } from '../../shared/api/errors.ts'
import { readAddress, readListener } from '../config/address.ts'
import type { ConfigFile } from '../config/schema.ts'
import type { LogLevel } from '../log.ts'

/** From the second signal on; the first has so long to write everything out. */
const STOP_MS = 9500

interface Options {
  readonly config?: string
  readonly data?: string
  readonly http?: string
  readonly httpName?: string[]
  readonly listen?: string[]
  readonly store?: string
  readonly logLevel?: LogLevel
}

export const serve = new Command('serve')
  .description('collect, store, answer')
  .option('--config <file>', 'a YAML file; options stand over it')
  .option('--data <dir>', 'folder that holds the flows (default: data)')
  .option('--http <host:port>', 'where page and API answer (default: 127.0.0.1:3055)')
  .option('--http-name <name...>', 'host names by which people reach Weir')
  .option('--listen <url...>', 'where exporters send to, or none (default: udp://0.0.0.0:2055, :4739 and :6343)')
  .option('--store <url>', 'where flows are kept (default: duckdb, the embedded store)')
  .addOption(new Option('--log-level <level>', 'least important line that is logged (default: info)').choices(['debug', 'info', 'warn', 'error', 'silent']))
  .addHelpText('after', `
Port 0 takes any free port. At the start, one line on stdout for each address that Weir answers or listens on.

Examples:
  weir serve
  weir serve --data /var/lib/weir --listen udp://0.0.0.0:2055 --listen udp://[::]:2055
  weir serve --http 192.0.2.50:3055 --http-name flows.example.org
  weir serve --config weir.yaml`)
  .action((options: Options) => run(options))

async function run(options: Options): Promise<void> {
  const [{ readConfig }, { createLog }, { startWeir }] = await Promise.all([import('../config/config.ts'), import('../log.ts'), import('../main.ts')])
  const config = await readConfig(options.config, fileOf(options))
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

/** The options in the form of the configuration file. */
function fileOf(options: Options): ConfigFile {
  const listen = options.listen?.filter((url) => url !== 'none')
  for (const url of listen ?? []) inOption('--listen', () => readListener(url))
  if (options.http !== undefined) inOption('--http', () => readAddress(options.http as string))
  return {
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(listen ? { listen } : {}),
    http: { ...(options.http === undefined ? {} : { listen: options.http }), ...(options.httpName ? { names: options.httpName } : {}) },
    store: options.store === undefined ? {} : { url: options.store },
    log: options.logLevel === undefined ? {} : { level: options.logLevel },
  }
}

function inOption(name: string, check: () => unknown): void {
  try {
    check()
  } catch (error) {
    throw error instanceof WeirError ? new WeirError(error.code, `${name} ${error.message}`) : error
  }
}

/** The first SIGTERM or SIGINT. A second one ends the process at once. */
function firstSignal(): Promise<string> {
  return new Promise((resolve) => {
    let seen = false
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (seen) process.exit(130)
        seen = true
        resolve(signal)
      })
    }
  })
}
