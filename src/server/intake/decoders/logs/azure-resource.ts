/** What the id of a resource of Azure tells: `/subscriptions/ID/resourceGroups/NAME/providers/Microsoft.Network/TYPE/NAME/…` */
import { wordOf, type JsonObject } from './json-values.ts'

export interface AzureResource {
  readonly account: string | null
  readonly acl: string | null
  readonly network: string | null
  readonly subnet: string | null
  readonly interface: string | null
  /** What there is no field for, as name=value. */
  readonly other: string | null
}

/** Kinds of resources, which come in any case, by what stands behind them. */
const PARTS = {
  account: 'subscriptions',
  acl: 'networksecuritygroups',
  network: 'virtualnetworks',
  subnet: 'subnets',
  interface: 'networkinterfaces',
} as const
const GROUP = 'resourcegroups'
const LONGEST_ID = 2048
/** Of the record, what is not of any flow in it. */
const KEPT = ['systemId', 'flowLogGUID'] as const

/** `id`: of what the log is of. */
export function azureResource(id: string | null, record: JsonObject | null): AzureResource {
  const parts = (id ?? '').slice(0, LONGEST_ID).split('/')
  const behind = (kind: string): string | null => {
    const at = parts.findIndex((part) => part.toLowerCase() === kind)
    return at < 0 ? null : (parts[at + 1] ?? null) || null
  }
  const group = behind(GROUP)
  const kept = [
    ...(group === null ? [] : [`resourceGroup=${group}`]),
    ...KEPT.flatMap((name) => {
      const text = wordOf(record?.[name])
      return text === null ? [] : [`${name}=${text}`]
    }),
  ]
  return {
    account: behind(PARTS.account)?.toLowerCase() ?? null,
    acl: behind(PARTS.acl),
    network: behind(PARTS.network),
    subnet: behind(PARTS.subnet),
    interface: behind(PARTS.interface),
    other: kept.length > 0 ? kept.join(' ') : null,
  }
}
