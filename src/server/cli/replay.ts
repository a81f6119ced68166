import { Command } from 'commander'
import { wholeNumber } from './output.ts'

export interface ReplayOptions {
  readonly to: string
  readonly rate?: number
  readonly loop?: boolean
}

export const replay = new Command('replay')
  .description('send the flow datagrams of a capture to a collector')
  .argument('<file>', 'pcap or pcapng, also gzipped')
  .requiredOption('--to <host:port>', 'where to')
  .option(
    '--rate <n>',
    'so many datagrams a second (default: as far apart as they were captured)',
    wholeNumber('--rate'),
  )
  .option('--loop', 'begin again at the end, until stopped')
  .addHelpText(
    'after',
    `
The datagrams go out as they are, from one socket: what the exporter's clock said then, it says again. A collector stores
their flows at those times.

Examples:
  weir replay flows.pcap --to 127.0.0.1:2055
  weir replay flows.pcap --to 127.0.0.1:2055 --rate 1000 --loop`,
  )
  .action(async (file: string, options: ReplayOptions) => {
    const { replayFile } = await import('./replay-run.ts')
    await replayFile(file, options)
  })
