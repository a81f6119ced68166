import { Command } from 'commander'
import type { DecodeOptions } from './decode-files.ts'

export const decode = new Command('decode')
  .description('decode the flow datagrams of a capture to JSON lines')
  .argument('<file...>', 'pcap, pcapng, an IPFIX file or datagrams as they are, also gzipped; - is standard input')
  .option('--raw', 'every record with all its elements as they stand on the wire, known or not')
  .option('--config <file>', 'a YAML file: its exporters, fields and limits hold')
  .option('--counters', 'end with one JSON line of counters on stderr')
  .addHelpText(
    'after',
    `
One flow a line, with the canonical names of its fields; what it lacks is left out. The capture's time is the time of receipt.

With --raw, a line is a record of any kind: flows, options, and sFlow's samples with their structures. Each field has its
element's number and name, its value by the registry's type, and its octets in hex. Nothing is made of it: no sampling, no
absolute times; what waited for its template comes with the template.

Examples:
  weir decode flows.pcap
  weir decode flows.pcap --counters > flows.jsonl
  weir decode flows.pcap --config weir.yaml
  weir decode --raw flows.pcap | grep '"kind":"options"'
  tcpdump -w - udp port 2055 | weir decode -`,
  )
  .action(async (files: string[], options: Partial<DecodeOptions>) => {
    const { decodeFiles } = await import('./decode-files.ts')
    await decodeFiles(files, { ...options, counters: options.counters ?? false, raw: options.raw ?? false })
  })
