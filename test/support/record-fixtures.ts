// Records test/fixtures anew from real exporters: node --import tsx test/support/record-fixtures.ts
// What is expected of them is what other collectors count: nfdump, and sfacctd for sFlow.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pcapFrame, pcapHeader, udpFrame } from '../../src/server/intake/sources/pcap-writer.ts'
import { nfdumpFlows, record, sfacctdPairs, type Setting } from './exporters.ts'

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url))
const SETTINGS: Readonly<Record<string, Setting>> = {
  'softflowd-v5': { program: 'softflowd', version: 5 },
  'softflowd-v9': { program: 'softflowd', version: 9 },
  'softflowd-ipfix': { program: 'softflowd', version: 10 },
  'pmacct-v9': { program: 'nfprobe', version: 9 },
  'pmacct-ipfix': { program: 'nfprobe', version: 10 },
  'pmacct-sflow': { program: 'sfprobe', samplingRate: 16 },
}
const ENDS = {
  source: Uint8Array.of(192, 0, 2, 9),
  sourcePort: 9000,
  destination: Uint8Array.of(192, 0, 2, 1),
  destinationPort: 2055,
}

const expected: Record<string, object> = {}
for (const [name, setting] of Object.entries(SETTINGS)) {
  const beganMs = Date.now()
  const datagrams = await record(setting, !('version' in setting && setting.version === 5))
  const capture = Buffer.concat([
    pcapHeader(),
    ...datagrams.map((bytes, i) => pcapFrame(beganMs + i, udpFrame(ENDS, bytes))),
  ])
  writeFileSync(`${folder}${name}.pcap`, capture)
  if (setting.program === 'sfprobe') {
    const pairs = [...(await sfacctdPairs(capture)).values()]
    const samples = pairs.reduce((sum, pair) => sum + pair.samples, 0)
    const octets = pairs.reduce((sum, pair) => sum + pair.octets, 0)
    expected[name] = {
      by: 'sfacctd',
      datagrams: datagrams.length,
      flows: samples,
      packets: samples * setting.samplingRate,
      'bytes.l2': octets * setting.samplingRate,
    }
  } else {
    const flows = await nfdumpFlows(datagrams)
    expected[name] = {
      by: 'nfdump',
      datagrams: datagrams.length,
      flows: flows.length,
      packets: flows.reduce((sum, flow) => sum + flow.packets, 0),
      bytes: flows.reduce((sum, flow) => sum + flow.bytes, 0),
    }
  }
}
writeFileSync(`${folder}expected.json`, `${JSON.stringify(expected, null, 2)}\n`)
