/**
 * Which fields of a template feed which fields of a flow. Most are copied as `fields.ts` says; times, volume, sampling and
 * ICMP have rules of their own, and their elements stand here.
 */
import { STORED_FIELDS, fromFields, type StoredField, type StoredFieldName } from '../../../shared/schema/fields.ts'
import { isNprobe } from '../../../shared/schema/vendor-elements.ts'
import { elementKey, elementName, elementType, type ElementKey } from '../../registry/elements.ts'
import { VARIABLE, type TemplateField } from '../decoders/template-fields.ts'
import {
  INITIATOR_COUNTERS,
  NPROBE_COUNTERS,
  ONE_WAY_FIELDS,
  ONE_WAY_PURPOSES,
  OTHER_SIDE,
  PURPOSES,
  REVERSE_COUNTERS,
  SPECIAL,
  reverseOf,
  type Purpose,
} from './elements.ts'

/** A field of the template that is made use of. */
export interface Place {
  readonly key: ElementKey
  /** Which field of the template. */
  readonly index: number
  /** In bytes, or VARIABLE. */
  readonly length: number
}

/** Fields whose elements stand in `fields.ts`, but that are not copied as they are. */
const NOT_COPIED: ReadonlySet<StoredFieldName> = new Set([
  'src.port',
  'dst.port',
  'icmp.type',
  'icmp.code',
  'ip.version',
  'tcp.flags',
  'tos',
])

/** Here 0 is a value: what stands behind in the list is only for templates without the first. */
const FIRST_ONLY: ReadonlySet<StoredFieldName> = new Set(['in.if', 'out.if', 'in.vrf', 'out.vrf'])

const DETAILS: ReadonlySet<ElementKey> = new Set(SPECIAL.applicationDetail)
const COUNTERS = ['bytes', 'packets', 'bytesL2'] as const satisfies readonly Purpose[]

export interface Plan {
  /** Fields copied as they are: the first of the places that is not 0, else the first. */
  readonly copies: readonly { readonly field: StoredField; readonly places: readonly Place[] }[]
  /** Places for a field of NOT_COPIED. */
  readonly own: ReadonlyMap<StoredFieldName, readonly Place[]>
  /** Places for each purpose, best first. */
  readonly special: Readonly<Record<Purpose, readonly Place[]>>
  /** Every place of Cisco's texts that say themselves what they are. */
  readonly details: readonly Place[]
  /** Whether it is for the other direction of a biflow (RFC 5103): records in which nothing went that way are passed over. */
  readonly reverse: boolean
  /** Of biflows, counters of the way back; records are passed over in which nothing went but that way. */
  readonly back: readonly Place[]
  /** Whether the record's counters name its source as the side that opened the conversation. */
  readonly initiatorCounters: boolean
  /** Whether the rate in the record may be little-endian. */
  readonly routerOs: boolean
  /** Whether the second word of an NTP time counts microseconds. */
  readonly netScaler: boolean
}

/** Every element that some field or rule takes. */
const known = fromFields(
  (): ReadonlySet<ElementKey> =>
    new Set(
      [
        ...Object.values(SPECIAL).flat(),
        ...STORED_FIELDS.flatMap((field) => field.elements ?? []),
        ...Object.values(REVERSE_COUNTERS).flat(),
      ].flatMap((key) => [key, reverseOf(key) ?? key]),
    ),
)

export function isKnown(key: ElementKey): boolean {
  return known().has(key)
}

/** Where the fields of a flow stand. An element that stands twice in a template counts where it stands first. */
export function plan(fields: readonly TemplateField[]): Plan {
  const places = placesOf(fields)
  return { ...planOf(fields, places, false), back: Object.values(reverseCounters(fields, places)).flat() }
}

/** The same for the way back; null where the template has no counters for it. */
export function reversePlan(fields: readonly TemplateField[]): Plan | null {
  const places = placesOf(fields)
  const back = reverseCounters(fields, places)
  return COUNTERS.some((purpose) => back[purpose].length > 0)
    ? { ...planOf(fields, places, true), special: { ...specialOf(places, true), ...back } }
    : null
}

type Places = ReadonlyMap<ElementKey, Place>

function placesOf(fields: readonly TemplateField[]): Places {
  const places = new Map<ElementKey, Place>()
  for (const [index, { enterprise, id, length }] of fields.entries()) {
    const key = elementKey(enterprise, id)
    if (length > 0 && !places.has(key)) places.set(key, { key, index, length })
  }
  return places
}

function planOf(fields: readonly TemplateField[], places: Places, reverse: boolean): Plan {
  const family = firstFamily(fields)
  const copies = []
  const own = new Map<StoredFieldName, readonly Place[]>()
  for (const field of STORED_FIELDS) {
    const found = find(places, elementsOf(field, reverse)).filter((place) => fits(field, place))
    if (found.length === 0) continue
    const ordered = [
      ...found.filter((place) => sameFamily(place.key, family)),
      ...found.filter((place) => !sameFamily(place.key, family)),
    ].slice(0, FIRST_ONLY.has(field.name) ? 1 : undefined)
    if (NOT_COPIED.has(field.name)) own.set(field.name, ordered)
    else copies.push({ field, places: ordered })
  }
  const special = specialOf(places, reverse)
  const { bytes, packets } = specialOf(places, false)
  return {
    copies,
    own,
    special,
    details: fields.flatMap(({ enterprise, id, length }, index) => {
      const key = elementKey(enterprise, id)
      return DETAILS.has(key) ? [{ key, index, length }] : []
    }),
    reverse,
    back: [],
    initiatorCounters: [bytes[0], packets[0]].some((place) => place && INITIATOR_COUNTERS.has(place.key)),
    routerOs: isRouterOs(fields),
    netScaler: fields.some(({ enterprise }) => enterprise === CITRIX),
  }
}

function find(places: Places, keys: readonly ElementKey[]): Place[] {
  return keys.map((key) => places.get(key)).filter((place) => place !== undefined)
}

const elementsByField = fromFields(() => new Map(STORED_FIELDS.map((field) => [field.name, field.elements ?? []])))

/** For the reverse direction, elements that are meant for it go before those of the other side, or of both. */
function elementsOf({ name, elements = [] }: StoredField, reverse: boolean): readonly ElementKey[] {
  if (!reverse) return elements
  const forward = elementsByField().get(OTHER_SIDE.get(name) ?? name) ?? []
  return [...reversed(elements), ...(ONE_WAY_FIELDS.has(name) ? [] : forward)]
}

function reversed(keys: readonly ElementKey[]): ElementKey[] {
  return keys.map(reverseOf).filter((key) => key !== undefined)
}

function specialOf(places: Places, reverse: boolean): Record<Purpose, readonly Place[]> {
  const special = {} as Record<Purpose, readonly Place[]>
  for (const purpose of PURPOSES) {
    const keys: readonly ElementKey[] = SPECIAL[purpose]
    const ofReverse = [...reversed(keys), ...(ONE_WAY_PURPOSES.has(purpose) ? [] : keys)]
    special[purpose] = find(places, reverse ? ofReverse : keys).filter(specialFits)
  }
  return special
}

/** The counter that goes with the one that counts forwards: of several ways of counting, never two are mixed. */
function reverseCounters(
  fields: readonly TemplateField[],
  places: Places,
): Record<(typeof COUNTERS)[number], readonly Place[]> {
  const partners = (key: ElementKey) => [
    ...reversed([key]),
    ...(REVERSE_COUNTERS[key] ?? []),
    ...(fields.some(({ enterprise, id }) => isNprobe(enterprise, id)) ? (NPROBE_COUNTERS[key] ?? []) : []),
  ]
  const forward = specialOf(places, false)
  const of = (purpose: (typeof COUNTERS)[number]) => {
    const counted = forward[purpose][0]?.key
    const keys: readonly ElementKey[] = counted ? [counted] : SPECIAL[purpose]
    return find(places, keys.flatMap(partners)).filter(specialFits).slice(0, 1)
  }
  return { bytes: of('bytes'), packets: of('packets'), bytesL2: of('bytesL2') }
}

const CITRIX = 5951

/** RouterOS is known by how its templates begin: IP version, first and last packet, packets, octets. */
const ROUTER_OS = [60, 22, 21, 2, 1]

function isRouterOs(fields: readonly TemplateField[]): boolean {
  return ROUTER_OS.every((id, i) => fields[i]?.enterprise === 0 && fields[i].id === id)
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

const LABELS: ReadonlySet<ElementKey> = new Set(SPECIAL.labels)
/** Any length will do: what they say has no fixed one. */
const ANY_LENGTH: ReadonlySet<ElementKey> = new Set([...SPECIAL.applicationId, ...SPECIAL.applicationDetail])

/** Times have one length each (seconds are at times sent in eight octets), a label three; the rest are numbers of up to 64 bits. */
function specialFits({ key, length }: Place): boolean {
  const type = elementType(key)
  if (type === 'dateTimeSeconds') return length === 4 || length === 8
  if (type.startsWith('dateTime') || type === 'float64') return length === 8 || (type === 'float64' && length === 4)
  if (type === 'macAddress') return length === 6
  if (LABELS.has(key)) return length === 3
  return length <= 8 || ANY_LENGTH.has(key)
}
