/** IAM policies to paste: what a source needs and no more. */

/** Actions on resources, as IAM spells them. */
export interface Permission {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
}

/** The policy as JSON: in one line, or for people to read. */
export function policyFor(permissions: readonly Permission[], indent?: number): string {
  const Statement = permissions.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
  }))
  return JSON.stringify({ Version: '2012-10-17', Statement }, null, indent)
}

/** A log group by name, or by ARN with or without `:*` at its end; its ARN where it is not known has `*` in it. */
export function groupArn(group: string, region: string | undefined): string {
  return group.startsWith('arn:')
    ? `${group.replace(/:\*$/, '')}:*`
    : `arn:aws:logs:${region ?? '*'}:*:log-group:${group}:*`
}

/** What names of interfaces, their tags and security groups need; Weir does without. */
export const interfacePermission: Permission = { actions: ['ec2:DescribeNetworkInterfaces'], resources: ['*'] }

/** What reading log groups needs. */
export function logPermissions(groups: readonly string[], region: string | undefined): Permission[] {
  return [
    {
      actions: ['logs:FilterLogEvents'],
      resources: groups.map((group) => groupArn(group, region)),
    },
    { actions: ['ec2:DescribeFlowLogs'], resources: ['*'] },
  ]
}

/** What reading a bucket needs, and its queue where there is one. `queue` is its address. */
export function bucketPermissions(bucket: string, prefix: string, queue: string | undefined): Permission[] {
  return [
    { actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${bucket}`] },
    { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${bucket}/${prefix}*`] },
    ...(queue === undefined
      ? []
      : [
          {
            actions: [
              'sqs:ReceiveMessage',
              'sqs:DeleteMessage',
              'sqs:ChangeMessageVisibility',
              'sqs:GetQueueAttributes',
            ],
            resources: [queueArn(queue)],
          },
        ]),
  ]
}

/** `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME` as ARN; the region is `*` where the address does not say it. */
export function queueArn(queue: string): string {
  const { hostname, pathname } = new URL(queue)
  const [account = '*', name = '*'] = pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(-2)
  const region = /^sqs\.([a-z0-9-]+)\./.exec(hostname)?.[1] ?? '*'
  return `arn:aws:sqs:${region}:${account}:${name}`
}
