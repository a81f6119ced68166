import type { Device } from './device.ts'

export const openVswitch: Device = {
  id: 'open-vswitch',
  name: 'Open vSwitch',
  group: 'host',
  where: 'In a shell on the host, as root',
  variants: [
    {
      id: 'sflow',
      label: '',
      protocol: 'sFlow v5',
      interfaces: 'br0',
      rate: 400,
      config: [
        {
          each: [
            'ovs-vsctl -- --id=@weir create sFlow agent=eth0 \\',
            '  target=\'"{{endpoint}}"\' header=128 sampling={{rate}} polling=30 \\',
            '  -- set bridge {{interface}} sflow=@weir',
          ].join('\n'),
        },
      ],
      notes: [
        { term: 'agent', text: 'Weir knows the switch by the address of this interface.' },
        {
          term: 'sampling',
          text: 'One packet in so many is looked at; every datagram says so, and Weir multiplies once.',
        },
        { term: 'undo', text: 'ovs-vsctl clear bridge br0 sflow' },
      ],
    },
    {
      id: 'netflow5',
      label: '',
      protocol: 'NetFlow v5',
      interfaces: 'br0',
      config: [
        {
          each: [
            'ovs-vsctl -- --id=@weir create NetFlow \\',
            '  targets=\'"{{endpoint}}"\' active_timeout=60 \\',
            '  -- set bridge {{interface}} netflow=@weir',
          ].join('\n'),
        },
      ],
      notes: [
        { term: 'NetFlow', text: 'Version 5: it counts every packet, and it knows IPv4 only.' },
        {
          term: 'active_timeout',
          text: 'A transfer that runs for hours is reported every minute, not only at its end.',
        },
        { term: 'undo', text: 'ovs-vsctl clear bridge br0 netflow' },
      ],
    },
  ],
}
