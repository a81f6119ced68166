import type { Device, Variant } from './device.ts'

function service(protocol: 'NetFlow v9' | 'IPFIX', version: 9 | 10): Variant {
  return {
    id: `service-${version}`,
    label: 'Debian, Ubuntu',
    protocol,
    interfaces: 'eth0',
    config: [
      'sudo apt install softflowd',
      {
        each: [
          "sudo tee /etc/softflowd/{{interface}}.conf <<'END'",
          "interface='{{interface}}'",
          `options='-v ${version} -n {{endpoint}} -t maxlife=60'`,
          'END',
          'sudo systemctl enable --now softflowd@{{interface}}',
        ].join('\n'),
      },
    ],
    notes: [
      {
        term: `-v ${version}`,
        text: version === 9 ? 'NetFlow v9; version 5 would leave IPv6 out.' : 'Version 10 of NetFlow is IPFIX.',
      },
      { term: 'maxlife=60', text: 'A transfer that runs for hours is reported every minute, not only at its end.' },
      { term: 'softflowd@', text: 'One instance for each interface, each with a file of its own.' },
    ],
  }
}

export const linuxSoftflowd: Device = {
  id: 'linux-softflowd',
  name: 'Linux, softflowd',
  group: 'host',
  where: 'In a shell on the host',
  variants: [
    service('NetFlow v9', 9),
    service('IPFIX', 10),
    {
      id: 'once',
      label: 'once, by hand',
      protocol: 'NetFlow v9',
      interfaces: 'eth0',
      config: [{ each: 'sudo softflowd -i {{interface}} -v 9 -n {{endpoint}} -t maxlife=60' }],
      notes: [
        { term: 'softflowctl', text: 'Runs in the background until: sudo softflowctl shutdown' },
        { term: 'maxlife=60', text: 'A transfer that runs for hours is reported every minute, not only at its end.' },
      ],
    },
  ],
}
