/**
 * Fields of AWS flow logs (VPC versions 2 to 11, Transit Gateway version 6) and what becomes of each ("Flow log records",
 * Amazon VPC User Guide; "Transit Gateway Flow Log records", Amazon VPC Transit Gateways).
 */
import type { StoredFieldName } from '../../../../shared/schema/fields.ts'

/** A field that is copied as it is, by the kind of its value. */
type Copied =
  | {
      readonly as: 'text'
      readonly to: StoredFieldName
      /** Where it goes too: what is of the interface is of the end of the flow that the interface is. */
      readonly ends?: readonly [src: StoredFieldName, dst: StoredFieldName]
    }
  | { readonly as: 'u64'; readonly to: StoredFieldName }
/** A field that means more than its value. */
type Special =
  | 'srcaddr'
  | 'dstaddr'
  | 'pkt-srcaddr'
  | 'pkt-dstaddr'
  | 'srcport'
  | 'dstport'
  | 'protocol'
  | 'start'
  | 'end'
  | 'action'
  | 'log-status'
  | 'type'
  | 'flow-direction'
  | 'traffic-path'
  | 'tcp-flags'
  | 'version'

export type AwsField = Copied | { readonly as: Special }

const text = (to: StoredFieldName): AwsField => ({ as: 'text', to })
const own = (
  to: 'account.id' | 'interface.id' | 'vpc.id' | 'subnet.id' | 'instance.id' | 'region' | 'az',
): AwsField => ({ as: 'text', to, ends: [`src.${to}`, `dst.${to}`] })
const special = (as: Special): AwsField => ({ as })

/** By the name in AWS's own spelling. */
export const AWS_FIELDS: ReadonlyMap<string, AwsField> = new Map<string, AwsField>([
  ['version', special('version')],
  ['account-id', own('account.id')],
  ['interface-id', own('interface.id')],
  ['srcaddr', special('srcaddr')],
  ['dstaddr', special('dstaddr')],
  ['srcport', special('srcport')],
  ['dstport', special('dstport')],
  ['protocol', special('protocol')],
  ['packets', { as: 'u64', to: 'packets' }],
  ['bytes', { as: 'u64', to: 'bytes' }],
  ['start', special('start')],
  ['end', special('end')],
  ['action', special('action')],
  ['log-status', special('log-status')],
  ['vpc-id', own('vpc.id')],
  ['subnet-id', own('subnet.id')],
  ['instance-id', own('instance.id')],
  ['tcp-flags', special('tcp-flags')],
  ['type', special('type')],
  ['pkt-srcaddr', special('pkt-srcaddr')],
  ['pkt-dstaddr', special('pkt-dstaddr')],
  ['region', own('region')],
  ['az-id', own('az')],
  ['sublocation-type', text('sublocation.type')],
  ['sublocation-id', text('sublocation.id')],
  ['pkt-src-aws-service', text('src.cloud.service')],
  ['pkt-dst-aws-service', text('dst.cloud.service')],
  ['flow-direction', special('flow-direction')],
  ['traffic-path', special('traffic-path')],
  ['ecs-cluster-arn', text('ecs.cluster.arn')],
  ['ecs-cluster-name', text('ecs.cluster.name')],
  ['ecs-container-instance-arn', text('ecs.container.instance.arn')],
  ['ecs-container-instance-id', text('ecs.container.instance.id')],
  ['ecs-container-id', text('ecs.container.id')],
  ['ecs-second-container-id', text('ecs.second.container.id')],
  ['ecs-service-name', text('ecs.service.name')],
  ['ecs-task-definition-arn', text('ecs.task.definition.arn')],
  ['ecs-task-arn', text('ecs.task.arn')],
  ['ecs-task-id', text('ecs.task.id')],
  ['reject-reason', text('reject.reason')],
  ['resource-id', text('resource.id')],
  ['encryption-status', text('encryption.status')],
  ['instance-tag', text('instance.tag')],
  ['instance-tag-2', text('instance.tag.2')],
  ['interface-tag', text('interface.tag')],
  ['interface-tag-2', text('interface.tag.2')],
  ['asg-tag', text('asg.tag')],
  ['asg-tag-2', text('asg.tag.2')],
  ['interface-type', text('interface.type')],
  ['next-hop-interface-id', text('next.interface.id')],
  ['next-hop-subnet-id', text('next.subnet.id')],
  ['next-hop-az-id', text('next.az')],
  ['next-hop-vpc-id', text('next.vpc.id')],
  ['next-hop-interface-type', text('next.interface.type')],
  ['resource-type', text('resource.type')],
  ['tgw-id', text('tgw.id')],
  ['tgw-attachment-id', text('tgw.attachment.id')],
  ['tgw-pair-attachment-id', text('tgw.pair.attachment.id')],
  ['tgw-src-vpc-account-id', text('src.account.id')],
  ['tgw-dst-vpc-account-id', text('dst.account.id')],
  ['tgw-src-vpc-id', text('src.vpc.id')],
  ['tgw-dst-vpc-id', text('dst.vpc.id')],
  ['tgw-src-subnet-id', text('src.subnet.id')],
  ['tgw-dst-subnet-id', text('dst.subnet.id')],
  ['tgw-src-eni', text('src.interface.id')],
  ['tgw-dst-eni', text('dst.interface.id')],
  ['tgw-src-az-id', text('src.az')],
  ['tgw-dst-az-id', text('dst.az')],
  ['packets-lost-no-route', { as: 'u64', to: 'lost.no.route' }],
  ['packets-lost-blackhole', { as: 'u64', to: 'lost.blackhole' }],
  ['packets-lost-mtu-exceeded', { as: 'u64', to: 'lost.mtu' }],
  ['packets-lost-ttl-expired', { as: 'u64', to: 'lost.ttl' }],
])

/** Version 2's own 14 fields, which a log has where nothing else was asked for. */
export const AWS_DEFAULT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  )

/** A field's name in AWS's spelling: configurations write `${vpc-id}`, Parquet columns `vpc_id`. */
export function awsName(name: string): string {
  return name.replace(/^\$\{(.*)\}$/, '$1').replaceAll('_', '-')
}
