/** Columns of the records table: a few that join fields which belong together, and every field by itself. */
import { FIELDS, findField, fromFields, type Field, type FieldName } from '../../../shared/schema/fields.ts'
import { isNumeric, type Kind } from '../../../shared/schema/kinds.ts'

export interface FlowColumn {
  /** As in the URL: a field's name, or the id of a joined column. */
  readonly id: string
  readonly label: string
  readonly fields: readonly FieldName[]
  /** What a click on the head sorts by. */
  readonly sort: FieldName
  /** Starting width in pixels. */
  readonly width: number
  readonly align: 'left' | 'right'
}

/** Fields that a record may be shown with: all but those which mean either of two. */
export const recordFields = fromFields((): readonly Field[] =>
  FIELDS.filter((field) => !('either' in field) && field.name !== 'time'),
)

/** Numbers that are shown as words or letters. */
const IN_WORDS: ReadonlySet<FieldName> = new Set(['proto', 'tcp.flags'])

const WIDTHS: Readonly<Partial<Record<FieldName, number>>> = { proto: 60, 'tcp.flags': 76 }
const KIND_WIDTHS: Readonly<Partial<Record<Kind, number>>> = {
  time: 108,
  ip: 140,
  mac: 140,
  code: 92,
  service: 92,
  keyword: 160,
}

const JOINED: readonly FlowColumn[] = [
  {
    id: 'ends',
    label: 'src → dst',
    fields: ['src.ip', 'src.port', 'dst.ip', 'dst.port'],
    sort: 'src.ip',
    width: 300,
    align: 'left',
  },
  {
    id: 'path',
    label: 'exporter, in.if → out.if',
    fields: ['exporter', 'in.if', 'out.if', 'interface.id'],
    sort: 'exporter',
    width: 160,
    align: 'left',
  },
]

export const allColumns = fromFields((): readonly FlowColumn[] => [...JOINED, ...recordFields().map(fieldColumn)])

export const DEFAULT_COLUMNS: readonly string[] = [
  'end',
  'path',
  'ends',
  'service',
  'proto',
  'bytes',
  'packets',
  'duration',
  'tcp.flags',
]

/** What tells one record from another; asked for with every page, so that a record can be opened and linked to. */
export const KEY_FIELDS = [
  'end',
  'start',
  'exporter',
  'src.ip',
  'src.port',
  'dst.ip',
  'dst.port',
  'proto',
] as const satisfies readonly FieldName[]

const byId = fromFields(() => new Map(allColumns().map((column) => [column.id, column])))

/** Columns of the URL's list; unknown ids are left out, and an empty list is the default one. */
export function columnsOf(ids: readonly string[]): readonly FlowColumn[] {
  const found = ids
    .map((id) => byId().get(id) ?? byId().get(findField(id)?.name ?? ''))
    .filter((column) => column !== undefined)
  return found.length > 0 ? [...new Set(found)] : columnsOf(DEFAULT_COLUMNS)
}

/** The fields that a page of records must bring for these columns. */
export function fieldsFor(columns: readonly FlowColumn[]): readonly FieldName[] {
  return [...new Set<FieldName>([...KEY_FIELDS, ...columns.flatMap((column) => column.fields)])]
}

function fieldColumn(field: Field): FlowColumn {
  const right =
    field.role === 'measure' || (isNumeric(field.kind) && field.kind !== 'time' && !IN_WORDS.has(field.name))
  return {
    id: field.name,
    label: field.name,
    fields: [field.name],
    sort: field.name,
    width: widthOf(field),
    align: right ? 'right' : 'left',
  }
}

function widthOf(field: Field): number {
  return WIDTHS[field.name] ?? KIND_WIDTHS[field.kind] ?? Math.max(80, field.name.length * 7 + 24)
}
