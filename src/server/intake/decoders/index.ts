import type { Decoder } from './decoder.ts'
import { sflow5 } from './sflow5.ts'

/** One for each protocol that recognise.ts tells apart. */
export const DECODERS: readonly Decoder[] = [sflow5]
