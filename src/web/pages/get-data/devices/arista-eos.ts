import type { Device } from './device.ts'

export const aristaEos: Device = {
  id: 'arista-eos',
  name: 'Arista EOS',
  group: 'network',
  where: 'On the switch, in privileged mode',
  variants: [
    {
      id: 'sflow',
      label: '',
      protocol: 'sFlow v5',
      interfaces: 'Loopback0',
      rate: 16_384,
      config: [
        [
          'configure',
          'sflow sample {{rate}}',
          'sflow polling-interval 30',
          'sflow destination {{collector}} {{port}}',
          'sflow source-interface {{interfaces}}',
          'sflow run',
          'end',
          'write memory',
        ].join('\n'),
      ],
      notes: [
        {
          term: 'sample',
          text: 'One packet in so many is looked at; every datagram says so, and Weir multiplies once. Below 16384 the command wants the word dangerous before the number.',
        },
        { term: 'source-interface', text: 'Weir knows the switch by the address of this interface.' },
        { term: 'run', text: 'Starts sampling on every Ethernet interface.' },
      ],
    },
  ],
}
