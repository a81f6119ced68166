import type { Device } from './device.ts'

const SAMPLER = {
  each: 'config system interface\n    edit {{interface}}\n        set netflow-sampler both\n    next\nend',
}
const NOTES = [
  { term: 'active-flow-timeout', text: 'A session that runs for hours is reported every minute, not only at its end.' },
  {
    term: 'template-tx-timeout',
    text: 'Templates come again every minute, so that Weir can read the data soon after it starts.',
  },
  {
    term: 'source-ip',
    text: 'The address that Weir knows this firewall by; leave the line out where ha-direct is on.',
  },
  { term: 'netflow-sampler', text: 'Counts every packet of the sessions of this interface, in both directions.' },
]

export const fortinet: Device = {
  id: 'fortinet',
  name: 'Fortinet FortiGate',
  group: 'network',
  where: 'On the firewall, in the command line of the management VDOM',
  variants: [
    {
      id: '7.4',
      label: '7.4 and later',
      protocol: 'NetFlow v9',
      interfaces: 'port1',
      config: [
        [
          'config system netflow',
          '    set active-flow-timeout 60',
          '    set template-tx-timeout 60',
          '    config collectors',
          '        edit 1',
          '            set collector-ip {{collector}}',
          '            set collector-port {{port}}',
          '            set source-ip {{source}}',
          '        next',
          '    end',
          'end',
        ].join('\n'),
        SAMPLER,
      ],
      notes: NOTES,
    },
    {
      id: '7.2',
      label: '7.2',
      protocol: 'NetFlow v9',
      interfaces: 'port1',
      config: [
        [
          'config system netflow',
          '    set collector-ip {{collector}}',
          '    set collector-port {{port}}',
          '    set source-ip {{source}}',
          '    set active-flow-timeout 60',
          '    set template-tx-timeout 60',
          'end',
        ].join('\n'),
        SAMPLER,
      ],
      notes: NOTES,
    },
  ],
}
