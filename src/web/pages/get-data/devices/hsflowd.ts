import type { Device } from './device.ts'

export const hsflowd: Device = {
  id: 'hsflowd',
  name: 'hsflowd',
  group: 'host',
  where: 'In /etc/hsflowd.conf on the host, then: systemctl restart hsflowd',
  variants: [
    {
      id: 'host',
      label: '',
      protocol: 'sFlow v5',
      interfaces: 'eth0',
      rate: 400,
      config: [
        [
          'sflow {',
          '  agent.cidr = {{source}}/32',
          '  sampling = {{rate}}',
          '  polling = 30',
          '  collector { ip = {{collector}} UDPPort = {{port}} }',
        ].join('\n'),
        { each: '  pcap { dev = {{interface}} }' },
        '}',
      ],
      notes: [
        { term: 'agent.cidr', text: 'The address that Weir knows this host by; left out, hsflowd chooses one.' },
        {
          term: 'sampling',
          text: 'One packet in so many is looked at; every datagram says so, and Weir multiplies once.',
        },
        { term: 'pcap', text: 'One line for each interface. Without any, hsflowd sends counters and no flows.' },
      ],
    },
  ],
}
