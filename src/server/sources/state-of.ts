/** How a source goes, as Health tells it. */
import type { Source, SourceState } from './source.ts'
import type { SourceIntake } from './source-intake.ts'

/** So many dead letters and no flow, and something is wrong with all of the records. */
const MANY = 10

/** What it says itself, unless nothing of what it brings can be read. */
export function stateOf(
  source: Pick<Source, 'state'>,
  { flows, letters }: Pick<SourceIntake, 'flows' | 'letters'>,
): SourceState {
  const said = source.state()
  if (said.trouble !== null || flows > 0 || letters < MANY) return said
  return {
    ...said,
    state: 'failing',
    trouble: `none of its records could be read; all ${letters.toLocaleString('en')} are dead letters`,
    remedy:
      'weir letters shows what is wrong with them. Where their layout is missing, give it with layout, and read them again: weir letters --again --layout.',
  }
}
