import type { Enricher } from './enricher.ts'
import { initiator } from './initiator.ts'
import { owner } from './owner.ts'
import { service } from './service.ts'

/** In the order they run: later ones may use what earlier ones found. */
export const ENRICHERS: readonly Enricher[] = [initiator, service, owner]
