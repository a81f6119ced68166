import type { Device } from './device.ts'

const INGRESS = {
  term: 'interface',
  text: 'VyOS counts what comes in. Name every interface, and both directions of a conversation are there once.',
}
const ACTIVE = { text: 'A transfer that runs for hours is reported every minute, not only at its end.' }
const SOURCE = { term: 'source-address', text: 'The address that Weir knows this router by, whichever way the datagrams leave.' }

export const vyos: Device = {
  id: 'vyos',
  name: 'VyOS',
  group: 'network',
  where: 'On the router, as an administrator',
  variants: [
    {
      id: '1.4-v9',
      label: '1.3, 1.4',
      protocol: 'NetFlow v9',
      interfaces: 'eth0, eth1',
      config: [
        'configure\nset system flow-accounting disable-imt',
        { each: 'set system flow-accounting interface {{interface}}' },
        [
          'set system flow-accounting netflow version 9',
          'set system flow-accounting netflow server {{collector}} port {{port}}',
          'set system flow-accounting netflow source-address {{source}}',
          'set system flow-accounting netflow timeout max-active-life 60',
          'set system flow-accounting netflow timeout expiry-interval 60',
          'commit',
          'save',
        ].join('\n'),
      ],
      notes: [
        INGRESS,
        { term: 'disable-imt', text: 'The table in memory costs processor time, and nothing here reads it.' },
        { term: 'max-active-life', ...ACTIVE },
        SOURCE,
      ],
    },
    {
      id: '1.5-v9',
      label: '1.5',
      protocol: 'NetFlow v9',
      interfaces: 'eth0, eth1',
      config: [
        'configure',
        { each: 'set system flow-accounting netflow interface {{interface}}' },
        [
          'set system flow-accounting netflow version 9',
          'set system flow-accounting netflow server {{collector}} port {{port}}',
          'set system flow-accounting netflow server {{collector}} source-address {{source}}',
          'set system flow-accounting netflow active-timeout 60',
          'commit',
          'save',
        ].join('\n'),
      ],
      notes: [INGRESS, { term: 'active-timeout', ...ACTIVE }, SOURCE],
    },
    {
      id: '1.5-ipfix',
      label: '1.5',
      protocol: 'IPFIX',
      interfaces: 'eth0, eth1',
      config: [
        'configure',
        { each: 'set system flow-accounting netflow interface {{interface}}' },
        [
          'set system flow-accounting netflow version 10',
          'set system flow-accounting netflow server {{collector}} port {{port}}',
          'set system flow-accounting netflow server {{collector}} source-address {{source}}',
          'set system flow-accounting netflow active-timeout 60',
          'commit',
          'save',
        ].join('\n'),
      ],
      notes: [{ term: 'version 10', text: 'Version 10 of NetFlow is IPFIX.' }, INGRESS, { term: 'active-timeout', ...ACTIVE }, SOURCE],
    },
    {
      id: 'sflow',
      label: '1.4, 1.5',
      protocol: 'sFlow v5',
      interfaces: 'eth0, eth1',
      rate: 1000,
      config: [
        'configure',
        { each: 'set system sflow interface {{interface}}' },
        [
          'set system sflow agent-address {{source}}',
          'set system sflow sampling-rate {{rate}}',
          'set system sflow polling 30',
          'set system sflow server {{collector}} port {{port}}',
          'commit',
          'save',
        ].join('\n'),
      ],
      notes: [
        { term: 'agent-address', text: 'The address that Weir knows this router by.' },
        { term: 'sampling-rate', text: 'One packet in so many is looked at; every datagram says so, and Weir multiplies once.' },
      ],
    },
  ],
}
