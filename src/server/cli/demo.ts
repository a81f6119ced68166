import { Command } from 'commander'
import { numberAbove0, wholeNumber } from './output.ts'

export interface DemoOptions {
  readonly to?: string
  readonly data?: string
  readonly history: string
  readonly until: string
  readonly rate?: number
  readonly seed: number
  readonly duration?: string
}

export const demo = new Command('demo')
  .description('realistic traffic of a small company, its data centre and its cloud, with incidents in it')
  .option(
    '--to <host:port>',
    'send it there as datagrams of nine routers (NetFlow v5 and v9, IPFIX, sFlow), until stopped',
  )
  .option('--data <dir>', 'or write a history straight into a data folder')
  .option('--history <span>', 'how long the history is', '7d')
  .option('--until <time>', 'when it ends: a date, or date math such as now/d', 'now')
  .option('--rate <n>', 'flows a second on average (default: 500 live, 20 in a history)', numberAbove0('--rate'))
  .option(
    '--seed <n>',
    'the same seed makes the same company and, at the same time, the same flows',
    wholeNumber('--seed'),
    1,
  )
  .option('--duration <span>', 'stop sending after so long')
  .addHelpText(
    'after',
    `
Its incidents (a port scan, a DNS amplification attack, a slow exfiltration, a backup that grew tenfold, a link failing
over) are printed with their times. To a collector on this machine each router sends from an address of its own, 127.0.1.11
and up. All addresses in the flows are private or reserved for documentation and benchmarks.

Examples:
  weir demo --to 127.0.0.1:2055
  weir demo --to 127.0.0.1:2055 --rate 2000 --duration 10m
  weir demo --data demo-data --history 7d && weir serve --data demo-data
  weir demo --data demo-data --history 30d --until 2026-11-24 --rate 38.6`,
  )
  .action(async (options: DemoOptions) => {
    const { runDemo } = await import('./demo-run.ts')
    await runDemo(options)
  })
