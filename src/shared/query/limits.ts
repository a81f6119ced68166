/** How much one question may ask for; each is configured as `limits.question`. */
export interface QuestionLimits {
  /** Milliseconds. */
  readonly range: number
  /** Groups named in an answer. */
  readonly groups: number
  /** Groups × buckets of an answer. */
  readonly cells: number
  /** Groups × base buckets that statistics are taken over. */
  readonly values: number
}

const YEAR_MS = 365 * 86_400_000

export const USUAL_LIMITS = {
  range: 100 * YEAR_MS,
  groups: 1000,
  cells: 200_000,
  values: 5_000_000,
} as const satisfies QuestionLimits
