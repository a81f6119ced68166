/** What the records of two addresses say about why one cannot reach the other, in plain words. */
import { texts } from './texts.ts'

/** Records of one way at one interface with one outcome. */
export interface Seen {
  /** Of the two addresses: requests go from A to B, answers from B to A. */
  readonly way: 'request' | 'answer'
  readonly interface: string
  /** As the interface has it; null where the log does not say. */
  readonly direction: 'ingress' | 'egress' | null
  readonly action: 'accept' | 'reject' | null
  /** Besides security groups and network ACLs, where the log says one. */
  readonly reason: string | null
  readonly flows: number
}

export interface Reading {
  readonly tone: 'ok' | 'warn' | 'bad'
  readonly text: string
}

/** The sentences, what stands in the way first. */
export function readingOf(seen: readonly Seen[]): readonly Reading[] {
  if (seen.length === 0) return [{ tone: 'warn', text: texts.reading.nothing }]
  const requests = seen.filter(({ way }) => way === 'request')
  const answers = seen.filter(({ way }) => way === 'answer')
  const through = (of: readonly Seen[]) => of.filter(({ action }) => action === 'accept')
  const refused = (of: readonly Seen[]) => of.filter(({ action }) => action === 'reject')
  const out: Reading[] = refused(requests).map((each) => ({
    tone: 'bad',
    text: texts.reading.rejected(
      each,
      interfacesOf(through(requests)),
      through(requests).some((other) => other.interface === each.interface && other.direction === each.direction),
    ),
  }))
  out.push(...refused(answers).map((each): Reading => ({ tone: 'bad', text: texts.reading.answersRejected(each) })))
  if (requests.length === 0) out.push({ tone: 'warn', text: texts.reading.onlyAnswers })
  else if (refused(requests).length === 0 && answers.length === 0) {
    const arrived = requests.some(({ direction }) => direction === 'ingress')
    const left = requests.some(({ direction }) => direction === 'egress')
    const at = interfacesOf(requests)
    out.push({
      tone: 'warn',
      text: left && !arrived ? texts.reading.notArrived(at) : texts.reading.noAnswers(at),
    })
  }
  if (out.length === 0) out.push({ tone: 'ok', text: texts.reading.fine })
  return out
}

function interfacesOf(seen: readonly Seen[]): string {
  return [...new Set(seen.map((each) => each.interface))].join(', ')
}
