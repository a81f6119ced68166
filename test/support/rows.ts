/** Flows out of batches, as plain objects; and a pipeline that collects them. */
import { COLUMNS, STORED_FIELDS } from '../../src/shared/schema/fields.ts'
import { formatIp, formatMac } from '../../src/shared/schema/ip.ts'
import { Counters } from '../../src/server/counters.ts'
import { BATCH_ROWS, Batch, layout } from '../../src/server/intake/batch.ts'
import { COUNTERS } from '../../src/shared/schema/counters.ts'
import { columnOf, columnOfCounter } from '../../src/server/intake/counter-batch.ts'
import type { Enricher } from '../../src/server/intake/enrich/enricher.ts'
import type { SettingsByAddress } from '../../src/server/intake/exporter-settings.ts'
import type { Notes } from '../../src/server/intake/state/notes.ts'
import { Pipeline, type PipelineOptions } from '../../src/server/intake/pipeline.ts'
import type { Tap } from '../../src/server/intake/tap.ts'
import type { IntakeLimits } from '../../src/server/messages.ts'

/** Fields that are not null: numbers up to 2^53, else bigints; addresses as text; codes as words. */
export type Row = Record<string, number | bigint | string>

export const LIMITS: IntakeLimits = {
  exporters: 64,
  templates: 1024,
  templatesPerExporter: 64,
  templateLifetime: 3_600_000,
  options: 4096,
  optionsPerExporter: 256,
  waitingSets: 64,
  waitingBytes: 2 ** 20,
  queuedBatches: 4,
}

/** Reads rows by the layout's offsets, not by the views that decoders write through. */
export function rowsOf(batch: Batch): Row[] {
  const view = new DataView(batch.place.buffer, batch.place.byteOffset)
  return Array.from({ length: batch.rows }, (_, row) => {
    const out: Row = {}
    STORED_FIELDS.forEach((field, i) => {
      if ((view.getUint8((layout().masks[i] as number) + (row >> 3)) & (1 << (row & 7))) === 0) return
      let value = 0n
      COLUMNS.forEach((column, c) => {
        if (column.field !== field) return
        const at = (layout().columns[c] as number) + row * column.part.width
        const part = {
          1: () => BigInt(view.getUint8(at)),
          2: () => BigInt(view.getUint16(at, true)),
          4: () => BigInt(view.getUint32(at, true)),
          8: () => view.getBigUint64(at, true),
        }[column.part.width]()
        value = (value << 64n) | part
      })
      if (field.kind === 'keyword') out[field.name] = batch.texts.text(Number(value))
      else if (field.kind === 'ip') out[field.name] = formatIp(value)
      else if (field.kind === 'mac') out[field.name] = formatMac(value)
      else if (field.codes) out[field.name] = field.codes[Number(value)] ?? `code ${value}`
      else out[field.name] = value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
    })
    return out
  })
}

export interface Collected {
  readonly rows: Row[]
  /** Counter samples: their source as `type:index`, and their values by name. */
  readonly samples: CounterRow[]
  readonly counters: Counters
  readonly pipeline: Pipeline
  /** Hands on what is in the current batch and gives all rows so far. */
  readonly flush: () => Row[]
}

export interface CounterRow {
  readonly source: string
  readonly receivedMs: number
  readonly uptimeMs: number
  readonly values: Record<string, number>
}

/** A pipeline whose rows are collected as objects. */
export function collect(
  options: {
    limits?: Partial<IntakeLimits>
    enrichers?: readonly Enricher[]
    tap?: Tap
    settings?: SettingsByAddress
    /** How often a source of counters is kept at most. */
    counterEveryMs?: number
    notes?: Notes
  } & Pick<PipelineOptions, 'keep' | 'deniedProtocols' | 'allows'> = {},
): Collected {
  const rows: Row[] = []
  const samples: CounterRow[] = []
  const counters = new Counters()
  const pipeline = new Pipeline({
    counters,
    limits: { ...LIMITS, ...options.limits },
    settings: options.settings ?? {},
    notes: options.notes,
    keep: options.keep ?? null,
    allows: options.allows ?? null,
    deniedProtocols: options.deniedProtocols ?? [],
    enrichers: options.enrichers ?? [],
    ...(options.tap ? { tap: options.tap } : {}),
    counterSink: {
      everyMs: options.counterEveryMs ?? 0,
      takeCounters(batch) {
        for (let row = 0; row < batch.rows; row++) {
          const head = (name: Parameters<typeof columnOf>[0]) => batch.get(columnOf(name), row) ?? -1
          samples.push({
            source: `${head('source_type')}:${head('source')}`,
            receivedMs: head('received'),
            uptimeMs: head('uptime'),
            values: Object.fromEntries(
              COUNTERS.flatMap(({ name }) => {
                const value = batch.get(columnOfCounter(name), row)
                return value === null ? [] : [[name, value]]
              }),
            ),
          })
        }
      },
    },
    onRefused(_address, _loss, _bytes, fault) {
      if (fault !== undefined) throw fault instanceof Error ? fault : new Error('a decoder threw', { cause: fault })
    },
    sink: {
      take(batch) {
        rows.push(...rowsOf(batch))
        batch.clear()
        return batch
      },
    },
  })
  return {
    rows,
    samples,
    counters,
    pipeline,
    flush() {
      pipeline.flush()
      return rows
    },
  }
}

/** A batch of which some fields are set, in plain numbers (64-bit ones up to 2^53). */
export function batchOf(rows: readonly Record<string, number>[]): Batch {
  const batch = new Batch()
  const view = new DataView(batch.place.buffer, batch.place.byteOffset)
  rows.forEach((values, row) => {
    for (const [name, value] of Object.entries(values)) {
      const index = STORED_FIELDS.findIndex((field) => field.name === name)
      const column = COLUMNS.findIndex((one) => one.field.name === name)
      const width = COLUMNS[column]?.part.width
      if (index < 0 || width === undefined || row >= BATCH_ROWS) throw new Error(`no place for ${name}`)
      const mask = (layout().masks[index] as number) + (row >> 3)
      view.setUint8(mask, view.getUint8(mask) | (1 << (row & 7)))
      const at = (layout().columns[column] as number) + row * width
      if (width === 1) view.setUint8(at, value)
      else if (width === 2) view.setUint16(at, value, true)
      else if (width === 4) view.setUint32(at, value, true)
      else view.setBigUint64(at, BigInt(value), true)
    }
  })
  batch.rows = rows.length
  return batch
}
