import type { Command } from 'commander'
import { decode } from './decode.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { replay } from './replay.ts'
import { serve } from './serve.ts'

export const COMMANDS: readonly Command[] = [serve, decode, replay, demo, doctor]
