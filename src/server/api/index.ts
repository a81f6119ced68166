import { backup } from './backup.ts'
import { cloudInterfaces } from './cloud-interfaces.ts'
import { compare } from './compare.ts'
import { conversation } from './conversation.ts'
import { counters } from './counters.ts'
import { coverage } from './coverage.ts'
import { demo } from './demo.ts'
import { exportFlows } from './export.ts'
import { exporters } from './exporters.ts'
import { fields } from './fields.ts'
import { filter } from './filter.ts'
import { filters } from './filters.ts'
import { flows } from './flows.ts'
import { health } from './health.ts'
import { importFile } from './import.ts'
import { interfaces } from './interfaces.ts'
import { letters } from './letters.ts'
import { metrics } from './metrics.ts'
import { openapi } from './openapi.ts'
import { push } from './push.ts'
import { query } from './query.ts'
import { surrounding } from './surrounding.ts'
import type { Route } from './route.ts'
import { seen } from './seen.ts'
import { suggest } from './suggest.ts'

export const ROUTES: readonly Route[] = [
  backup,
  cloudInterfaces,
  compare,
  conversation,
  counters,
  coverage,
  demo,
  exporters,
  exportFlows,
  fields,
  filter,
  filters,
  flows,
  health,
  importFile,
  interfaces,
  letters,
  metrics,
  openapi,
  push,
  query,
  seen,
  suggest,
  surrounding,
]
