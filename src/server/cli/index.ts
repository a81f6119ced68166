import type { Command } from 'commander'

export const COMMANDS: readonly Command[] = []
