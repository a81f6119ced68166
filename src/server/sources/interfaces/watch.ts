/**
 * Asks AWS again and again for the network interfaces of each account and region that sources read flow logs of: their names,
 * tags and security groups, and whose an address is before its own flow log says so. Weir does without where it may not ask.
 */
import { EC2Client } from '@aws-sdk/client-ec2'
import { parseIp } from '../../../shared/schema/ip.ts'
import type { AddressOwners } from '../../intake/enrich/owners.ts'
import { placeKey } from '../../intake/enrich/owners.ts'
import type { Level } from '../../intake/journal.ts'
import { awsClient, explainAws, type AwsSettings } from '../aws.ts'
import { interfacePermission } from '../aws-policy.ts'
import type { InterfaceBook } from './book.ts'
import { describeInterfaces, type Described } from './describe.ts'

export const EVERY_MS = 5 * 60_000
/** After a failure; what is denied is mostly so for good. */
const AGAIN_MS = 15 * 60_000

export interface WatchContext {
  readonly book: InterfaceBook
  readonly owners: AddressOwners
  readonly now: () => number
  log(level: Level, message: string): void
  /** Resolves after so long, or at once when `signal` fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

/** One watch for each account and region of these. Resolves when `signal` has fired. */
export async function watchInterfaces(
  sources: readonly AwsSettings[],
  context: WatchContext,
  signal: AbortSignal,
): Promise<void> {
  const places = new Map(
    sources.map((each) => [JSON.stringify([each.region, each.role, each.externalId, each.endpoint]), each]),
  )
  await Promise.all(Array.from(places.values(), (settings) => watch(settings, context, signal)))
}

async function watch(settings: AwsSettings, context: WatchContext, signal: AbortSignal): Promise<void> {
  const { book, owners } = context
  const client = new EC2Client(awsClient(settings))
  let said: string | null = null
  while (!signal.aborted) {
    try {
      const found = await describeInterfaces(client, signal)
      const region = await client.config.region()
      book.take(
        found.map(({ state }) => state),
        context.now(),
      )
      for (const each of found) learn(owners, each, region, context.now())
      said = null
      await context.wait(EVERY_MS, signal)
    } catch (error) {
      if (signal.aborted) break
      const { trouble, remedy } = explainAws(error, {
        thing: `network interfaces in ${settings.region ?? 'the region of AWS_REGION'}`,
        permissions: [interfacePermission],
        settings,
      })
      if (said !== trouble)
        context.log('info', `${trouble}: interfaces are shown without names, tags and security groups. ${remedy}`)
      said = trouble
      await context.wait(AGAIN_MS, signal)
    }
  }
  client.destroy()
}

/** Its addresses are its own from when it was attached until now. */
function learn(owners: AddressOwners, of: Described, region: string, nowMs: number): void {
  const { id, instance, subnet, vpc, account } = of.state
  const values = [id, instance, subnet, vpc, of.zoneId, account, region]
  for (const address of of.privateAddresses) {
    const ip = parseIp(address)
    if (ip !== null) owners.learn(owners.make(placeKey(vpc, ip)), values, of.attachedMs ?? nowMs, nowMs)
  }
}
