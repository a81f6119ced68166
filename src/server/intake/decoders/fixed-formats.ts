import type { FixedFormat } from './fixed-records.ts'
import { NETFLOW1 } from './netflow1.ts'
import { NETFLOW5 } from './netflow5.ts'
import { NETFLOW6 } from './netflow6.ts'
import { NETFLOW7 } from './netflow7.ts'

/** The versions of NetFlow whose records have one form. */
export const FIXED_FORMATS: readonly FixedFormat[] = [NETFLOW1, NETFLOW5, NETFLOW6, NETFLOW7]
