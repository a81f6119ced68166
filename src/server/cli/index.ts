import type { Command } from 'commander'
import { backup } from './backup.ts'
import { compare } from './compare.ts'
import { check } from './check.ts'
import { decode } from './decode.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { exportFlows } from './export.ts'
import { fields } from './fields.ts'
import { flows } from './flows.ts'
import { importFiles } from './import.ts'
import { letters } from './letters.ts'
import { replay } from './replay.ts'
import { seen } from './seen.ts'
import { series } from './series.ts'
import { serve } from './serve.ts'
import { top } from './top.ts'

export const COMMANDS: readonly Command[] = [
  serve,
  top,
  series,
  flows,
  seen,
  compare,
  fields,
  decode,
  importFiles,
  letters,
  replay,
  demo,
  doctor,
  backup,
  check,
  exportFlows,
]
