/** Moments as exporters write them → milliseconds since 1970-01-01 UTC. */

/** No flow protocol is older: a clock that says so was never set. */
export const PLAUSIBLE_FROM_MS = Date.UTC(2000, 0, 1)
/**
 * Clocks are off, and captures are re-dated by years; what is further ahead than this cannot be true and would only make
 * the store keep days for it.
 */
export const PLAUSIBLE_AHEAD_MS = 5 * 365.25 * 86_400_000

/** 2100: what a count since 1970 can be at most. */
export const LATEST_MS = Date.UTC(2100, 0, 1)

/** Seconds from 1900-01-01 (NTP, RFC 5905 §6) to 1970-01-01. */
export const NTP_TO_UNIX_SECONDS = 2_208_988_800

/**
 * An uptime may be a little ahead of its header's: within this it is taken so, and not as 49 days back (RFC 3954 §8 has
 * uptimes wrap at 2^32 ms).
 */
export const UPTIME_AHEAD_MS = 3_600_000

/** The longest inactive timeout that exporters take (7 days): no flow is exported later than this after its last packet. */
export const LONGEST_IDLE_MS = 604_800_000

/** Whether a moment can be true of something received at `receivedMs`. */
export function plausible(ms: number, receivedMs: number): boolean {
  return ms >= PLAUSIBLE_FROM_MS && ms <= receivedMs + PLAUSIBLE_AHEAD_MS
}
