/** What a compiled template does with each record: copies, and the rules of normalising (docs/explanation/numbers.md). */
import type { StoredField, StoredFieldName } from '../../../shared/schema/fields.ts'
import type { Place, Plan } from '../normalise/plan.ts'
import { writeDetails } from './compile-details.ts'
import { moment, writeTimes } from './compile-times.ts'
import { writeSampling, writeVolume } from './compile-volume.ts'
import type { RecordWriter } from './record-writer.ts'
import { VARIABLE } from './template-fields.ts'

/** An interface that the exporter does not know (RFC 5102 has no value for it; exporters take sFlow's). */
const UNKNOWN_INTERFACE = 0x3fff_ffff
const ICMP = 1
const ICMPV6 = 58
const EXACT = Number.MAX_SAFE_INTEGER

export function writeRecord(w: RecordWriter, plan: Plan): void {
  writeConstants(w)
  for (const { field, places } of plan.copies) writeCopy(w, field, places)
  writeVersion(w, plan)
  writePortsAndIcmp(w, plan)
  writeFlags(w, plan)
  writeTos(w, plan)
  writeOuter(w, plan)
  writeDetails(w, plan)
  writeTimes(w, plan)
  writeSampling(w, plan)
  writeVolume(w, plan)
}

/** What is the same for all records of a set. */
function writeConstants(w: RecordWriter): void {
  w.before.push('const x = run.exporter, xa = x[0], xb = x[1], xc = x[2], xd = x[3]')
  w.before.push('const domain = run.domain, sourceType = run.sourceType, received = run.receivedMs')
  w.before.push('const receivedLow = received >>> 0, receivedHigh = (received / 4294967296) >>> 0')
  w.constant('exporter', ['xa', 'xb'], 'exporterHigh', 0)
  w.constant('exporter', ['xc', 'xd'], 'exporterLow', 1)
  w.constant('domain', 'domain', 'domain')
  w.constant('source.type', 'sourceType', 'sourceType')
  w.constant('received', ['receivedHigh', 'receivedLow'], 'received')
  for (const field of ['exporter', 'domain', 'source.type', 'received'] as const) w.setValid(field)
}

function writeCopy(w: RecordWriter, field: StoredField, places: readonly Place[]): void {
  w.setValid(field.name)
  switch (field.kind) {
    case 'ip':
      return writeAddress(w, field.name, places)
    case 'u64':
    case 'mac':
      return writeLong(w, field.name, places)
    case 'time':
      return writeMoment(w, field.name, places[0] as Place)
    case 'u8':
      return writeNumber(w, field.name, places, 0xff)
    case 'u16':
      return writeNumber(w, field.name, places, 0xffff)
    case 'u32':
      return writeNumber(w, field.name, places, 0xffff_ffff)
    case 'code':
      return writeNumber(w, field.name, places, (field.codes?.length ?? 0) - 1)
    case 'keyword':
      return writeText(w, field.name, places)
    case 'service':
      throw new Error(`${field.name}: no element has a service`)
  }
}

/** A number that does not fit is null: what is cut off is not what the exporter meant. */
function writeNumber(w: RecordWriter, field: StoredFieldName, places: readonly Place[], most: number): void {
  const [first, ...others] = places as [Place, ...Place[]]
  const fits = most >= 0xff && places.every(({ length }) => 256 ** length - 1 <= most)
  const isInterface = field === 'in.if' || field === 'out.if'
  if (others.length === 0 && first.length <= 8) {
    w.copy(field, first)
    if (!fits) w.odd(first, 'above', most)
    if (isInterface) w.odd(first, 'equal', UNKNOWN_INTERFACE)
    w.oddly(() => {
      if (!fits) w.line(`if (!(${w.number(first)} <= ${most})) ${w.setNull(field)}`)
      if (isInterface) w.line(`if (${w.number(first)} === ${UNKNOWN_INTERFACE}) ${w.setNull(field)}`)
    })
    return
  }
  const plainly = () => {
    w.copy(field, first)
    if (!fits) w.odd(first, 'above', most)
    if (isInterface) w.odd(first, 'equal', UNKNOWN_INTERFACE)
  }
  w.unlessZero(first, plainly, () => {
    const bad = []
    if (!fits) bad.push((value: string) => `!(${value} <= ${most})`)
    if (isInterface) bad.push((value: string) => `${value} === ${UNKNOWN_INTERFACE}`)
    const value = writeFirst(w, places)
    const store = w.store(field, value)
    w.line(
      bad.length === 0
        ? store
        : `if (${bad.map((test) => test(value)).join(' || ')}) ${w.setNull(field)}; else ${store}`,
    )
  })
}

/** The first of the places that is not 0, as a variable; its name. */
function writeFirst(w: RecordWriter, places: readonly Place[]): string {
  const value = w.name()
  const [first, ...others] = places.map((place) => w.number(place))
  w.line(`let ${value} = ${first}`)
  for (const other of others) w.line(`if (!(${value} > 0)) ${value} = ${other}`)
  return value
}

/** Addresses: the first of the places that is not all zeros, else the first. */
function writeAddress(w: RecordWriter, field: StoredFieldName, places: readonly Place[]): void {
  const [first, ...others] = places as [Place, ...Place[]]
  if (others.length === 0) return w.copyAddress(field, first)
  const plainly = () => w.copyAddress(field, first)
  w.unlessZero(first, plainly, () => {
    let [a, b, c, e] = addressWords(w, first)
    const names = [w.name(), w.name(), w.name(), w.name()] as const
    w.line(`let ${names.map((name, i) => `${name} = ${[a, b, c, e][i]}`).join(', ')}`)
    ;[a, b, c, e] = names
    for (const other of others) {
      const next = addressWords(w, other)
      const isThere = other.length === 4 ? `${next[3]} !== 0` : `(${next.join(' | ')}) !== 0`
      w.line(
        `if ((${a} | ${b} | ${e}) === 0 && (${c} === 0 || ${c} === 65535) && ${isThere}) { ${names.map((name, i) => `${name} = ${next[i]}`).join('; ')} }`,
      )
    }
    w.line(w.storeWords(field, a, b, 0))
    w.line(w.storeWords(field, c, e, 1))
  })
}

/** The four words of an address, most significant first; IPv4 as ::ffff:a.b.c.d. */
function addressWords(w: RecordWriter, place: Place): [string, string, string, string] {
  if (place.length === 4) return ['0', '0', '65535', w.number(place)]
  const word = (extra: number) => `v.getUint32(${w.at(place, extra)})`
  return [word(0), word(4), word(8), word(12)]
}

/** Texts may be padded with zeros; one that is empty is null. */
function writeText(w: RecordWriter, field: StoredFieldName, places: readonly Place[]): void {
  const value = w.name()
  w.useText()
  const [first, ...others] = places.map((place) => w.text(place))
  w.line(`let ${value} = ${first}`)
  for (const other of others) w.line(`if (${value} < 0) ${value} = ${other}`)
  w.line(`if (${value} < 0) ${w.setNull(field)}; else ${w.store(field, value)}`)
}

function writeLong(w: RecordWriter, field: StoredFieldName, places: readonly Place[]): void {
  const [only, ...others] = places as [Place, ...Place[]]
  const plainly = () => w.copy(field, only)
  if (others.length === 0 && only.length <= 8) return plainly()
  w.unlessZero(only, plainly, () => {
    const value = writeFirstLong(w, places)
    const store = w.storeWords(field, value.high, value.low)
    w.line(
      places.some(({ length }) => length === VARIABLE)
        ? `if (${value.high} > 4294967295) ${w.setNull(field)}; else { ${store} }`
        : store,
    )
  })
}

/** The first of the places that is not 0, as two variables; their names. */
function writeFirstLong(w: RecordWriter, places: readonly Place[]): { high: string; low: string } {
  const high = w.name()
  const low = w.name()
  const [first, ...others] = places.map((place) => w.words(place))
  w.line(`let ${high} = ${first?.high}, ${low} = ${first?.low}`)
  for (const other of others)
    w.line(`if (${high} === 0 && ${low} === 0) { ${high} = ${other.high}; ${low} = ${other.low} }`)
  return { high, low }
}

function writeMoment(w: RecordWriter, field: StoredFieldName, place: Place): void {
  const value = w.name()
  w.line(`const ${value} = ${moment(w, place)}`)
  w.line(`if (!(${value} >= 0 && ${value} <= ${EXACT})) ${w.setNull(field)}; else { ${w.storeDouble(field, value)} }`)
}

/** As the exporter says, else as the addresses say. */
function writeVersion(w: RecordWriter, plan: Plan): void {
  const said = plan.own.get('ip.version')?.[0]
  const addresses =
    plan.copies.find(({ field }) => field.name === 'src.ip') ?? plan.copies.find(({ field }) => field.name === 'dst.ip')
  if (!said && !addresses) return
  w.setValid('ip.version')
  if (!said && addresses && isOfOneFamily(addresses.places))
    return w.always('ip.version', addresses.places[0]?.length === 4 ? 4 : 6)
  const value = w.name()
  w.line(`let ${value} = ${said ? w.number(said) : 0}`)
  const family = addresses ? familyOf(w, addresses.field.name, addresses.places) : '0'
  if (said) w.line(`if (${value} !== 4 && ${value} !== 6) ${value} = ${family}`)
  else w.line(`${value} = ${family}`)
  w.line(
    addresses
      ? w.store('ip.version', value)
      : `if (${value} === 0) ${w.setNull('ip.version')}; else ${w.store('ip.version', value)}`,
  )
}

function isOfOneFamily(places: readonly Place[]): boolean {
  return places.every(({ length }) => length === places[0]?.length)
}

function familyOf(w: RecordWriter, field: StoredFieldName, places: readonly Place[]): string {
  if (isOfOneFamily(places)) return places[0]?.length === 4 ? '4' : '6'
  const high = w.wordsAt(field, 0)
  return `(W[${high} + d] === 0 && W[${high + 1} + d] === 0 && W[${w.wordsAt(field, 1) + 1} + d] === 65535 ? 4 : 6)`
}

/**
 * ICMP has no ports. Its type and code stand in elements of their own, together in one (type × 256 + code), or, as routers
 * do it, in the destination port.
 */
function writePortsAndIcmp(w: RecordWriter, plan: Plan): void {
  const ports = (['src.port', 'dst.port'] as const).flatMap((field) => {
    const places = plan.own.get(field)
    return places ? [{ field, places }] : []
  })
  const types = plan.own.get('icmp.type') ?? []
  const codes = plan.own.get('icmp.code') ?? []
  const both = [...plan.special.icmpTypeAndCode, ...(plan.reverse ? [] : (plan.own.get('dst.port') ?? []))]
  const proto = plan.copies.find(({ field }) => field.name === 'proto')?.places[0]
  for (const { field } of ports) w.setValid(field)
  for (const { field, places } of ports) writeNumber(w, field, places, 0xffff)
  if (!proto) return writeIcmp(w, types, codes, plan.special.icmpTypeAndCode)
  const inKernel =
    types.length + codes.length === 0 &&
    both.length > 0 &&
    w.icmp(
      proto,
      both,
      ports.map(({ field }) => field),
    )
  if (!inKernel) for (const number of [ICMP, ICMPV6]) w.odd(proto, 'equal', number)
  w.oddly(() => {
    const protocol = w.name()
    w.line(`const ${protocol} = ${w.number(proto)}`)
    w.line(`if (${protocol} === ${ICMP} || ${protocol} === ${ICMPV6}) {`)
    for (const { field } of ports) w.line(w.setNull(field))
    writeIcmp(w, types, codes, both)
    w.line('}')
  })
}

function writeIcmp(w: RecordWriter, types: readonly Place[], codes: readonly Place[], both: readonly Place[]): void {
  if (types.length + codes.length + both.length === 0) return
  const value = w.name()
  const part = (places: readonly Place[]) => (places.length > 0 ? `(${writeFirst(w, places)} & 255)` : '0')
  w.line(`let ${value} = ${part(types)} * 256 + ${part(codes)}`)
  for (const place of both) w.line(`if (${value} === 0) ${value} = ${w.number(place)} & 65535`)
  if (types.length + both.length > 0) w.line(`${w.store('icmp.type', `${value} >> 8`)}; ${w.setValidRow('icmp.type')}`)
  if (codes.length + both.length > 0) w.line(`${w.store('icmp.code', `${value} & 255`)}; ${w.setValidRow('icmp.code')}`)
}

/** Flags of the first packet and of all others may stand apart. */
function writeFlags(w: RecordWriter, { own, special }: Plan): void {
  const all = own.get('tcp.flags') ?? []
  const apart = [...special.initialFlags.slice(0, 1), ...special.laterFlags.slice(0, 1)]
  if (all.length + apart.length === 0) return
  w.setValid('tcp.flags')
  if (apart.length === 0) return writeNumber(w, 'tcp.flags', all, 0xffff)
  const value = w.name()
  w.line(`const ${value} = ${[...all.slice(0, 1), ...apart].map((place) => w.number(place)).join(' | ')}`)
  w.line(w.store('tcp.flags', `${value} & 65535`))
}

/** The whole octet, else its upper six bits. */
function writeTos(w: RecordWriter, { own, special }: Plan): void {
  const whole = own.get('tos')
  const dscp = special.dscp[0]
  if (!whole && !dscp) return
  w.setValid('tos')
  if (whole) return writeNumber(w, 'tos', whole, 0xff)
  const value = w.name()
  w.line(`const ${value} = ${w.number(dscp as Place)}`)
  w.line(`if (${value} > 63) ${w.setNull('tos')}; else ${w.store('tos', `${value} << 2`)}`)
}

/** Of a record with addresses of both versions, those that are not the flow's (a tunnel). */
function writeOuter(w: RecordWriter, plan: Plan): void {
  for (const side of ['src.ip', 'dst.ip'] as const) {
    const outer: StoredFieldName = `outer.${side}`
    if (plan.copies.some(({ field }) => field.name === outer)) continue
    const places = plan.copies.find(({ field }) => field.name === side)?.places ?? []
    const other = places.find(({ length }) => length !== places[0]?.length)
    if (!places[0] || !other) continue
    const isThere = (place: Place) =>
      `(${(place.length === 4 ? [0] : [0, 4, 8, 12]).map((extra) => `v.getUint32(${w.at(place, extra)})`).join(' | ')}) !== 0`
    const [a, b, c, e] = addressWords(w, other)
    w.line(`if (${isThere(places[0])} && ${isThere(other)}) {
${w.storeWords(outer, a, b, 0)}; ${w.storeWords(outer, c, e, 1)}; ${w.setValidRow(outer)}
}`)
  }
}
