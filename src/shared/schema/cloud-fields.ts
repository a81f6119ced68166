/**
 * Fields that flow logs of clouds, clusters and sensors have besides those of NetFlow. An entry of the list in fields.ts
 * each; apart because there are many and nearly all of them are short texts.
 */
import { BYTES_BASES, FLAG_BASES, FLOW_STATES, TRAFFIC_PATHS } from './codes.ts'

const word = <const Name extends string, const Aliases extends readonly string[] = []>(
  name: Name,
  label: string,
  description: string,
  aliases?: Aliases,
) => ({ name, kind: 'keyword', label, role: 'dimension', aliases: aliases ?? [], description }) as const

/** A text of the source, and the same of the destination. */
const words = <const Name extends string>(
  name: Name,
  label: string,
  description: (side: 'source' | 'destination') => string,
  aliases: { readonly src?: readonly string[]; readonly dst?: readonly string[] } = {},
) =>
  [
    word(`src.${name}`, `Source ${label}`, description('source'), aliases.src ?? []),
    word(`dst.${name}`, `Destination ${label}`, description('destination'), aliases.dst ?? []),
  ] as const

const packetsLost = <const Name extends string>(name: Name, why: string, alias: string) =>
  ({
    name,
    kind: 'u64',
    label: `Packets lost, ${why}`,
    role: 'dimension',
    unit: 'packets',
    aliases: [alias],
    description: `Packets that a transit gateway lost: ${why}.`,
  }) as const

export const CLOUD_FIELDS = [
  // Where it was seen
  word('source.name', 'Source', 'The source in the configuration, or the file, that the record came from.'),
  word('account.id', 'Account', 'Account or project that the reporting interface belongs to.', [
    'account-id',
    'cloud.account.id',
    'cloud.project.id',
  ]),
  word('region', 'Region', 'Region of the reporting interface.', ['cloud.region']),
  word('az', 'Availability zone', 'Availability zone of the reporting interface (AWS: its id).', [
    'az-id',
    'cloud.availability_zone',
    'zone',
  ]),
  word('vpc.id', 'VPC', 'Virtual network of the reporting interface.', ['vpc-id']),
  word('subnet.id', 'Subnet', 'Subnet of the reporting interface.', ['subnet-id']),
  word('instance.id', 'Instance', 'Machine that the reporting interface belongs to.', [
    'instance-id',
    'cloud.instance.id',
  ]),
  word('interface.id', 'Cloud interface', 'Network interface that reported the flow.', ['interface-id', 'eni']),
  word('interface.type', 'Cloud interface type', 'Kind of the interface that reported the flow.', ['interface-type']),
  {
    name: 'interface.src.ip',
    kind: 'ip',
    label: 'Source address at the interface',
    role: 'dimension',
    description:
      'Source address as the interface sees it (AWS srcaddr); that of the packet, which may have gone through a translator, is src.ip.',
  },
  {
    name: 'interface.dst.ip',
    kind: 'ip',
    label: 'Destination address at the interface',
    role: 'dimension',
    description: 'Destination address as the interface sees it (AWS dstaddr); that of the packet is dst.ip.',
  },
  word('sublocation.type', 'Sublocation type', 'Wavelength, outpost or local zone.', ['sublocation-type']),
  word('sublocation.id', 'Sublocation', 'Id of the wavelength zone, outpost or local zone.', ['sublocation-id']),
  word('resource.type', 'Resource type', 'Kind of the cloud resource that reported the flow.', ['resource-type']),
  word('resource.id', 'Resource', 'Cloud resource that the reporting interface belongs to, such as a NAT gateway.', [
    'resource-id',
  ]),
  // Both ends
  ...words('account.id', 'account', (side) => `Account or project of the ${side}.`, {
    src: ['tgw-src-vpc-account-id'],
    dst: ['tgw-dst-vpc-account-id'],
  }),
  ...words('region', 'region', (side) => `Region of the ${side}.`),
  ...words('az', 'availability zone', (side) => `Availability zone of the ${side}.`, {
    src: ['tgw-src-az-id'],
    dst: ['tgw-dst-az-id'],
  }),
  ...words('vpc.id', 'VPC', (side) => `Virtual network of the ${side}.`, {
    src: ['tgw-src-vpc-id'],
    dst: ['tgw-dst-vpc-id'],
  }),
  ...words('subnet.id', 'subnet', (side) => `Subnet of the ${side}.`, {
    src: ['tgw-src-subnet-id'],
    dst: ['tgw-dst-subnet-id'],
  }),
  ...words('instance.id', 'instance', (side) => `Machine that is the ${side}.`),
  ...words('interface.id', 'cloud interface', (side) => `Network interface of the ${side}.`, {
    src: ['tgw-src-eni'],
    dst: ['tgw-dst-eni'],
  }),
  ...words('cloud.service', 'cloud service', (side) => `Service of the cloud whose address the ${side} is.`, {
    src: ['pkt-src-aws-service'],
    dst: ['pkt-dst-aws-service'],
  }),
  ...words('namespace', 'namespace', (side) => `Kubernetes namespace of the ${side}.`),
  ...words('pod', 'pod', (side) => `Kubernetes pod that is the ${side}.`),
  ...words('workload', 'workload', (side) => `Workload or service that the ${side} belongs to.`),
  ...words('country', 'country', (side) => `Country of the ${side}, as the log says.`, {
    src: ['source.geo.country_iso_code'],
    dst: ['destination.geo.country_iso_code'],
  }),
  ...words('city', 'city', (side) => `City of the ${side}, as the log says.`, {
    src: ['source.geo.city_name'],
    dst: ['destination.geo.city_name'],
  }),
  // The way
  {
    name: 'traffic.path',
    kind: 'code',
    label: 'Traffic path',
    role: 'dimension',
    codes: TRAFFIC_PATHS,
    aliases: ['traffic-path'],
    description: 'Way that egress traffic takes out of the interface (AWS traffic-path).',
  },
  word('next.interface.id', 'Next cloud interface', 'Interface that the traffic goes to next.', [
    'next-hop-interface-id',
  ]),
  word('next.interface.type', 'Next cloud interface type', 'Kind of the interface that the traffic goes to next.', [
    'next-hop-interface-type',
  ]),
  word('next.subnet.id', 'Next subnet', 'Subnet of the interface that the traffic goes to next.', [
    'next-hop-subnet-id',
  ]),
  word('next.az', 'Next availability zone', 'Availability zone of the interface that the traffic goes to next.', [
    'next-hop-az-id',
  ]),
  word('next.vpc.id', 'Next VPC', 'Virtual network of the interface that the traffic goes to next.', [
    'next-hop-vpc-id',
  ]),
  word('tgw.id', 'Transit gateway', 'Transit gateway that reported the flow.', ['tgw-id']),
  word('tgw.attachment.id', 'Transit gateway attachment', 'Attachment that the flow came by.', ['tgw-attachment-id']),
  word('tgw.pair.attachment.id', 'Transit gateway attachment, other side', 'Attachment that the flow left by.', [
    'tgw-pair-attachment-id',
  ]),
  packetsLost('lost.no.route', 'no route', 'packets-lost-no-route'),
  packetsLost('lost.blackhole', 'black hole', 'packets-lost-blackhole'),
  packetsLost('lost.mtu', 'longer than the MTU', 'packets-lost-mtu-exceeded'),
  packetsLost('lost.ttl', 'time to live ran out', 'packets-lost-ttl-expired'),
  // What was decided
  word('reject.reason', 'Reject reason', 'Why the traffic was rejected, besides security groups and network ACLs.', [
    'reject-reason',
  ]),
  word('rule', 'Rule', 'Name of the rule that let the traffic through or not.', ['rule.name']),
  word('acl', 'Access list', 'Network security group or access list that the rule is of.', ['acl-id']),
  word('encryption.status', 'Encryption', 'Whether the virtual network encrypted the flow, as the log says it.', [
    'encryption-status',
  ]),
  word('conn.id', 'Connection id', 'Id that the sensor gives the connection, in all of its logs (Zeek uid).', ['uid']),
  word('community.id', 'Community id', 'Hash of both ends and the protocol, the same in either direction.', [
    'network.community_id',
  ]),
  word('conn.state', 'Connection state', 'State of the connection in the words of the sensor (Zeek conn_state).'),
  word('conn.history', 'Connection history', 'What happened, a letter each (Zeek history).'),
  {
    name: 'flow.state',
    kind: 'code',
    label: 'Flow state',
    role: 'dimension',
    codes: FLOW_STATES,
    description: 'Whether the record begins, continues or ends a flow.',
  },
  // What it runs on
  word('node', 'Node', 'Machine of a cluster that saw the flow.'),
  word('cluster', 'Cluster', 'Cluster that the flow was seen in.', ['orchestrator.cluster.name']),
  word('ecs.cluster.name', 'ECS cluster', 'ECS cluster.', ['ecs-cluster-name']),
  word('ecs.cluster.arn', 'ECS cluster ARN', 'ARN of the ECS cluster.', ['ecs-cluster-arn']),
  word('ecs.container.instance.id', 'ECS container instance', 'ECS container instance.', ['ecs-container-instance-id']),
  word('ecs.container.instance.arn', 'ECS container instance ARN', 'ARN of the ECS container instance.', [
    'ecs-container-instance-arn',
  ]),
  word('ecs.container.id', 'Container', 'Container of an ECS task.', ['ecs-container-id', 'container.id']),
  word('ecs.second.container.id', 'Second container', 'Second container of an ECS task.', ['ecs-second-container-id']),
  word('ecs.service.name', 'ECS service', 'ECS service.', ['ecs-service-name']),
  word('ecs.task.definition.arn', 'ECS task definition ARN', 'ARN of the ECS task definition.', [
    'ecs-task-definition-arn',
  ]),
  word('ecs.task.arn', 'ECS task ARN', 'ARN of the ECS task.', ['ecs-task-arn']),
  word('ecs.task.id', 'ECS task', 'ECS task.', ['ecs-task-id']),
  word('instance.tag', 'Instance tag', 'First tag of the instance that the log is set to carry.', ['instance-tag']),
  word('instance.tag.2', 'Instance tag, second', 'Second tag of the instance.', ['instance-tag-2']),
  word('interface.tag', 'Interface tag', 'First tag of the interface that the log is set to carry.', ['interface-tag']),
  word('interface.tag.2', 'Interface tag, second', 'Second tag of the interface.', ['interface-tag-2']),
  word('asg.tag', 'Scaling group tag', 'First tag of the auto scaling group.', ['asg-tag']),
  word('asg.tag.2', 'Scaling group tag, second', 'Second tag of the auto scaling group.', ['asg-tag-2']),
  // What the figures are
  {
    name: 'rtt',
    kind: 'u32',
    label: 'Round trip time',
    role: 'dimension',
    unit: 'ms',
    description: 'Round trip time, as the log says it, in milliseconds.',
  },
  {
    name: 'bytes.basis',
    kind: 'code',
    label: 'Bytes of',
    role: 'dimension',
    codes: BYTES_BASES,
    description:
      'What the bytes of the record count, where it is not IP packets: only their payload, without the headers; or frames, with those of layer 2.',
  },
  {
    name: 'tcp.flags.basis',
    kind: 'code',
    label: 'TCP flags of',
    role: 'dimension',
    codes: FLAG_BASES,
    description: 'Partial: the log leaves out some flags (those of clouds: packets with nothing but ACK).',
  },
  word('other.fields', 'Other fields', 'Fields of the log that Weir has none for, as name=value, with spaces between.'),
  {
    name: 'record.id',
    kind: 'u64',
    label: 'Record id',
    role: 'dimension',
    description: 'Tells the log record that the flow came from, so that none is taken in twice.',
  },
] as const
