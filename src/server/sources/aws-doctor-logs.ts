/** Permissions of sources of CloudWatch Logs. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { awsClient } from './aws.ts'
import type { AwsCheck } from './aws-doctor.ts'
import { groupArn } from './aws-policy.ts'
import { groupInput, nameOf } from './cloudwatch/names.ts'
import type { SettingsOf } from './settings.ts'

const HOUR_MS = 3_600_000

export function logChecks(source: SettingsOf<'cloudwatch'>): AwsCheck[] {
  return source.groups.flatMap((group) => {
    const thing = `log group ${group}`
    const resources = [groupArn(group, source.region)]
    return [
      {
        permission: { actions: ['logs:FilterLogEvents'], resources },
        thing,
        call: async () => {
          const client = new CloudWatchLogsClient(awsClient(source))
          const startTime = Date.now() - HOUR_MS
          const asked = { ...groupInput(group), startTime, limit: 1 }
          const { events = [], nextToken } = await client.send(new FilterLogEventsCommand(asked))
          client.destroy()
          if (events.length > 0 || nextToken) return `${thing} can be read`
          return { hint: `${thing} can be read; nothing came in the last hour`, remedy: await whyEmpty(source, group) }
        },
      },
      {
        permission: { actions: ['ec2:DescribeFlowLogs'], resources: ['*'] },
        thing: `flow logs of ${thing}`,
        isOptional: true,
        call: async () => {
          const flowLogs = await flowLogsOf(source, group)
          const ids = flowLogs.map(({ FlowLogId }) => FlowLogId).join(', ')
          if (flowLogs.length > 0) return `${ids} ${flowLogs.length === 1 ? 'writes' : 'write'} to ${thing}`
          return {
            hint: `no flow log of this account and region writes to ${thing}`,
            remedy:
              'Set `layout` of the source if its records are not of the default format; see docs/how-to/cloudwatch-flow-logs.md.',
          }
        },
      },
    ]
  })
}

async function flowLogsOf(source: SettingsOf<'cloudwatch'>, group: string) {
  const client = new EC2Client(awsClient(source))
  const Filter = [{ Name: 'log-group-name', Values: [nameOf(group)] }]
  const { FlowLogs = [] } = await client.send(new DescribeFlowLogsCommand({ Filter }))
  client.destroy()
  return FlowLogs
}

/** What AWS itself says of why nothing is delivered, where it may be asked. */
async function whyEmpty(source: SettingsOf<'cloudwatch'>, group: string): Promise<string> {
  const flowLogs = await flowLogsOf(source, group).catch(() => [])
  const failing = flowLogs.find(({ DeliverLogsErrorMessage }) => DeliverLogsErrorMessage)
  if (failing) return `${failing.FlowLogId} cannot deliver: ${failing.DeliverLogsErrorMessage}. Look at its role.`
  return 'The first records come 10 to 15 minutes after a flow log was made: look at its status with `aws ec2 describe-flow-logs`.'
}
