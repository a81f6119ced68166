import type { Device } from './device.ts'

/** Inline sampling of one address family; `inet` or `inet6` is how Junos names it. */
function family(name: 'inet' | 'inet6', template: string): string {
  const output = `set forwarding-options sampling instance WEIR family ${name} output`
  return [
    `set services flow-monitoring version-ipfix template ${template} ${name === 'inet' ? 'ipv4' : 'ipv6'}-template`,
    `set services flow-monitoring version-ipfix template ${template} flow-active-timeout 60`,
    `set services flow-monitoring version-ipfix template ${template} flow-inactive-timeout 15`,
    `set services flow-monitoring version-ipfix template ${template} template-refresh-rate seconds 60`,
    `set services flow-monitoring version-ipfix template ${template} option-refresh-rate seconds 60`,
    `${output} flow-server {{collector}} port {{port}}`,
    `${output} flow-server {{collector}} version-ipfix template ${template}`,
    `${output} inline-jflow source-address {{source}}`,
  ].join('\n')
}

export const juniperJunos: Device = {
  id: 'juniper-junos',
  name: 'Juniper Junos',
  group: 'network',
  where: 'On the router or switch, in the command line',
  variants: [
    {
      id: 'mx-ipfix',
      label: 'MX',
      protocol: 'IPFIX',
      interfaces: 'ge-0/0/0',
      rate: 1000,
      config: [
        'configure',
        family('inet', 'WEIR-V4'),
        family('inet6', 'WEIR-V6'),
        'set forwarding-options sampling instance WEIR input rate {{rate}}',
        'set chassis fpc 0 sampling-instance WEIR',
        {
          each: 'set interfaces {{interface}} unit 0 family inet sampling input\nset interfaces {{interface}} unit 0 family inet6 sampling input',
        },
        'commit and-quit',
      ],
      notes: [
        { term: 'fpc 0', text: 'The slot that carries the interfaces; repeat the line for each slot.' },
        {
          term: 'rate',
          text: 'One packet in so many is looked at. The router announces it in option data, and Weir multiplies once.',
        },
        {
          term: 'source-address',
          text: 'The address that Weir knows this router by; inline sampling does not start without it.',
        },
        { term: 'unit 0', text: 'Name the unit that carries the addresses, where it is not 0.' },
      ],
    },
    {
      id: 'ex-sflow',
      label: 'EX, QFX',
      protocol: 'sFlow v5',
      interfaces: 'ge-0/0/0',
      rate: 2000,
      config: [
        'configure',
        [
          'set protocols sflow agent-id {{source}}',
          'set protocols sflow collector {{collector}} udp-port {{port}}',
          'set protocols sflow sample-rate ingress {{rate}}',
          'set protocols sflow polling-interval 30',
        ].join('\n'),
        { each: 'set protocols sflow interfaces {{interface}}' },
        'commit and-quit',
      ],
      notes: [
        { term: 'agent-id', text: 'The address that Weir knows this switch by.' },
        {
          term: 'sample-rate',
          text: 'One packet in so many is looked at; every datagram says so, and Weir multiplies once.',
        },
        { term: 'interfaces', text: 'Name the member links: an aggregated interface cannot be sampled as one.' },
      ],
    },
  ],
}
