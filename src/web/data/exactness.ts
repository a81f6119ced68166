/** What the numbers of an answer are, in words. */
import type { AnswerOf } from '../../shared/api/contract.ts'
import { TEXTS } from '../texts.ts'

export type Exactness =
  | { readonly kind: 'exact' | 'sampled' | 'partial' }
  /** `off`: how far a named value may be off, as a share of the total; null where that is not known. */
  | { readonly kind: 'estimated' | 'bounded'; readonly off: number | null }

type Meta = AnswerOf<'query'>['meta']

/** What an answer's meta says of its numbers; what leaves the most open comes first. */
export function exactnessOf(meta: Pick<Meta, 'exact' | 'estimated' | 'error' | 'sampled'>): Exactness {
  if (meta.estimated) return { kind: 'estimated', off: meta.error }
  if (!meta.exact) return meta.error === null ? { kind: 'partial' } : { kind: 'bounded', off: meta.error }
  return { kind: meta.sampled ? 'sampled' : 'exact' }
}

/** `estimated, ± 1.2 %` */
export function exactnessText(exactness: Exactness): string {
  if (exactness.kind === 'estimated' || exactness.kind === 'bounded')
    return TEXTS.basis[exactness.kind].text(exactness.off === null ? null : boundText(exactness.off))
  return TEXTS.basis[exactness.kind].text
}

/** What the numbers were read from. */
export function resolutionText({ resolution }: Pick<Meta, 'resolution'>): string {
  return TEXTS.resolution[resolution]
}

/** How many groups there are in all; null where a sample did not see them all. */
export function groupsOf({ estimated, groups }: Pick<Meta, 'estimated' | 'groups'>): number | null {
  return estimated ? null : groups
}

/** Two digits, rounded up, since it is a bound: `1.2 %`, `0.013 %`, `< 0.001 %`. */
function boundText(share: number): string {
  const percent = share * 100
  if (percent < 0.001) return '< 0.001\u2009%'
  const step = 10 ** (Math.floor(Math.log10(percent)) - 1)
  return `${Number((Math.ceil(percent / step - 1e-9) * step).toPrecision(2))}\u2009%`
}
