/** A bucket with a queue for tests of S3 sources, behind the misbehaving proxy. */
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { RunningSource } from '../source.ts'
import { totalsOf } from '../store.ts'
import type { LocalAws } from './local-aws.ts'
import type { MisbehavingProxy } from './misbehaving-proxy.ts'
import type { Queue } from './resources.ts'

export const HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

/** A flow of that many bytes. */
export function flowLine(bytes: number): string {
  return `2 123456789012 eni-0a1b2c3d4e5f60718 10.0.0.5 198.51.100.7 ${1024 + (bytes % 60_000)} 443 6 1 ${bytes} 1795521600 1795521660 ACCEPT OK`
}

/** An object as AWS writes it, with flows of these bytes. */
export function logOf(...bytes: readonly number[]): Uint8Array {
  return gzipSync([HEADER, ...bytes.map(flowLine), ''].join('\n'))
}

/** Key of a file of that number, as AWS names them: of so many days ago. */
export function keyOf(n: number, prefix = '', daysAgo = 0): string {
  const day = dayAgo(daysAgo)
  return `${prefix}AWSLogs/123456789012/vpcflowlogs/us-east-1/${day.replaceAll('-', '/')}/123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_${day.replaceAll('-', '')}T1200Z_${String(n).padStart(8, '0')}.log.gz`
}

/** `2026-11-24` of so many days before today, in UTC. */
export function dayAgo(days: number): string {
  return new Date(TODAY_MS - days * 86_400_000).toISOString().slice(0, 10)
}

const TODAY_MS = Date.now()

export interface Made {
  readonly bucket: string
  readonly queue: Queue
  /** Of a source that asks through the proxy. */
  readonly settings: Readonly<Record<string, unknown>>
}

let made = 0

/** A new bucket and queue; without `by`, nobody tells the queue of objects. */
export async function makeBucket(
  aws: LocalAws,
  proxy: MisbehavingProxy,
  by: 'sqs' | 'sns' | 'sns-raw' | 'eventbridge' | null = 'sqs',
): Promise<Made> {
  const bucket = `flows-${++made}`
  await aws.make.bucket(bucket)
  const queue = await aws.make.queue(`${bucket}-created`)
  if (by !== null) await aws.make.notify(bucket, queue, by)
  const common = { type: 's3', name: bucket, bucket, region: aws.region, endpoint: proxy.endpoint, pathStyle: true }
  return { bucket, queue, settings: { ...common, queue: queue.url } }
}

/** Moves the clock on until so many flows are in the store. */
export async function untilFlows(running: RunningSource, flows: number): Promise<void> {
  await running.until(async () => {
    await wait(5)
    return Number((await totalsOf(running.store))[2] ?? 0) >= flows
  })
}

/** Moves the clock on until nothing is in the queue or in hand. */
export async function untilEmpty(running: RunningSource, aws: LocalAws, queue: Queue): Promise<void> {
  await running.until(async () => {
    await wait(5)
    const { visible, inFlight } = await aws.make.queueDepth(queue)
    return visible + inFlight === 0
  })
}
