/** Option records: what an exporter tells of itself. Knowledge, never flows. Rare, so they are interpreted. */
import { runtime } from '../normalise/runtime.ts'
import { plausible } from '../normalise/time.ts'
import type { OptionRole } from './option-fields.ts'
import { VARIABLE } from './template-fields.ts'
import type { Template } from './template.ts'

/** Where option records leave what they say. */
export interface Knowledge {
  /** One in so many, of a sampler, an interface, or the whole domain; 0 takes back what was told before. */
  sampling(of: 'sampler' | 'interface' | 'domain', id: number, rate: number): void
  /** When the exporter booted. */
  systemInit(ms: number): void
}

/** Reads option records from `at` up to `end`; how many there were, and where the last one ended. */
export function readOptions(
  template: Template,
  view: DataView,
  at: number,
  end: number,
  receivedMs: number,
  knowledge: Knowledge,
): { records: number; next: number } {
  let records = 0
  let next = at
  while (next + template.shortest <= end) {
    const after = readRecord(template, view, next, end, receivedMs, knowledge)
    if (after < 0) break
    next = after
    records++
  }
  return { records, next }
}

/** Reads one record; where it ends, or -1 where it reaches beyond `end`. */
function readRecord(
  template: Template,
  view: DataView,
  from: number,
  end: number,
  receivedMs: number,
  knowledge: Knowledge,
): number {
  const values: Partial<Record<OptionRole, number>> = {}
  let at = from
  for (const field of template.optionFields) {
    let { length } = field
    if (length === VARIABLE) {
      if (at + 1 > end) return -1
      length = view.getUint8(at++)
      if (length === 255) {
        if (at + 2 > end) return -1
        length = view.getUint16(at)
        at += 2
      }
    }
    if (at + length > end) return -1
    const { role } = field
    if (role !== '' && length > 0 && values[role] === undefined)
      values[role] = role === 'probability' ? runtime.probability(view, at, length) : runtime.wide(view, at, length)
    at += length
  }
  tell(values, receivedMs, knowledge)
  return at
}

function tell(values: Partial<Record<OptionRole, number>>, receivedMs: number, knowledge: Knowledge): void {
  if (values.systemInit !== undefined && plausible(values.systemInit, receivedMs))
    knowledge.systemInit(values.systemInit)
  const rate = rateOf(values)
  if (rate === undefined || !(rate <= 0xffff_ffff)) return
  if (values.sampler !== undefined) knowledge.sampling('sampler', values.sampler, rate)
  else if (values.interface !== undefined) knowledge.sampling('interface', values.interface, rate)
  else if (values.scoped === undefined) knowledge.sampling('domain', 0, rate)
}

/** One in so many, in the form that the record has it (RFC 5477 §8.2, §8.3); undefined where it says nothing of it. */
function rateOf(values: Partial<Record<OptionRole, number>>): number | undefined {
  const { rate, taken, leftOut = 0, size, population, probability } = values
  const { hashFrom, hashTo, selectedFrom, selectedTo } = values
  if (rate) return rate
  if (size && population) return runtime.share(size, population)
  // Where only the first is given, exporters mean the rate by it.
  if (taken) return leftOut > 0 ? runtime.intervals(taken, leftOut) : taken
  if (probability) return probability
  if (hashFrom !== undefined && hashTo !== undefined && selectedFrom !== undefined && selectedTo !== undefined)
    return Math.max(1, runtime.share(selectedTo - selectedFrom + 1, hashTo - hashFrom + 1))
  return rate ?? taken ?? probability
}
