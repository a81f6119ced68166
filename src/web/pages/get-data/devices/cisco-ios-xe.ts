import type { Device, Variant } from './device.ts'

type Family = 4 | 6

/** Flow record of one address family; Catalyst switches know absolute times only. */
function record(family: Family, times: 'sys-uptime' | 'absolute'): string {
  return [
    `flow record WEIR-V${family}`,
    ` match ipv${family} protocol`,
    ` match ipv${family} source address`,
    ` match ipv${family} destination address`,
    ' match transport source-port',
    ' match transport destination-port',
    ' match interface input',
    ...(family === 4 ? [' match ipv4 tos'] : [' match ipv6 traffic-class']),
    ' collect interface output',
    ' collect transport tcp flags',
    ' collect counter bytes long',
    ' collect counter packets long',
    ` collect timestamp ${times} first`,
    ` collect timestamp ${times} last`,
  ].join('\n')
}

function monitor(family: Family): string {
  return [
    `flow monitor WEIR-V${family}`,
    ` record WEIR-V${family}`,
    ' exporter WEIR',
    ' cache timeout active 60',
    ' cache timeout inactive 15',
  ].join('\n')
}

function exporter(protocol: 'netflow-v9' | 'ipfix', options: readonly string[]): string {
  return [
    'flow exporter WEIR',
    ' destination {{collector}}',
    ' source Loopback0',
    ' transport udp {{port}}',
    ` export-protocol ${protocol}`,
    ' template data timeout 60',
    ...options.map((option) => ` option ${option} timeout 60`),
  ].join('\n')
}

function variant(
  id: string,
  label: string,
  protocol: 'NetFlow v9' | 'IPFIX',
  times: 'sys-uptime' | 'absolute',
  interfaces: string,
  options: readonly string[],
): Variant {
  return {
    id,
    label,
    protocol,
    interfaces,
    config: [
      'configure terminal',
      record(4, times),
      record(6, times),
      exporter(protocol === 'IPFIX' ? 'ipfix' : 'netflow-v9', options),
      monitor(4),
      monitor(6),
      { each: 'interface {{interface}}\n ip flow monitor WEIR-V4 input\n ipv6 flow monitor WEIR-V6 input' },
      'end\nwrite memory',
    ],
    notes: [
      { term: 'input', text: 'Put the monitors on every interface, inwards only: each packet is then counted once.' },
      {
        term: 'source',
        text: 'Weir knows the router by the address of this interface; it stays the same whichever way datagrams leave.',
      },
      {
        term: 'timeout active 60',
        text: 'A transfer that runs for hours is reported every minute, not only at its end.',
      },
      {
        term: 'template data',
        text: 'Templates come again every minute, so that Weir can read the data soon after it starts.',
      },
      ...(options.includes('sampler-table')
        ? [{ term: 'sampler-table', text: 'Announces the sampling rate, in case you add a sampler to the monitors.' }]
        : []),
    ],
  }
}

const ROUTER = ['interface-table', 'sampler-table']

export const ciscoIosXe: Device = {
  id: 'cisco-ios-xe',
  name: 'Cisco IOS-XE',
  group: 'network',
  where: 'On the router or switch, in privileged mode',
  variants: [
    variant('router-v9', 'ISR, ASR, C8000', 'NetFlow v9', 'sys-uptime', 'GigabitEthernet0/0/0', ROUTER),
    variant('router-ipfix', 'ISR, ASR, C8000', 'IPFIX', 'sys-uptime', 'GigabitEthernet0/0/0', ROUTER),
    variant('catalyst-v9', 'Catalyst 9000', 'NetFlow v9', 'absolute', 'GigabitEthernet1/0/1', []),
  ],
}
