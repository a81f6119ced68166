/** Which interfaces of a cloud saw nothing, or were not recorded, and when: what their flow logs say of themselves. */

/** `NODATA`: no traffic; `SKIPDATA`: the cloud left records out. */
export const COVERAGE_STATES = ['NODATA', 'SKIPDATA'] as const
export type CoverageState = (typeof COVERAGE_STATES)[number]

export interface CoverageQuestion {
  readonly fromMs: number
  readonly toMs: number
  /** Interfaces that the answer names at most; those that were left out for longest come first. */
  readonly limit: number
}

/** A span of time, epoch milliseconds. */
export type Span = readonly [fromMs: number, toMs: number]

export interface InterfaceCoverage {
  readonly source: string
  readonly account: string
  readonly interface: string
  /** When it saw no traffic; spans that touch are one. */
  readonly noData: readonly Span[]
  /** When records of it were left out. */
  readonly skipped: readonly Span[]
}

export interface CoverageAnswer {
  readonly interfaces: readonly InterfaceCoverage[]
  /** Interfaces beyond the limit. */
  readonly leftOut: number
  readonly tookMs: number
}
