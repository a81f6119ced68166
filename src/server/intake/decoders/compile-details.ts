/** What compiled templates do with applications, labels, tunnels, firewalls, wireless stations and biflows. */
import { ACTIONS, FIREWALL_EVENTS, INITIATOR_REASONS, SIDES, TUNNELS } from '../../../shared/schema/codes.ts'
import type { StoredFieldName } from '../../../shared/schema/fields.ts'
import type { Place, Plan } from '../normalise/plan.ts'
import type { RecordWriter } from './record-writer.ts'

export function writeDetails(w: RecordWriter, plan: Plan): void {
  writeApplication(w, plan)
  writeTexts(w, plan)
  writeLabels(w, plan)
  writeAsPath(w, plan)
  writeTunnel(w, plan)
  writeStation(w, plan)
  writeAction(w, plan)
  writeInitiator(w, plan)
}

/** Engine of an application whose number is an enterprise's (RFC 6759 §4.2). */
const OF_ENTERPRISE = 20

/** Ids with an engine go before plain numbers. */
function writeApplication(w: RecordWriter, plan: Plan): void {
  const { applicationId, applicationNumber } = plan.special
  const [only, ...others] = [...applicationId, ...applicationNumber]
  if (!only || others.length > 0 || only.length > 4 || !applicationId[0]) return writeApplicationLines(w, plan)
  const plainly = () => {
    w.copy('app.id', only)
    w.odd(only, 'equal', OF_ENTERPRISE, 1)
  }
  w.unlessZero(only, plainly, () => writeApplicationLines(w, plan))
}

function writeApplicationLines(w: RecordWriter, { special }: Plan): void {
  const ids = special.applicationId.map((place) =>
    place.length === 4 && !special.applicationNumber[0]
      ? `(v.getUint8(${w.at(place)}) === ${OF_ENTERPRISE} ? -1 : ${w.number(place)} || -1)`
      : `h.application(v, ${w.at(place)}, ${w.length(place)})`,
  )
  const numbers = special.applicationNumber.map((place) => `(${w.number(place)} || -1)`)
  writeFirst(w, 'app.id', [...ids, ...numbers], 0xffff_ffff)
}

/** Cisco's texts that say what they are (AVC: DPI/L7 extracted fields): engine and selector, then which part of it. */
const PARTS = [
  { field: 'http.url', application: 0x03_000050, part: 0x3401 },
  { field: 'http.host', application: 0x03_000050, part: 0x3402 },
] as const

function writeTexts(w: RecordWriter, plan: Plan): void {
  for (const { field, application, part } of PARTS) {
    if (plan.details.length === 0 || plan.copies.some((copy) => copy.field.name === field)) continue
    w.useText()
    writeFirst(
      w,
      field,
      plan.details.map((place) => w.detail(place, application, part)),
    )
  }
}

/** The first of these that is not negative (nor too large), else null. */
function writeFirst(w: RecordWriter, field: StoredFieldName, values: readonly string[], most = Infinity): void {
  const [first, ...others] = values
  if (!first) return
  const value = w.name()
  w.setValid(field)
  w.line(`let ${value} = ${first}`)
  for (const other of others) w.line(`if (!(${value} >= 0)) ${value} = ${other}`)
  const fits = most < Infinity ? `${value} >= 0 && ${value} <= ${most}` : `${value} >= 0`
  w.line(`if (${fits}) ${w.store(field, value)}; else ${w.setNull(field)}`)
}

const SLASH = 0x2f
const SPACE = 0x20

/** Labels from the top down, until one has the bottom bit. */
function writeLabels(w: RecordWriter, { special: { labels } }: Plan): void {
  const [top] = labels
  if (!top) return
  w.setValid('mpls.label')
  const entry = w.name()
  w.line(`const ${entry} = ${w.number(top)}`)
  w.line(`if (${entry} === 0) ${w.setNull('mpls.label')}; else ${w.store('mpls.label', `${entry} >>> 4`)}`)
  writeList(
    w,
    'mpls.stack',
    SLASH,
    labels.map((place) => `h.addLabel(${w.number(place)})`),
  )
}

function writeAsPath(w: RecordWriter, { special: { asPath } }: Plan): void {
  if (asPath.length > 0)
    writeList(
      w,
      'as.path',
      SPACE,
      asPath.map((place) => `h.add(${w.number(place)})`),
    )
}

function writeList(w: RecordWriter, field: StoredFieldName, separator: number, adds: readonly string[]): void {
  w.line(`h.begin(${separator}); ${adds.join('; ')}`)
  w.useText()
  writeFirst(w, field, ['h.finish(batch.texts)'])
}

const code = (words: readonly string[], word: string): number => words.indexOf(word)

/** Types of layer2SegmentId (IANA element 351): the upper octet; the rest is the number of the network. */
const VXLAN_TYPE = 1
const NVGRE_TYPE = 2

function writeTunnel(w: RecordWriter, { special: { segment, greKey, teid, tunnelId } }: Plan): void {
  const kinds = [
    { place: greKey[0], tunnel: 'gre' },
    { place: teid[0], tunnel: 'gtp-u' },
  ] as const
  if (segment[0]?.length === 8) {
    const type = w.name()
    const { high, low } = w.words(segment[0])
    w.line(`const ${type} = (${high}) >>> 24`)
    w.line(`if (${type} === ${VXLAN_TYPE} || ${type} === ${NVGRE_TYPE}) {
${w.store('tunnel', `${type} === ${VXLAN_TYPE} ? ${code(TUNNELS, 'vxlan')} : ${code(TUNNELS, 'nvgre')}`)}; ${w.setValidRow('tunnel')}
${w.store('tunnel.id', low)}; ${w.setValidRow('tunnel.id')}
}`)
    return
  }
  for (const { place, tunnel } of kinds) {
    if (!place) continue
    const id = w.name()
    w.line(`const ${id} = ${w.number(place)}`)
    w.line(`if (${id} > 0 && ${id} <= 4294967295) {
${w.store('tunnel', String(code(TUNNELS, tunnel)))}; ${w.setValidRow('tunnel')}
${w.store('tunnel.id', id)}; ${w.setValidRow('tunnel.id')}
}`)
    return
  }
  writeFirst(
    w,
    'tunnel.id',
    tunnelId.map((place) => `(${w.number(place)} || -1)`),
    0xffff_ffff,
  )
}

/**
 * A wireless controller's records name the client (RFC 5477 has no ends for it): what comes in at the access point is from
 * it, what goes out is to it.
 */
function writeStation(w: RecordWriter, plan: Plan): void {
  const direction = plan.copies.find(({ field }) => field.name === 'direction')?.places[0]
  const has = (name: StoredFieldName) => plan.copies.some(({ field }) => field.name === name)
  const {
    stationMac: [mac],
    stationIp: [ip],
  } = plan.special
  const write = (side: 'src' | 'dst') => {
    const parts = []
    if (mac && !has('src.mac') && !has('dst.mac')) {
      const { high, low } = w.words(mac)
      parts.push(w.storeWords(`${side}.mac`, high, low), w.setValidRow(`${side}.mac`))
    }
    if (ip && ip.length === 4 && !has('src.ip') && !has('dst.ip'))
      parts.push(
        w.storeWords(`${side}.ip`, '0', '0', 0),
        w.storeWords(`${side}.ip`, '65535', w.number(ip), 1),
        w.setValidRow(`${side}.ip`),
        w.store('ip.version', '4'),
        w.setValidRow('ip.version'),
      )
    return parts.join('; ')
  }
  const source = write('src')
  if (source === '') return
  if (!direction) w.line(source)
  else w.line(`if (${w.number(direction)} === 1) { ${write('dst')} } else { ${source} }`)
}

/** Of what firewalls report, `denied` is a refusal; of forwarding status (RFC 7270 §4.12), drops by an access list. */
const ACL_DENY = 129
const ACL_DROP = 130
const LET_THROUGH = (['created', 'deleted', 'updated'] as const).map((word) => FIREWALL_EVENTS.indexOf(word))

function writeAction(w: RecordWriter, plan: Plan): void {
  const placeOf = (name: StoredFieldName) => plan.copies.find(({ field }) => field.name === name)?.places[0]
  const event = placeOf('event')
  const status = placeOf('forwarding.status')
  const set = (word: (typeof ACTIONS)[number]) =>
    `${w.store('action', String(code(ACTIONS, word)))}; ${w.setValidRow('action')}`
  if (event) {
    const value = w.name()
    w.line(`const ${value} = ${w.number(event)}`)
    w.line(`if (${value} === ${code(FIREWALL_EVENTS, 'denied')}) { ${set('reject')} }
else if (${LET_THROUGH.map((one) => `${value} === ${one}`).join(' || ')}) { ${set('accept')} }`)
  } else if (status) {
    w.oddly(() => {
      const value = w.name()
      w.line(`const ${value} = ${w.number(status)}`)
      for (const number of [ACL_DENY, ACL_DROP]) w.odd(status, 'equal', number)
      w.line(`if (${value} === ${ACL_DENY} || ${value} === ${ACL_DROP}) { ${set('reject')} }`)
    })
  }
}

/** biflowDirection (RFC 5103 §6.3): the record's source opened the conversation, or its destination did. */
const INITIATOR = 1
const REVERSE_INITIATOR = 2

const SYN = 2
const ACK = 16

/**
 * What the exporter says of who called whom; the way back has the sides the other way round. Flags of the first packet
 * alone (YAF) say it of each direction by itself.
 */
function writeInitiator(w: RecordWriter, plan: Plan): void {
  const { reverse, initiatorCounters, special } = plan
  const set = (side: (typeof SIDES)[number], reason: (typeof INITIATOR_REASONS)[number]) =>
    `${w.store('initiator', String(code(SIDES, side)))}; ${w.setValidRow('initiator')}; ${w.store('initiator.reason', String(code(INITIATOR_REASONS, reason)))}; ${w.setValidRow('initiator.reason')}`
  const opened = (by: 'source' | 'destination') => set((by === 'source') === reverse ? 'dst' : 'src', 'biflow')
  const direction: Place | undefined = special.biflowDirection[0]
  const flags: Place | undefined = special.initialFlags[0]
  const choices = []
  if (direction) {
    const value = w.name()
    w.line(`const ${value} = ${w.number(direction)}`)
    choices.push(`if (${value} === ${INITIATOR}) { ${opened('source')} }`)
    choices.push(`if (${value} === ${REVERSE_INITIATOR}) { ${opened('destination')} }`)
  }
  if (initiatorCounters) choices.push(`{ ${opened('source')} }`)
  else if (flags) {
    const value = w.name()
    w.line(`const ${value} = ${w.number(flags)} & ${SYN | ACK}`)
    choices.push(`if (${value} === ${SYN}) { ${set('src', 'syn')} }`)
    choices.push(`if (${value} === ${SYN | ACK}) { ${set('dst', 'syn-ack')} }`)
  }
  if (choices.length > 0) w.line(choices.join(' else '))
}
