/** What the embedded store keeps: flows and sums of them, finest first, and counters. The disk is given back in this order. */
export const KEPT = ['raw', 'minute', 'hour', 'counters'] as const
export type KeptName = (typeof KEPT)[number]

/** As messages name them. */
export const KEPT_LABELS: Readonly<Record<KeptName, string>> = {
  raw: 'flows',
  minute: 'sums by minute',
  hour: 'sums by hour',
  counters: 'counters',
}
