/** Which fields the flow logs of a group have: DescribeFlowLogs of EC2 says it, where that is allowed. */
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { layoutOf } from '../../intake/decoders/logs/log-format.ts'
import { awsClient, explainAws } from '../aws.ts'
import type { SettingsOf } from '../settings.ts'
import type { SourceContext } from '../source.ts'
import type { Trouble, Troubles } from '../troubles.ts'
import type { LogGroup } from './group.ts'
import { nameOf } from './names.ts'

/** Flow logs that deliver to one group; AWS has a few for each VPC. */
const MOST_PAGES = 20

/** How often it is tried where AWS does not answer; then it goes on without. */
const TRIES = 5
/** It is asked again after so long, where it was not known or records did not fit it. */
const AGAIN_MS = 15 * 60_000

interface Asked {
  readonly atMs: number
  /** Dead letters of the source by then. */
  readonly letters: number
  readonly isKnown: boolean
}

export class Layouts {
  private readonly settings: SettingsOf<'cloudwatch'>
  private readonly context: SourceContext
  private readonly troubles: Troubles
  private readonly client: EC2Client
  private readonly asked = new Map<LogGroup, Asked>()
  private failures = 0

  constructor(settings: SettingsOf<'cloudwatch'>, context: SourceContext, troubles: Troubles) {
    this.settings = settings
    this.context = context
    this.troubles = troubles
    this.client = new EC2Client(awsClient(settings))
  }

  /** Sees to it that the group has its layout. Rejects where AWS did not answer and it is to be tried again. */
  async of(group: LogGroup, signal: AbortSignal): Promise<void> {
    const { layout } = this.settings
    if (layout !== undefined) {
      if (!group.hasLayout) group.setLayout(layout)
      return
    }
    const nowMs = this.context.now()
    const { letters } = this.context.intake
    const asked = this.asked.get(group)
    if (asked && (nowMs - asked.atMs < AGAIN_MS || (asked.isKnown && letters === asked.letters))) return
    const found = await this.find(group, signal)
    if (found.layout !== null || asked === undefined) group.setLayout(found.layout)
    this.asked.set(group, { atMs: nowMs, letters, isKnown: found.problem === null })
    this.troubles.note(`layout of ${group.name}`, found.problem)
  }

  close(): void {
    this.client.destroy()
  }

  private async find(group: LogGroup, signal: AbortSignal): Promise<FoundLayout> {
    const thing = `layout of log group ${group.name}`
    try {
      const formats = await this.formats(nameOf(group.name), signal)
      this.failures = 0
      const [format] = formats
      if (formats.size <= 1) return { layout: format === undefined ? null : layoutOf(format), problem: null }
      const trouble = `flow logs of ${formats.size} layouts go to log group ${group.name}, so that none of them is sure`
      return { layout: null, problem: { trouble, remedy: 'Give each a group of its own, or set `layout`.' } }
    } catch (error) {
      const { settings } = this
      const permissions = [{ actions: ['ec2:DescribeFlowLogs'], resources: ['*'] }]
      const { fault, trouble, remedy } = explainAws(error, { thing, permissions, settings })
      if (fault !== 'denied' && fault !== 'credentials' && (signal.aborted || ++this.failures < TRIES)) throw error
      return {
        layout: null,
        problem: {
          trouble: `${trouble} (until it is known, only records of the default layout are taken)`,
          remedy: `${remedy} Or set \`layout\` of the source.`,
        },
      }
    }
  }

  private async formats(group: string, abortSignal: AbortSignal): Promise<Set<string>> {
    const formats = new Set<string>()
    let NextToken: string | undefined
    for (let page = 0; page < MOST_PAGES; page++) {
      const asked = { Filter: [{ Name: 'log-group-name', Values: [group] }], ...(NextToken ? { NextToken } : {}) }
      const answer = await this.client.send(new DescribeFlowLogsCommand(asked), { abortSignal })
      for (const { LogFormat } of answer.FlowLogs ?? []) if (LogFormat) formats.add(LogFormat.trim())
      NextToken = answer.NextToken
      if (!NextToken) break
    }
    return formats
  }
}

interface FoundLayout {
  /** Null where it is not known. */
  readonly layout: readonly string[] | null
  readonly problem: Trouble | null
}
