/** Asks CloudWatch Logs for events, and gives the answer as it came: see `readPage`. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { awsClient, type AwsSettings } from '../aws.ts'
import { groupInput } from './names.ts'

/** An answer has 1 MB of events at most (FilterLogEvents, API reference), which may be more in JSON. */
const LONGEST_ANSWER = 64 << 20
const LONGEST_CALL_MS = 120_000

export interface EventRange {
  readonly group: string
  /** Both included, as CloudWatch Logs has it. */
  readonly fromMs: number
  readonly toMs?: number | undefined
}

export class EventsClient {
  private readonly client: CloudWatchLogsClient

  constructor(settings: AwsSettings) {
    this.client = new CloudWatchLogsClient(awsClient(settings))
  }

  /** One page of all streams of the group. */
  async page({ group, fromMs, toMs }: EventRange, token: string | null, signal: AbortSignal): Promise<Uint8Array> {
    const command = new FilterLogEventsCommand({
      ...groupInput(group),
      startTime: Math.max(0, fromMs),
      ...(toMs === undefined ? {} : { endTime: toMs }),
      ...(token === null ? {} : { nextToken: token }),
    })
    let body: Uint8Array = new Uint8Array(0)
    const until = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_CALL_MS)])
    command.middlewareStack.add(
      (next) => async (given) => {
        const result = await next(given)
        const response = result.response as { statusCode: number; body: AsyncIterable<Uint8Array> | Uint8Array }
        if (response.statusCode === 200) {
          body = await whole(response.body as AsyncIterable<Uint8Array>, until)
          response.body = EMPTY
        }
        return result
      },
      // Nearer to the answer than the reading of its JSON.
      { step: 'deserialize', priority: 'low', name: 'answerAsItCame' },
    )
    await this.client.send(command, { abortSignal: until })
    return body
  }

  close(): void {
    this.client.destroy()
  }
}

const EMPTY = Buffer.from('{}')

async function whole(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    parts.push(chunk)
    length += chunk.length
    if (length > LONGEST_ANSWER) throw new SyntaxError(`an answer of more than ${LONGEST_ANSWER} bytes`)
  }
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts, length)
}
