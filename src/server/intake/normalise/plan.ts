/**
 * Which fields of a template feed which fields of a flow. Most are copied as `fields.ts` says; times, volume, sampling and
 * ICMP have rules of their own, and their elements stand here.
 */
import { STORED_FIELDS, fromFields, type StoredField, type StoredFieldName } from '../../../shared/schema/fields.ts'
import { elementKey, elementName, elementType, type ElementKey } from '../../registry/elements.ts'
import { VARIABLE, type TemplateField } from '../decoders/template-fields.ts'

/** A field of the template that is made use of. */
export interface Place {
  readonly key: ElementKey
  /** Which field of the template. */
  readonly index: number
  /** In bytes, or VARIABLE. */
  readonly length: number
}

/** Elements for each purpose, best first. */
const SPECIAL = {
  // The last packet: absolute times, then the moment of an event (NAT and firewall records have nothing else).
  end: ['157', '155', '153', '151', '325', '324', '323', '322'],
  start: ['156', '154', '152', '150'],
  endDelta: ['159'],
  startDelta: ['158'],
  endUptime: ['21'],
  startUptime: ['22'],
  systemInit: ['160'],
  durationMs: ['161'],
  durationMicros: ['162'],
  // Deltas, running totals, counters on the way out, the initiator's.
  bytes: ['1', '85', '23', '231'],
  packets: ['2', '86', '24', '298'],
  bytesL2: ['352', '353'],
  rate: ['34', '50'],
  packetInterval: ['305'],
  packetSpace: ['306'],
  sampler: ['302', '48'],
  icmpTypeAndCode: ['32', '139'],
  mplsLabel: ['70'],
  padding: ['210'],
  // What is read in structured.ts: lists, properties in common, octets of packets and what is told of these.
  structure: [
    '291',
    '292',
    '293',
    '137',
    '104',
    '313',
    '314',
    '315',
    '316',
    '317',
    '102',
    '103',
    '312',
    '408',
    '409',
    '410',
  ],
} as const satisfies Record<string, readonly ElementKey[]>
type Purpose = keyof typeof SPECIAL
const PURPOSES = Object.keys(SPECIAL) as Purpose[]

/** Fields whose elements stand in `fields.ts`, but that are not copied as they are. */
const NOT_COPIED: ReadonlySet<StoredFieldName> = new Set([
  'src.port',
  'dst.port',
  'icmp.type',
  'icmp.code',
  'ip.version',
])

export interface Plan {
  /** Fields copied as they are: the first of the places that is not 0, else the first. */
  readonly copies: readonly { readonly field: StoredField; readonly places: readonly Place[] }[]
  /** Places for a field of NOT_COPIED. */
  readonly own: ReadonlyMap<StoredFieldName, readonly Place[]>
  /** Places for each purpose, best first. */
  readonly special: Readonly<Record<Purpose, readonly Place[]>>
}

/** Every element that some field or rule takes. */
const known = fromFields(
  (): ReadonlySet<ElementKey> =>
    new Set([...Object.values(SPECIAL).flat(), ...STORED_FIELDS.flatMap((field) => field.elements ?? [])]),
)

export function isKnown(key: ElementKey): boolean {
  return known().has(key)
}

/** An element that stands twice in a template counts where it stands first. */
export function plan(fields: readonly TemplateField[]): Plan {
  const places = new Map<ElementKey, Place>()
  for (const [index, { enterprise, id, length }] of fields.entries()) {
    const key = elementKey(enterprise, id)
    if (length > 0 && !places.has(key)) places.set(key, { key, index, length })
  }
  const find = (keys: readonly ElementKey[]) =>
    keys.map((key) => places.get(key)).filter((place) => place !== undefined)
  const family = firstFamily(fields)
  const copies = []
  const own = new Map<StoredFieldName, readonly Place[]>()
  for (const field of STORED_FIELDS) {
    const found = find(field.elements ?? []).filter((place) => fits(field, place))
    if (found.length === 0) continue
    const ordered = [
      ...found.filter((place) => sameFamily(place.key, family)),
      ...found.filter((place) => !sameFamily(place.key, family)),
    ]
    if (NOT_COPIED.has(field.name)) own.set(field.name, ordered)
    else copies.push({ field, places: ordered })
  }
  const special = {} as Record<Purpose, readonly Place[]>
  for (const purpose of PURPOSES) special[purpose] = find(SPECIAL[purpose]).filter(specialFits)
  return { copies, own, special }
}

/** Records may carry both IPv4 and IPv6 fields (tunnels, mixed templates): those that stand first describe the packet itself. */
function firstFamily(fields: readonly TemplateField[]): 4 | 6 {
  const address = fields.find(
    ({ enterprise, id }) => enterprise === 0 && (id === 8 || id === 12 || id === 27 || id === 28),
  )
  return address && address.id >= 27 ? 6 : 4
}

function sameFamily(key: ElementKey, family: 4 | 6): boolean {
  const name = elementName(key)
  return !name.includes(family === 4 ? 'IPv6' : 'IPv4')
}

/** Whether a value of that length can be read as the field's kind. */
function fits(field: StoredField, place: Place): boolean {
  const { length } = place
  switch (field.kind) {
    case 'ip':
      return length === 4 || length === 16
    case 'mac':
      return length === 6
    case 'u64':
      return length <= 8 || length === VARIABLE
    case 'time':
      return elementType(place.key).startsWith('dateTime') ? specialFits(place) : length === 4 || length === 8
    case 'service':
      return false
    case 'keyword':
      return true
    case 'u8':
    case 'u16':
    case 'u32':
    case 'code':
      return true
  }
}

/** Times have one length each, a label three octets; the rest are numbers of up to 64 bits. */
function specialFits(place: Place): boolean {
  const type = elementType(place.key)
  if (type === 'dateTimeSeconds') return place.length === 4
  if (type.startsWith('dateTime')) return place.length === 8
  if (place.key === '70') return place.length === 3
  return place.length <= 8
}
