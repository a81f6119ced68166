import type { Command } from 'commander'
import { serve } from './serve.ts'

export const COMMANDS: readonly Command[] = [serve]
