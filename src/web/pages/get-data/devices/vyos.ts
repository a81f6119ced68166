import type { Device, Variant } from './device.ts'

type Version = 9 | 10

const ACTIVE = 'A transfer that runs for hours is reported every minute, not only at its end.'
const NOTES = [
  {
    term: 'interface',
    text: 'VyOS counts what comes in. Name every interface: then both directions of a conversation are there, once each.',
  },
  { term: 'source-address', text: 'The address that Weir knows this router by, whichever way the datagrams leave.' },
]

const nameOf = (version: Version) => (version === 9 ? 'NetFlow v9' : 'IPFIX')
const versionNote = (version: Version) =>
  version === 9 ? [] : [{ term: 'version 10', text: 'Version 10 of NetFlow is IPFIX.' }]

/** Releases 1.3 and 1.4: pmacct. */
function pmacct(version: Version): Variant {
  return {
    id: `1.4-${version}`,
    label: '1.3, 1.4',
    protocol: nameOf(version),
    interfaces: 'eth0, eth1',
    config: [
      'configure\nset system flow-accounting disable-imt',
      { each: 'set system flow-accounting interface {{interface}}' },
      [
        `set system flow-accounting netflow version ${version}`,
        'set system flow-accounting netflow server {{collector}} port {{port}}',
        'set system flow-accounting netflow source-address {{source}}',
        'set system flow-accounting netflow timeout max-active-life 60',
        'set system flow-accounting netflow timeout expiry-interval 60',
        'commit',
        'save',
      ].join('\n'),
    ],
    notes: [
      ...NOTES,
      { term: 'disable-imt', text: 'The table in memory costs processor time, and nothing here reads it.' },
      { term: 'max-active-life', text: ACTIVE },
      ...versionNote(version),
    ],
  }
}

/** Release 1.5: a kernel module, with paths of its own. */
function kernel(version: Version): Variant {
  return {
    id: `1.5-${version}`,
    label: '1.5',
    protocol: nameOf(version),
    interfaces: 'eth0, eth1',
    config: [
      'configure',
      { each: 'set system flow-accounting netflow interface {{interface}}' },
      [
        `set system flow-accounting netflow version ${version}`,
        'set system flow-accounting netflow server {{collector}} port {{port}}',
        'set system flow-accounting netflow server {{collector}} source-address {{source}}',
        'set system flow-accounting netflow active-timeout 60',
        'commit',
        'save',
      ].join('\n'),
    ],
    notes: [...NOTES, { term: 'active-timeout', text: ACTIVE }, ...versionNote(version)],
  }
}

export const vyos: Device = {
  id: 'vyos',
  name: 'VyOS',
  group: 'network',
  where: 'On the router, as an administrator',
  variants: [
    pmacct(9),
    kernel(9),
    pmacct(10),
    kernel(10),
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
        {
          term: 'sampling-rate',
          text: 'One packet in so many is looked at; every datagram says so, and Weir multiplies once.',
        },
      ],
    },
  ],
}
