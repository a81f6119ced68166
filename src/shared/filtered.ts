/**
 * What the configuration keeps out, by the place where it does. It is meant to, so none of it is a loss; each has a counter, a
 * line on Health and a metric all the same.
 */
export const FILTERED = {
  'filtered.exporter': {
    unit: 'datagrams',
    meaning: 'From an exporter that intake.exporters does not let in.',
  },
  'filtered.protocol': {
    unit: 'datagrams',
    meaning: 'Of a protocol that intake.protocols.deny names.',
  },
  'filtered.flows': {
    unit: 'flows',
    meaning: 'Flows that intake.keep or intake.drop leaves out.',
  },
  'filtered.rate': {
    unit: 'flows',
    meaning: 'Flows above the flowsPerSecond of their exporter; those that are kept are counted for them.',
  },
} as const satisfies Record<string, { unit: string; meaning: string }>

export type FilteredName = keyof typeof FILTERED
export const FILTERED_NAMES = Object.keys(FILTERED) as FilteredName[]
