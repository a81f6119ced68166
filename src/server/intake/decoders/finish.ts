/** What rows get once a program has written them, of what is known of their exporter: names, a right clock. */
import type { Batch } from '../batch.ts'
import type { Knowledge } from '../knowledge.ts'
import { maskOf, put32, putNumber, slot, words32Of, type Slot } from '../slots.ts'
import type { Message } from './message.ts'

/** Finishes the rows from `from` up to `to`. */
export function finishRows({ exporter, header }: Message, batch: Batch, from: number, to: number): void {
  if (exporter.knowledge.of('application').size > 0) nameApplications(exporter.knowledge, batch, from, to)
  if (header.shiftMs !== 0) {
    shift(batch, START, from, to, header.shiftMs)
    shift(batch, END, from, to, header.shiftMs)
  }
}

/** Where a record has the number of its application and not its name. */
function nameApplications(knowledge: Knowledge, batch: Batch, from: number, to: number): void {
  const { texts } = batch
  const ids = words32Of(batch, APP_ID)
  const hasId = maskOf(batch, APP_ID)
  const hasName = maskOf(batch, APP)
  for (let row = from; row < to; row++) {
    if (!isSet(hasId, row) || isSet(hasName, row) || texts.room(1) < 1) continue
    const name = knowledge.applicationOctets(ids[row] as number)
    if (name) put32(batch, APP, row, texts.intern(name, 0, name.length))
  }
}

function shift(batch: Batch, at: Slot, from: number, to: number, ms: number): void {
  const words = words32Of(batch, at)
  const valid = maskOf(batch, at)
  for (let row = from; row < to; row++) {
    const time = (words[2 * row + 1] as number) * 0x1_0000_0000 + (words[2 * row] as number)
    if (isSet(valid, row) && time + ms >= 0) putNumber(batch, at, row, time + ms)
  }
}

function isSet(mask: Uint8Array, row: number): boolean {
  return ((mask[row >> 3] as number) & (1 << (row & 7))) !== 0
}

const START = slot('start')
const END = slot('end')
const APP = slot('app')
const APP_ID = slot('app.id')
