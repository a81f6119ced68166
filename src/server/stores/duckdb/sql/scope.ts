/**
 * The scope `deduplicated`: records with the same source, destination, ports and protocol, of the same virtual network where
 * they name one, that several observation points have seen on one UTC day are counted at one of them. An observation point
 * is an exporter, or the interface of a cloud that reported them, and a direction (in where none is said). It is the one
 * with the lowest sampling rate, of these the one with the most bytes, of these that of the lowest address, inward first,
 * then of the first interface. It is chosen among all flows of a partition, whatever the range and the filter, so that
 * parts of a range add up to the whole.
 */
import type { Source } from './source.ts'

const ENDS = ['src_ip_hi', 'src_ip_lo', 'dst_ip_hi', 'dst_ip_lo'].map((column) => `"${column}"`)
const PORTS = ['src_port', 'dst_port']
const POINT = ['exporter_hi', 'exporter_lo', 'direction', 'interface_id']
const NETWORK = 'vpc_id'

/** Whether flows of the source can be told to be the same; without addresses they cannot. */
export function canRepeat({ columns }: Source): boolean {
  return (
    ['src_ip_lo', 'dst_ip_lo', 'proto'].every((name) => columns.has(name)) &&
    (columns.has('exporter_lo') || columns.has('interface_id'))
  )
}

/** The numbers of the rows that do not count: `row_number`. */
export function repeatedRows({ table, columns, rows }: Source): string {
  const value = (name: string, none: string) => (columns.has(name) ? `coalesce("${name}"::BIGINT, ${none})` : none)
  const text = (name: string) => (columns.has(name) ? `coalesce("${name}", '')` : `''`)
  const half = (name: string) => (columns.has(name) ? `coalesce("${name}", 0::UBIGINT)` : '0::UBIGINT')
  const keys = [
    ...ENDS,
    ...PORTS.map((name) => `${value(name, '-1')} AS "${name}"`),
    '"proto"',
    `${text(NETWORK)} AS "${NETWORK}"`,
  ]
  const point = [
    `${half('exporter_hi')} AS "exporter_hi"`,
    `${half('exporter_lo')} AS "exporter_lo"`,
    `${value('direction', '0')} AS "direction"`,
    `${text('interface_id')} AS "interface_id"`,
  ]
  const names = [...ENDS, ...PORTS.map((name) => `"${name}"`), '"proto"', `"${NETWORK}"`]
  const points = POINT.map((name) => `"${name}"`)
  const observers = ['exporter_lo', 'interface_id'].filter((name) => columns.has(name))
  const known = `"src_ip_lo" IS NOT NULL AND "dst_ip_lo" IS NOT NULL AND "proto" IS NOT NULL AND (${observers
    .map((name) => `"${name}" IS NOT NULL`)
    .join(' OR ')})`
  const numbered = rows ? ` AND rowid >= ${rows.from}${rows.to === null ? '' : ` AND rowid < ${rows.to}`}` : ''
  const counts = [
    'rowid AS row_number',
    columns.has('bytes') ? '"bytes"' : 'NULL AS "bytes"',
    `${value('sampling_rate', '1')} AS "sampling_rate"`,
  ]
  const flows = `SELECT ${[...keys, ...point, ...counts].join(', ')} FROM ${table} WHERE ${known}${numbered}`
  const differ = points.map((name) => `min(${name}) <> max(${name})`).join(' OR ')
  return `WITH flows AS (${flows}),
repeated AS MATERIALIZED (SELECT ${names.join(', ')} FROM flows GROUP BY ${names.join(', ')} HAVING ${differ}),
seen AS MATERIALIZED (SELECT * FROM flows SEMI JOIN repeated USING (${names.join(', ')})),
points AS (SELECT ${[...names, ...points].join(', ')}, max("sampling_rate") AS rate, sum("bytes") AS volume FROM seen GROUP BY ${[...names, ...points].join(', ')}),
others AS (SELECT *, row_number() OVER (PARTITION BY ${names.join(', ')} ORDER BY rate, volume DESC NULLS LAST, ${points.join(', ')}) AS place FROM points QUALIFY place > 1)
SELECT row_number FROM seen SEMI JOIN others USING (${[...names, ...points].join(', ')})`
}
