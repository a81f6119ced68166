/** Sampling rate, bytes and packets: multiplied exactly once, here. */
import { SAMPLING_SOURCES } from '../../../shared/schema/codes.ts'
import type { StoredFieldName } from '../../../shared/schema/fields.ts'
import type { Place, Plan } from '../normalise/plan.ts'
import type { RecordWriter } from './record-writer.ts'

const INTERFACE = SAMPLING_SOURCES.indexOf('interface')
const CONFIGURATION = SAMPLING_SOURCES.indexOf('configuration')
const LITTLE_ENDIAN = SAMPLING_SOURCES.indexOf('record, little-endian')
const EXACT = Number.MAX_SAFE_INTEGER
/** Ethernet header, and an 802.1Q tag: what a frame has before its IP packet. */
const ETHERNET = 14
const TAG = 4

/** In order of trust: the record, its sampler's option, that of its interface, what holds for the set. 0 is no rate. */
export function writeSampling(w: RecordWriter, plan: Plan): void {
  const inRecord = ratesInRecord(w, plan)
  const ofInterface = rateOfInterface(w, plan)
  const ofSet = samplerOfSet(w, plan)
  if (!hasOwnRate(w, plan)) {
    if (!ofInterface) {
      w.before.push('const rate = run.rate, rateSource = run.rateSource')
      w.setValidIf('rate > 0', 'sampling.rate')
      w.constant('sampling.rate', 'rate', 'rate')
      w.constant('sampling.source', 'rateSource', 'rateSource')
    } else {
      w.before.push('const setRate = run.rate, setSource = run.rateSource')
      w.setValidIf('setRate > 0 || interfaces !== null', 'sampling.rate')
      w.constant('sampling.rate', 'setRate', 'rate')
      w.constant('sampling.source', 'setSource', 'rateSource')
      w.oddSets.push('interfaces !== null')
      w.oddly(() => {
        w.line('let rate = setRate')
        w.line(`if (interfaces !== null) {
const own = ${ofInterface}
if (own > 0) {
rate = own
${w.store('sampling.rate', 'own')}; ${w.store('sampling.source', String(INTERFACE))}
} else if (rate === 0) ${w.setNull('sampling.rate')}
}`)
      })
    }
  } else if (ofSet) {
    writeSamplerOfSet(w, ofSet)
    w.oddly(() => writeOwnRate(w, plan, inRecord, ofInterface))
  } else writeOwnRate(w, plan, inRecord, ofInterface)
  w.setValid('sampling.source')
}

/** Whether records say their rate themselves, or name a sampler. */
function hasOwnRate(w: RecordWriter, plan: Plan): boolean {
  return ratesInRecord(w, plan).length > 0 || plan.special.sampler[0] !== undefined
}

/** The sampler that records name where nothing else says their rate, and a kernel can compare it. */
function samplerOfSet(w: RecordWriter, plan: Plan): Place | undefined {
  const [sampler] = plan.special.sampler
  return w.kernel && sampler && sampler.length <= 4 && ratesInRecord(w, plan).length === 0 ? sampler : undefined
}

/** Records of a set usually name one sampler: what its first one has holds for those that name the same. */
function writeSamplerOfSet(w: RecordWriter, sampler: Place): void {
  w.before.push(`let setSampler = 0
{ const o = at; setSampler = ${w.number(sampler)} }
let setRate = run.samplers.get(setSampler) || 0, setSource = ${SAMPLING_SOURCES.indexOf('sampler')}
if (setRate === 0) { setRate = run.otherRate; setSource = run.otherRateSource }
run.sampler = setSampler; run.rate = setRate; run.rateSource = setSource`)
  w.oddUnlike(sampler, 'sampler')
  w.constant('sampling.rate', 'setRate', 'rate')
  w.constant('sampling.source', 'setSource', 'rateSource')
  w.setValidIf('setRate > 0', 'sampling.rate')
}

function writeOwnRate(w: RecordWriter, plan: Plan, inRecord: readonly string[], ofInterface: string): void {
  const { sampler } = plan.special
  if (!samplerOfSet(w, plan)) w.setValid('sampling.rate')
  w.line(`let rate = ${inRecord[0] ?? '0'}, rateSource = ${SAMPLING_SOURCES.indexOf('record')}`)
  for (const other of inRecord.slice(1)) w.line(`if (rate === 0) rate = ${other}`)
  if (inRecord.length > 0) writeCorrections(w, plan)
  if (sampler[0]) {
    w.before.push('let lastSampler = -1, samplerRate = 0')
    w.line(`if (rate === 0) {
const sampler = ${w.number(sampler[0])}
if (sampler !== lastSampler) { lastSampler = sampler; samplerRate = run.samplers.get(sampler) || 0 }
rate = samplerRate; rateSource = ${SAMPLING_SOURCES.indexOf('sampler')}
}`)
  }
  if (ofInterface) {
    w.oddSets.push('interfaces !== null')
    w.line(`if (rate === 0 && interfaces !== null) { rate = ${ofInterface}; rateSource = ${INTERFACE} }`)
  }
  const other = sampler[0] ? 'otherRate' : 'rate'
  w.line(`if (rate === 0) { rate = run.${other}; rateSource = run.${other}Source }`)
  w.line(`if (rate === 0) ${w.setNull('sampling.rate')}; else ${w.setValidRow('sampling.rate')}`)
  w.line(`${w.store('sampling.rate', 'rate')}; ${w.store('sampling.source', 'rateSource')}`)
}

/** The rate of the interface that the record came in by, else of that it went out by; '' where the template names none. */
function rateOfInterface(w: RecordWriter, plan: Plan): string {
  const places = (['in.if', 'out.if'] as const).flatMap(
    (name) => plan.copies.find(({ field }) => field.name === name)?.places ?? [],
  )
  if (places.length === 0) return ''
  w.before.push('const interfaces = run.interfaces')
  return `(${places.map((place) => `interfaces.get(${w.number(place)}) || `).join('')}0)`
}

export function writeVolume(w: RecordWriter, plan: Plan): void {
  const {
    bytes: [bytes],
    packets: [packets],
    bytesL2: [bytesL2],
  } = plan.special
  if (bytes) writePlaced(w, plan, 'bytes', bytes)
  if (packets) writePlaced(w, plan, 'packets', packets)
  if (bytesL2) writePlaced(w, plan, 'bytes.l2', bytesL2)
  if (!bytes && bytesL2 && packets)
    writeWithoutFrames(w, bytesL2, packets, plan.copies.find(({ field }) => field.name === 'vlan')?.places[0])
}

/** A kernel multiplies by the rate of the set; what has a rate of its own is not for it. */
function writePlaced(w: RecordWriter, plan: Plan, field: StoredFieldName, place: Place): void {
  w.count64(field, place)
  const lines = () => writeCount(w, field, w.words(place))
  if (hasOwnRate(w, plan) && !samplerOfSet(w, plan)) lines()
  else w.oddly(lines)
}

/** Where only frames are counted, the layer-3 octets follow from the headers that each packet had. */
function writeWithoutFrames(w: RecordWriter, frames: Place, packets: Place, vlan: Place | undefined): void {
  const value = w.name()
  const header = vlan ? `(${w.number(vlan)} > 0 ? ${ETHERNET + TAG} : ${ETHERNET})` : String(ETHERNET)
  w.line(`const ${value} = Math.min(Math.max(${w.number(frames)} - ${w.number(packets)} * ${header}, 0), ${EXACT})`)
  writeCount(w, 'bytes', { high: `((${value} / 4294967296) >>> 0)`, low: `(${value} >>> 0)` })
}

/** Doubles are exact up to 2^53; beyond, the product is made in 64 bits. */
function writeCount(w: RecordWriter, field: StoredFieldName, words: { high: string; low: string }): void {
  const [high, low, product] = [w.name(), w.name(), w.name()]
  w.setValid(field)
  w.line(`const ${high} = ${words.high}, ${low} = ${words.low}`)
  w.line(`if (rate <= 1) { ${w.storeWords(field, high, low)} } else {
const ${product} = ${words.high === '0' ? low : `(${high} * 4294967296 + ${low})`} * rate
if (${product} <= ${EXACT}) { ${w.storeDouble(field, product)} } else h.multiply(W, ${w.wordsAt(field)} + d, ${high}, ${low}, rate)
}`)
}

/** As one in so many; each is 0 where the record gives none. */
function ratesInRecord(w: RecordWriter, { special }: Plan): string[] {
  const {
    packetInterval: [interval],
    packetSpace: [space],
    size: [size],
    population: [population],
    probability: [probability],
  } = special
  const rates = special.rate.map((place) => w.number(place))
  // Some exporters give the rate alone as the interval.
  if (interval) rates.push(space ? `h.intervals(${w.number(interval)}, ${w.number(space)})` : w.number(interval))
  if (size && population) rates.push(`h.share(${w.number(size)}, ${w.number(population)})`)
  if (probability) rates.push(`h.probability(v, ${w.at(probability)}, ${w.length(probability)})`)
  return rates
}

/**
 * RouterOS sends its rate, which has 16 bits, in 32 with the least significant octet first. Read the other way, the lower
 * half is 0.
 */
function writeCorrections(w: RecordWriter, plan: Plan): void {
  w.before.push('const override = run.overrideRate')
  if (plan.routerOs && plan.special.rate[0]?.length === 4)
    w.line(`if (rate > 65535 && (rate & 65535) === 0) { rate = h.swap(rate); rateSource = ${LITTLE_ENDIAN} }`)
  w.line('if (!(rate <= 4294967295)) rate = 0')
  w.line(`if (override > 0) { rate = override; rateSource = ${CONFIGURATION} }`)
}

/** Of biflows, whether the record has a row for this direction: it counts something, or nothing came back either. */
export function hasRow(w: RecordWriter, { special, reverse, back }: Plan): string {
  const counts = (places: readonly Place[]) => places.map((place) => `${w.number(place)} > 0`).join(' || ') || 'false'
  const here = counts([special.bytes, special.packets, special.bytesL2].flatMap((places) => places.slice(0, 1)))
  return reverse ? here : `${here} || !(${counts(back)})`
}
