import type { Seen } from './reading.ts'

const where = ({ interface: at, direction }: Seen) =>
  direction === 'ingress' ? `as they come in at ${at}` : direction === 'egress' ? `as they leave ${at}` : `at ${at}`

export const texts = {
  bytes: 'Bytes',
  flows: 'Flows',
  share: 'Share',
  empty: {
    title: 'No flow logs of a cloud in this range',
    how: 'Weir reads flow logs of AWS, Google Cloud and Azure: from a source in the configuration, or from a file with weir import.',
    getData: 'Get data',
    wider: 'Last 24 hours',
  },
  rejects: {
    title: 'What is rejected',
    by: 'Rejected flows by',
    names: {
      'interface.id': 'interface',
      'dst.port': 'port',
      'src.ip': 'source',
      'reject.reason': 'reason',
    },
    none: 'Nothing was rejected in this range.',
    unit: 'rejected flows',
    per: (interval: string) => `per ${interval}`,
  },
  path: {
    title: 'Ways out of the interfaces',
    column: 'Traffic path',
    none: 'No record in this range says which way traffic left: the log format needs flow-direction and traffic-path (version 5).',
    basis: 'what leaves interfaces',
  },
  cost: {
    title: 'What it costs',
    column: 'Charged for',
    price: 'Price per GB',
    cost: 'Estimated cost',
    basis: (currency: string) =>
      `${currency}, estimated: bytes of the flow logs × your prices, without free tiers and steps`,
    bytesOnly: 'bytes only',
    total: 'Together',
    example: 'prices:\n  currency: USD\n  crossZone: …\n  nat: …\n  internet: …',
    noPrices: 'No prices are configured, so no cost is shown.',
    how: 'Write what your cloud charges a gigabyte for into the configuration, such as',
    names: {
      crossZone: 'Crossing zones, both ends',
      nat: 'NAT gateways, both ways',
      internet: 'Out to the internet',
      peeringOtherRegion: 'Peering, other region',
      transitGateway: 'Into transit gateways',
    },
  },
  zones: {
    title: { az: 'Between zones', 'subnet.id': 'Between subnets', 'vpc.id': 'Between VPCs' },
    by: 'Matrix by',
    matrix: (name: string) => `Bytes by ${name}`,
    names: { az: 'zone', 'subnet.id': 'subnet', 'vpc.id': 'VPC' },
    from: 'From ↓ to →',
    none: 'No record in this range has both ends: Weir learns which interface an address is of from records that say flow-direction, vpc-id and az-id.',
    basis: (known: string) => `what leaves interfaces, where both ends are known: ${known} of it`,
    crossing: (bytes: string, share: string, cost: string | null) =>
      `${bytes} cross, ${share} of what is known${cost === null ? '' : `, about ${cost}`}.`,
  },
  leaving: {
    title: 'What leaves the VPC',
    by: 'Leaving, by',
    names: {
      'instance.id': 'instance',
      'subnet.id': 'subnet',
      'src.ip': 'source',
      'dst.ip': 'destination',
      'dst.cloud.service': 'service',
    },
    ways: {
      unknown: 'Unknown way',
      'same vpc': 'NAT or appliance',
      'internet or endpoint gateway': 'Internet or endpoint',
      'virtual private gateway': 'Private gateway',
      'peering, same region': 'Peering',
      'peering, other region': 'Peering, far',
      'local gateway': 'Local gateway',
      'endpoint gateway': 'Endpoint',
      'internet gateway': 'Internet',
    },
    cost: 'Cost',
    none: 'Nothing left the VPC in this range, or the log does not say which way traffic took.',
    basis: 'bytes out, by the way they take',
  },
  reach: {
    title: 'Why can’t A reach B?',
    a: 'From address A',
    b: 'To address B',
    port: 'Port of B, if any',
    ask: 'Look it up',
    intro: 'Both directions between two addresses: who let it through, who did not, and what to look at.',
    notAddress: (text: string) => `${text} is not an address.`,
    notPort: (text: string) => `${text} is not a port: 0 to 65535.`,
    basis: 'in this range, whatever the filter',
    summary: 'What interfaces said of it',
    records: 'Its newest records',
    way: 'Way',
    request: 'A → B',
    answer: 'B → A',
    interface: 'Interface',
    direction: 'Direction',
    action: 'Action',
    reason: 'Reason',
    groups: 'Security groups',
    packets: 'Packets',
    columns: {
      end: 'Ended',
      'src.ip': 'Source',
      'dst.ip': 'Destination',
      'interface.id': 'Interface',
      direction: 'Direction',
      action: 'Action',
      'tcp.flags': 'TCP flags',
      'src.port': 'Source port',
      'dst.port': 'Destination port',
      packets: 'Packets',
      bytes: 'Bytes',
    },
    more: (shown: number) => `the newest ${shown}`,
  },
  reading: {
    nothing:
      'No records of either direction: A sent nothing, or none of the interfaces on the way is logged. Coverage on this page says who was blind.',
    rejected: (seen: Seen, accepted: string, sometimes: boolean) =>
      `${sometimes ? 'Some requests' : 'Requests'} are ${accepted === '' || sometimes ? '' : `accepted at ${accepted} and `}rejected ${where(seen)}: ${
        seen.reason !== null
          ? `the log says why: ${seen.reason}.`
          : seen.direction === 'ingress'
            ? 'look at the inbound rules of its security groups, then at the network ACL of its subnet.'
            : seen.direction === 'egress'
              ? 'look at the outbound rules of its security groups, then at the network ACL of its subnet.'
              : 'look at the rules of its security groups and the network ACL of its subnet.'
      }`,
    answersRejected: (seen: Seen) =>
      `Answers are rejected ${where(seen)}: ${
        seen.reason !== null
          ? `the log says why: ${seen.reason}.`
          : 'security groups let answers through by themselves, so it is a network ACL: it is stateless, and needs a rule for the ports that answers go to (1024 to 65535).'
      }`,
    onlyAnswers: 'Only answers are there: requests went another way, or the interface that they left was not logged.',
    notArrived: (at: string) =>
      `Requests leave ${at}, and no interface sees them arrive or answer: B is not logged, or routes lead elsewhere. Look at the route tables.`,
    noAnswers: (at: string) =>
      `Requests are let through at ${at}, and no answers come back: nothing listens there, a firewall of the machine drops them, or answers go another way.`,
    fine: 'Both directions are let through. What fails is not a security group or a network ACL: look at the service itself.',
  },
  coverage: {
    title: 'Coverage',
    table: 'Gaps by interface',
    interface: 'Interface',
    strip: 'Over the range',
    noData: 'No traffic',
    skipped: 'Left out',
    skippedWarning: (count: number) =>
      `${count === 1 ? 'One interface was' : `${count} interfaces were`} not recorded for some of the time (SKIPDATA): the cloud dropped records, and numbers of that time are too low.`,
    none: 'No interface said that it was without data or left out in this range.',
    basis: (count: number) => `${count} interfaces with gaps`,
    leftOut: (count: number) => `and ${count} more`,
    legendNoData: 'no traffic (NODATA)',
    legendSkipped: 'records left out (SKIPDATA)',
    state: (noData: string, skipped: string) => `no traffic for ${noData}, left out for ${skipped}`,
  },
} as const
