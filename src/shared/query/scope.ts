/** What is said of the scope with each answer: which observations count, and why. */

export const SCOPE_NAMES = ['all', 'ingress', 'deduplicated'] as const

/** Which observations count (docs/explanation/numbers.md). */
export type Scope = (typeof SCOPE_NAMES)[number] | { readonly exporter: string }

export interface ScopeStated {
  readonly counted: Scope
  readonly reason: string
}

const REASONS = {
  all: 'every observation counts, as long as nothing else is asked for: traffic that several exporters saw counts once for each',
  ingress:
    'observations of traffic on its way in count, and those without a direction: traffic that goes through one exporter counts once, that through several once for each',
  deduplicated:
    'of records with the same addresses, ports and protocol on one day, those of one observation point (an exporter, or an interface of a cloud) count: the one with the lowest sampling rate, then the most bytes',
} as const satisfies Record<(typeof SCOPE_NAMES)[number], string>

export function stateScope(scope: Scope): ScopeStated {
  return {
    counted: scope,
    reason:
      typeof scope === 'object' ? `only what the exporter ${scope.exporter} observed counts, as asked` : REASONS[scope],
  }
}

/** A few words, for a line under an answer. */
export function scopeWords({ counted }: ScopeStated): string {
  switch (counted) {
    case 'all':
      return 'every observation'
    case 'ingress':
      return 'ingress only'
    case 'deduplicated':
      return 'each flow counted at one exporter'
    default:
      return `only ${counted.exporter}`
  }
}
