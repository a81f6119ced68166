import type { Decoder } from './decoder.ts'
import { ipfix } from './ipfix.ts'
import { netflow1 } from './netflow1.ts'
import { netflow5 } from './netflow5.ts'
import { netflow6 } from './netflow6.ts'
import { netflow7 } from './netflow7.ts'
import { netflow9 } from './netflow9.ts'
import { sflow5 } from './sflow5.ts'

/** One for each protocol that recognise.ts tells apart. */
export const DECODERS: readonly Decoder[] = [netflow1, netflow5, netflow6, netflow7, netflow9, ipfix, sflow5]
