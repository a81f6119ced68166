/** Counter samples written out in plain values. */
import { counter, COUNTERS, isFraction, type CounterName } from '../../src/shared/schema/counters.ts'
import { parseIp } from '../../src/shared/schema/ip.ts'
import { columnOf, columnOfCounter, CounterBatch } from '../../src/server/intake/counter-batch.ts'

export interface PlainSample {
  readonly receivedMs: number
  readonly exporter?: string
  readonly type?: number
  readonly source?: number
  readonly uptimeMs?: number
  readonly values: Readonly<Partial<Record<CounterName, number | bigint>>>
}

/** A batch with those samples. */
export function counterBatchOf(samples: readonly PlainSample[]): CounterBatch {
  const batch = new CounterBatch()
  for (const { receivedMs, exporter = '192.0.2.1', type = 0, source = 1, uptimeMs = 0, values } of samples) {
    const put = (column: number, value: bigint) => batch.put(column, Number(value >> 32n), Number(value & 0xffff_ffffn))
    const address = parseIp(exporter) ?? 0n
    put(columnOf('received'), BigInt(receivedMs))
    put(columnOf('exporter_hi'), address >> 64n)
    put(columnOf('exporter_lo'), address & 0xffff_ffff_ffff_ffffn)
    put(columnOf('uptime'), BigInt(uptimeMs))
    put(columnOf('source_type'), BigInt(type))
    put(columnOf('source'), BigInt(source))
    for (const { name } of COUNTERS) {
      const value = values[name]
      if (value === undefined) continue
      if (isFraction(counter(name))) batch.putDouble(columnOfCounter(name), Number(value))
      else put(columnOfCounter(name), BigInt(value))
    }
    batch.rows++
  }
  return batch
}
