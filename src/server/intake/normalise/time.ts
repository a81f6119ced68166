/** Moments as exporters write them → milliseconds since 1970-01-01 UTC. */

/** No flow protocol is older: a clock that says so was never set. */
export const PLAUSIBLE_FROM_MS = Date.UTC(2000, 0, 1)
/** A clock may be off and time zones get mixed up; further ahead than this cannot be true. */
export const PLAUSIBLE_AHEAD_MS = 86_400_000

/** Seconds from 1900-01-01 (NTP, RFC 5905 §6) to 1970-01-01. */
export const NTP_TO_UNIX_SECONDS = 2_208_988_800

/**
 * An uptime may be a little ahead of its header's: within this it is taken so, and not as 49 days back (RFC 3954 §8 has
 * uptimes wrap at 2^32 ms).
 */
export const UPTIME_AHEAD_MS = 3_600_000

/** Whether a moment can be true of something received at `receivedMs`. */
export function plausible(ms: number, receivedMs: number): boolean {
  return ms >= PLAUSIBLE_FROM_MS && ms <= receivedMs + PLAUSIBLE_AHEAD_MS
}
