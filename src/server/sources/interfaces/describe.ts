/** Network interfaces as EC2 tells of them (DescribeNetworkInterfaces), bounded in number and length. */
import { DescribeNetworkInterfacesCommand, type EC2Client, type NetworkInterface } from '@aws-sdk/client-ec2'
import type { CloudInterface } from './book.ts'

/** Of one interface: its state, and what its own addresses are known by in flow logs. */
export interface Described {
  readonly state: CloudInterface
  /** Id of its zone, as `az-id` of a flow log has it; empty where EC2 does not say. */
  readonly zoneId: string
  /** Those that flow logs of its network have: not the public ones. */
  readonly privateAddresses: readonly string[]
  /** Since when it is attached; null where it is not. */
  readonly attachedMs: number | null
}

const PAGE = 1000
const MOST_PAGES = 20
const MOST_ADDRESSES = 64
const MOST_GROUPS = 16
const MOST_TAGS = 50
const LONGEST = 256

/** All of the account and region of the client. Rejects with what EC2 says. */
export async function describeInterfaces(client: EC2Client, abortSignal: AbortSignal): Promise<Described[]> {
  const all: Described[] = []
  let NextToken: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = { MaxResults: PAGE, ...(NextToken ? { NextToken } : {}) }
    const answer = await client.send(new DescribeNetworkInterfacesCommand(asked), { abortSignal })
    for (const each of answer.NetworkInterfaces ?? []) if (each.NetworkInterfaceId) all.push(described(each))
    NextToken = answer.NextToken
    if (!NextToken) break
  }
  return all
}

function described(of: NetworkInterface): Described {
  const own = (of.PrivateIpAddresses ?? []).slice(0, MOST_ADDRESSES)
  const v6 = (of.Ipv6Addresses ?? []).slice(0, MOST_ADDRESSES).map(({ Ipv6Address }) => text(Ipv6Address))
  const privateAddresses = [...own.map(({ PrivateIpAddress }) => text(PrivateIpAddress)), ...v6].filter(isText)
  const publicAddresses = own.map(({ Association }) => text(Association?.PublicIp)).filter(isText)
  const tags = (of.TagSet ?? []).slice(0, MOST_TAGS).map(({ Key, Value }): [string, string] => [text(Key), text(Value)])
  return {
    state: {
      id: text(of.NetworkInterfaceId),
      name: tags.find(([key]) => key === 'Name')?.[1] ?? '',
      description: text(of.Description),
      kind: text(of.InterfaceType),
      account: text(of.OwnerId),
      vpc: text(of.VpcId),
      subnet: text(of.SubnetId),
      zone: text(of.AvailabilityZone),
      instance: text(of.Attachment?.InstanceId),
      addresses: [...privateAddresses, ...publicAddresses],
      groups: (of.Groups ?? [])
        .slice(0, MOST_GROUPS)
        .map(({ GroupId, GroupName }) => ({ id: text(GroupId), name: text(GroupName) })),
      tags: tags.filter(([key]) => key !== 'Name').toSorted(([a], [b]) => (a < b ? -1 : 1)),
    },
    zoneId: text(of.AvailabilityZoneId),
    privateAddresses,
    attachedMs: of.Attachment?.AttachTime?.getTime() ?? null,
  }
}

function text(value: string | undefined): string {
  return (value ?? '').slice(0, LONGEST)
}

function isText(value: string): boolean {
  return value !== ''
}
