/**
 * Option records that say what numbers in flows mean: names of interfaces, applications, VRFs and samplers; and those that
 * say how many flows the exporter itself could not observe or send. Knowledge, never flows.
 */
import { runtime } from '../normalise/runtime.ts'
import type { NameKind } from '../knowledge.ts'
import { findOctets, foundFrom, foundTo } from './lists.ts'
import type { Message } from './message.ts'
import type { TemplateField } from './template-fields.ts'
import type { Template } from './template.ts'

/** Scope type of v9 (RFC 3954 §6.1); larger ones are numbers of elements. */
const SCOPE_INTERFACE = 2
const SCOPES = 5

const APPLICATION_ID = 95

/** Elements that number things. */
const IDS: Readonly<Record<number, NameKind>> = {
  10: 'interface', // ingressInterface
  14: 'interface', // egressInterface
  48: 'sampler', // samplerId
  [APPLICATION_ID]: 'application',
  234: 'vrf', // ingressVRFID
  235: 'vrf', // egressVRFID
  252: 'interface', // ingressPhysicalInterface
  253: 'interface', // egressPhysicalInterface
  302: 'sampler', // selectorId
}

interface Says {
  readonly of: NameKind
  readonly what: 'name' | 'description'
}

/** Elements that name them. */
const TEXTS: Readonly<Record<number, Says>> = {
  82: { of: 'interface', what: 'name' }, // interfaceName
  83: { of: 'interface', what: 'description' }, // interfaceDescription
  84: { of: 'sampler', what: 'name' }, // samplerName
  94: { of: 'application', what: 'description' }, // applicationDescription
  96: { of: 'application', what: 'name' }, // applicationName
  236: { of: 'vrf', what: 'name' }, // VRFname
  335: { of: 'sampler', what: 'name' }, // selectorName
}

/** Elements that say how a sampler selects, by number: samplerMode (Cisco), selectorAlgorithm (IANA PSAMP). */
const MODES: Readonly<Record<number, readonly string[]>> = {
  49: ['', 'deterministic', 'random'],
  304: [
    '',
    'systematic, by count',
    'systematic, by time',
    'random, n out of N',
    'uniform probability',
    'property match',
    'hash (BOB)',
    'hash (IPSX)',
    'hash (CRC)',
  ],
}

/** Elements that count what the exporter did (RFC 5102 §5.3, §5.12); element → whether it is a loss. */
export const STATISTICS: ReadonlyMap<number, boolean> = new Map([
  [40, false], // exportedOctetTotalCount
  [41, false], // exportedMessageTotalCount
  [42, false], // exportedFlowRecordTotalCount
  [163, false], // observedFlowTotalCount
  [164, true], // ignoredPacketTotalCount
  [165, true], // ignoredOctetTotalCount
  [166, true], // notSentFlowTotalCount
  [167, true], // notSentPacketTotalCount
  [168, true], // notSentOctetTotalCount
])

/** Whether option records of these fields are to be read by `readNames`. */
export function isNaming(fields: readonly TemplateField[]): boolean {
  return fields.some(({ enterprise, id }) => enterprise === 0 && (id in TEXTS || id in MODES || STATISTICS.has(id)))
}

/** Takes in what the option records from `from` up to `end` say. */
export function readNames(message: Message, from: number, end: number, template: Template): void {
  const { view } = message
  const octets = Buffer.from(view.buffer, view.byteOffset, view.byteLength)
  for (let at = from; at < end;) {
    const next = readRecord(message, octets, at, end, template)
    if (next <= at) return
    at = next
  }
}

function readRecord(message: Message, octets: Buffer, at: number, end: number, template: Template): number {
  const { view, exporter, domain } = message
  const ids: Partial<Record<NameKind, number>> = {}
  const texts: Partial<Record<NameKind, { name?: string; description?: string }>> = {}
  let next = at
  for (const [i, { enterprise, id, length: specified }] of template.walked.entries()) {
    if (!findOctets(view, next, end, specified)) return -1
    const from = foundFrom()
    next = foundTo()
    const length = next - from
    if (enterprise !== 0 || length === 0) continue
    if (i < template.scopes && template.protocol === 'netflow9' && id <= SCOPES) {
      if (id === SCOPE_INTERFACE) ids.interface = runtime.wide(view, from, length)
      continue
    }
    const numbered = IDS[id]
    const said = TEXTS[id]
    const mode = MODES[id]
    if (numbered)
      ids[numbered] ??=
        id === APPLICATION_ID ? runtime.application(view, from, length) : runtime.wide(view, from, length)
    else if (said) (texts[said.of] ??= {})[said.what] ??= textOf(octets, from, next)
    else if (mode) (texts.sampler ??= {}).description ??= mode[runtime.wide(view, from, length)] ?? ''
    else if (STATISTICS.has(id)) domain.count(id, runtime.wide(view, from, length))
  }
  for (const [kind, { name = '', description = '' }] of Object.entries(texts) as [
    NameKind,
    { name?: string; description?: string },
  ][]) {
    const id = ids[kind] ?? -1
    if (id >= 0 && id <= 0xffff_ffff && !exporter.knowledge.tell(exporter, kind, id, name, description))
      exporter.lose('decode.optionsFull', 1)
  }
  return next
}

/** As UTF-8, up to the first NUL; what cannot be printed becomes a space. */
function textOf(octets: Buffer, from: number, to: number): string {
  const nul = octets.subarray(from, to).indexOf(0)
  return octets
    .toString('utf8', from, nul < 0 ? to : from + nul)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
}
