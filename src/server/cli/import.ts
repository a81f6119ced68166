import { Command } from 'commander'
import { IMPORT_TYPES } from '../../shared/api/upkeep.ts'

export interface ImportOptions {
  readonly config?: string
  readonly data: string
  readonly to?: string
  readonly type?: string
  readonly layout?: string
  readonly again?: boolean
}

export const importFiles = new Command('import')
  .description('bring history in: flow logs, the flow datagrams of captures, and flows that a Weir has exported')
  .argument(
    '<file...>',
    'flow logs (text, JSON, Parquet), pcap, pcapng, an IPFIX file or datagrams as they are, also gzipped; a file of weir export; - is standard input',
  )
  .option('--data <dir>', 'the data folder; one that a running Weir holds is filled by that Weir', 'data')
  .option('--to <url>', 'or the running Weir that takes it in, such as http://127.0.0.1:3055')
  .option('--config <file>', 'a YAML file: its exporters, fields and limits hold')
  .option('--type <type>', `what the files are, where it cannot be seen from them: ${IMPORT_TYPES.join(', ')}`)
  .option(
    '--layout <fields>',
    "fields of an AWS flow log that has no header line, such as '${srcaddr} ${dstaddr} ${bytes}'",
  )
  .option('--again', 'take in also what was imported before')
  .addHelpText(
    'after',
    `
The capture's time is the time of receipt. A file of the same content is imported once, unless --again is given.

Examples:
  weir import flows.pcap --data history
  weir import flows.pcap --config weir.yaml
  weir import november.parquet
  weir import flowlogs/*.log.gz
  weir import --layout '\${interface-id} \${srcaddr} \${dstaddr} \${bytes} \${start} \${end}' export.log
  weir import monday.pcap.gz tuesday.pcap.gz
  ssh router tcpdump -w - udp port 2055 | weir import -`,
  )
  .action(async (files: string[], options: ImportOptions) => {
    const { runImport } = await import('./import-run.ts')
    await runImport(files, options)
  })
