import type { Device, Variant } from './device.ts'

function variant(protocol: 'NetFlow v9' | 'IPFIX', version: string): Variant {
  return {
    id: version,
    label: 'RouterOS 6, 7',
    protocol,
    interfaces: 'all',
    config: [
      '/ip traffic-flow set enabled=yes interfaces={{interfaces}} active-flow-timeout=1m inactive-flow-timeout=15s',
      [
        `/ip traffic-flow target add dst-address={{collector}} port={{port}} src-address={{source}} version=${version}`,
        'v9-template-refresh=20 v9-template-timeout=1m',
      ].join(' '),
    ],
    notes: [
      { term: 'interfaces', text: 'Names with commas between, or all.' },
      {
        term: 'active-flow-timeout',
        text: 'A transfer that runs for hours is reported every minute, not only at its end.',
      },
      { term: 'src-address', text: 'The address that Weir knows this router by.' },
      {
        term: 'v9-template-timeout',
        text: 'Templates come again every minute, so that Weir can read the data soon after it starts.',
      },
      {
        term: 'hardware offload',
        text: 'What the switch chip forwards by itself never reaches the processor and is not counted.',
      },
    ],
  }
}

export const mikrotik: Device = {
  id: 'mikrotik',
  name: 'MikroTik',
  group: 'network',
  where: 'In a terminal on the router',
  variants: [variant('NetFlow v9', '9'), variant('IPFIX', 'ipfix')],
}
