import { Command } from 'commander'

export const decode = new Command('decode')
  .description('decode the flow datagrams of a capture to JSON lines')
  .argument('<file...>', 'pcap, pcapng or a raw datagram file, also gzipped; - is standard input')
  .option('--counters', 'end with one JSON line of counters on stderr')
  .addHelpText(
    'after',
    `
One flow a line, with the canonical names of its fields; what it lacks is left out. The capture's time is the time of receipt.

Examples:
  weir decode flows.pcap
  weir decode flows.pcap --counters > flows.jsonl
  tcpdump -w - udp port 2055 | weir decode -`,
  )
  .action(async (files: string[], options: { readonly counters?: boolean }) => {
    const { decodeFiles } = await import('./decode-files.ts')
    await decodeFiles(files, options.counters ?? false)
  })
