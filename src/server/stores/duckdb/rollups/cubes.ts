/**
 * Which sums are kept beside the flows: for each cube, by its fields and by bucket. Chosen by what pages, commands and
 * people ask: who talks, which services, over which interfaces, between which networks. One more question that long
 * ranges must answer at once is one more entry.
 */
import { field, type FieldName } from '../../../../shared/schema/fields.ts'
import { columnsRead } from '../sql/fields.ts'

export interface Cube {
  readonly name: string
  readonly fields: readonly FieldName[]
  /** Also by minute; by hour and by day all are. */
  readonly minutes?: true
  /**
   * Has a name for the largest groups of a bucket only: there may be nearly as many groups as flows. What has none is
   * summed up in a table beside, with the largest count that it left out.
   */
  readonly largest?: true
  /** Layer-2 octets too. */
  readonly layer2?: true
  /** What a slice of flows is summed by first; the cube is made from these sums. From the flows themselves without. */
  readonly base?: BaseName
}

/** Sums of a slice that several cubes are made from. */
export interface Base {
  readonly name: string
  readonly fields: readonly FieldName[]
  readonly layer2?: true
}

/** One exporter, and ingress only, are scopes of a question. */
const SCOPE = ['exporter', 'direction'] as const

export const CUBES: readonly Cube[] = [
  { name: 'interfaces', fields: [...SCOPE, 'in.if', 'out.if'], base: 'links', minutes: true, layer2: true },
  { name: 'services', fields: [...SCOPE, 'proto', 'service'], base: 'links', minutes: true },
  { name: 'networks', fields: [...SCOPE, 'src.as', 'dst.as'], base: 'traffic' },
  { name: 'masks', fields: [...SCOPE, 'src.mask', 'dst.mask'], base: 'traffic' },
  { name: 'next_hops', fields: [...SCOPE, 'next.hop'], base: 'traffic' },
  { name: 'tcp_flags', fields: [...SCOPE, 'proto', 'tcp.flags'], base: 'traffic' },
  { name: 'classes', fields: [...SCOPE, 'tos'], base: 'traffic' },
  { name: 'vlans', fields: [...SCOPE, 'vlan', 'out.vlan'], base: 'traffic' },
  { name: 'vrfs', fields: [...SCOPE, 'in.vrf', 'out.vrf'], base: 'traffic' },
  { name: 'apps', fields: [...SCOPE, 'app'], base: 'traffic' },
  { name: 'actions', fields: [...SCOPE, 'action', 'event'], base: 'traffic' },
  { name: 'origins', fields: [...SCOPE, 'domain', 'source.type', 'ip.version'], base: 'traffic' },
  { name: 'sources', fields: ['src.ip'], base: 'ends', minutes: true, largest: true },
  { name: 'destinations', fields: ['dst.ip'], base: 'ends', minutes: true, largest: true },
  { name: 'conversations', fields: ['src.ip', 'dst.ip'], base: 'ends', minutes: true, largest: true },
  { name: 'clients', fields: ['client.ip'], base: 'ends', largest: true },
  { name: 'servers', fields: ['server.ip'], base: 'ends', largest: true },
  { name: 'ports', fields: ['server.port', 'proto'], base: 'served', minutes: true, largest: true },
  { name: 'server_ports', fields: ['server.port'], base: 'served', largest: true },
  { name: 'src_ports', fields: ['src.port'], largest: true },
  { name: 'dst_ports', fields: ['dst.port'], largest: true },
]

/**
 * What one pass over a slice sums, for several cubes. Of a million flows at 40 flows/s, when a slice is six hours, the links
 * take 415 ms of CPU and the traffic 181; the cubes one by one took 1.6 s.
 */
export const BASES = {
  links: { name: 'links', fields: fieldsOf('links'), layer2: true },
  traffic: { name: 'traffic', fields: fieldsOf('traffic') },
  ends: { name: 'ends', fields: ['src.ip', 'dst.ip', 'initiator'] },
  served: { name: 'served', fields: fieldsOf('served') },
} as const satisfies Record<BaseName, Base>

function fieldsOf(name: BaseName): readonly FieldName[] {
  return [...new Set(CUBES.flatMap(({ base, fields }) => (base === name ? fields : [])))]
}

type BaseName = 'links' | 'traffic' | 'ends' | 'served'

/** A resolution that sums are kept at. */
export interface Level {
  readonly name: 'minute' | 'hour' | 'day'
  readonly ms: number
  /** Of the largest groups, one in so many flows of the bucket keeps its name, and at least and at most so many. */
  readonly flowsPerName: number
  readonly fewestNames: number
  readonly mostNames: number
  /**
   * A flow that lasted longer is in no sums of this level, or one flow could be millions of them. Questions read such
   * flows one by one.
   */
  readonly longestMs: number
}

const DAY_MS = 86_400_000
/** No exporter whose times are 32 bits of milliseconds can tell of longer ones. */
const FIFTY_DAYS_MS = 50 * DAY_MS

export const LEVELS = {
  minute: { name: 'minute', ms: 60_000, flowsPerName: 256, fewestNames: 8, mostNames: 4096, longestMs: DAY_MS },
  hour: { name: 'hour', ms: 3_600_000, flowsPerName: 64, fewestNames: 64, mostNames: 1024, longestMs: FIFTY_DAYS_MS },
  day: { name: 'day', ms: DAY_MS, flowsPerName: 64, fewestNames: 256, mostNames: 16_384, longestMs: FIFTY_DAYS_MS },
} as const satisfies Record<string, Level>

/** The folders that sums are kept in: what is in one goes together when it has become too old. */
export const FOLDERS = { minutes: ['minute'], hours: ['hour', 'day'] } as const
export type FolderName = keyof typeof FOLDERS
export const FOLDER_NAMES = Object.keys(FOLDERS) as FolderName[]

/** What lasted longer than this is in no sums of a folder; `long` of the file counts such flows. */
export const LONGEST_MS: Readonly<Record<FolderName, number>> = {
  minutes: LEVELS.minute.longestMs,
  hours: LEVELS.hour.longestMs,
}

/** Rows of a table of a cube that names all groups; one that grows past it is given up for that day. */
export const MOST_ROWS = 2_000_000

export interface CubeTable {
  readonly cube: Cube
  readonly level: Level
  readonly name: string
}

/** The tables of a folder. */
export function tablesOf(folder: FolderName): CubeTable[] {
  return CUBES.flatMap((cube) => tablesOfCube(cube, folder))
}

export function tablesOfCube(cube: Cube, folder: FolderName): CubeTable[] {
  if (folder === 'minutes' && !cube.minutes) return []
  return FOLDERS[folder].map((level) => ({ cube, level: LEVELS[level], name: `${cube.name}_${level}` }))
}

/**
 * From so many flows a second on, the largest groups of a minute are kept too. Below, there are nearly as many groups in a
 * minute as flows, and the flows of an hour are quick to read.
 */
export const BUSY_FLOWS_PER_SECOND = 1000

/** The stored fields that a field is worked out from. */
export function storedFieldsOf(name: FieldName): readonly FieldName[] {
  const { derived } = field(name)
  if (!derived) return [name]
  if (derived.op === 'side') return ['initiator', derived.src as FieldName, derived.dst as FieldName]
  return [name]
}

/** Whether flows with those columns have anything that the cube is kept by, besides what questions are scoped by. */
export function applies({ fields }: Cube, columns: { has(name: string): boolean }): boolean {
  const own = fields.filter((name) => !SCOPE.includes(name as (typeof SCOPE)[number]))
  return own.some((name) => columnsRead(name).some((column) => columns.has(column)))
}
