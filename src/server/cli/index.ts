import type { Command } from 'commander'
import { doctor } from './doctor.ts'
import { decode } from './decode.ts'
import { serve } from './serve.ts'

export const COMMANDS: readonly Command[] = [serve, decode, doctor]
