/** What commands have in common on their way out. */
import { once } from 'node:events'
import { WeirError } from '../../shared/api/errors.ts'
import { LOSSES } from '../../shared/losses.ts'
import type { CaptureSummary } from '../intake/sources/pcap.ts'

/** Writes results, as fast as they are taken. Ends the process where nobody takes them any more (`weir … | head`). */
export async function print(text: string | Uint8Array): Promise<void> {
  if (!watched) {
    watched = true
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      say(`weir: the results cannot be written: ${error.message}`)
      process.exit(1)
    })
  }
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
let watched = false

/** A line for the person at the terminal. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** What stood in the way of reading a file whole, a line each. */
export function sayCaptureProblems(name: string, summary: CaptureSummary): void {
  if (summary.problem) say(`weir: ${name}: ${summary.problem}; what came before was read`)
  for (const [loss, n] of summary.lost)
    say(
      `weir: ${name}: ${n.toLocaleString('en')} ${LOSSES[loss].unit} lost, ${loss}: ${LOSSES[loss].meaning} ${LOSSES[loss].remedy}`,
    )
}

/** An option that is a number above 0. */
export function numberAbove0(option: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}(\.\d{1,6})?$/.test(text) && Number(text) > 0) return Number(text)
    throw new WeirError('badOption', `${option} ${text}: a number above 0 is needed`)
  }
}

/** An option that is a whole number of at least 1. */
export function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= 1) return Number(text)
    throw new WeirError('badOption', `${option} ${text}: a whole number of at least 1 is needed`)
  }
}
