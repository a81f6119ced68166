/** Fields of records that are read one by one: which of them are more than a value. */
import { elementKey } from '../../registry/elements.ts'
import { isKnown } from '../normalise/plan.ts'
import type { TemplateField } from './template-fields.ts'

export const BASIC_LIST = 291
export const SUB_TEMPLATE_LIST = 292
export const SUB_TEMPLATE_MULTI_LIST = 293
/** RFC 5473 §6 */
export const COMMON_PROPERTIES = 137

/** dataLinkFrameSection, and layer2packetSectionData of NetFlow v9. */
const FRAME_SECTIONS = [315, 104] as const
/** ipHeaderPacketSection, mplsPayloadPacketSection. */
export const IP_SECTIONS = [313, 317] as const
export const IP_PAYLOAD_SECTION = 314
export const LABEL_STACK_SECTION = 316

/** Elements that hold octets of a packet (RFC 5477 §8.5). */
const SECTIONS: ReadonlySet<number> = new Set([
  ...FRAME_SECTIONS,
  ...IP_SECTIONS,
  IP_PAYLOAD_SECTION,
  LABEL_STACK_SECTION,
])

export const FRAME_SIZE = 312
export const FRAME_TYPE = 408
/** sectionOffset, layer2packetSectionOffset. */
export const SECTION_OFFSETS: ReadonlySet<number> = new Set([409, 102])
/** sectionExportedOctets, layer2packetSectionSize. */
export const SECTION_SIZES: ReadonlySet<number> = new Set([410, 103])
export const IP_LENGTH = 224

/** What tells of them beside. */
const BESIDE: ReadonlySet<number> = new Set([FRAME_SIZE, FRAME_TYPE, IP_LENGTH, ...SECTION_OFFSETS, ...SECTION_SIZES])

export interface WalkedField extends TemplateField {
  /** Whether some field of a flow takes it. */
  readonly taken: boolean
  readonly kind: 'value' | 'list' | 'common' | 'section' | 'beside'
}

/** Element 210 paddingOctets. */
const PADDING = 210

export function walkedField(field: TemplateField): WalkedField {
  const { enterprise, id } = field
  const taken = (enterprise !== 0 || id !== PADDING) && isKnown(elementKey(enterprise, id))
  return { ...field, taken, kind: enterprise === 0 ? kindOf(id) : 'value' }
}

function kindOf(id: number): WalkedField['kind'] {
  if (id >= BASIC_LIST && id <= SUB_TEMPLATE_MULTI_LIST) return 'list'
  if (id === COMMON_PROPERTIES) return 'common'
  return SECTIONS.has(id) ? 'section' : BESIDE.has(id) ? 'beside' : 'value'
}

/** Whether records with this field are more than a row of values. */
export function isStructure({ enterprise, id }: TemplateField): boolean {
  return enterprise === 0 && ['list', 'common', 'section'].includes(kindOf(id))
}
