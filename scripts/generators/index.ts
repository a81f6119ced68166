import { awsFlowLogsReference } from './aws-flow-logs-reference.ts'
import { commandsReference } from './commands-reference.ts'
import { configurationReference } from './configuration-reference.ts'
import { countersReference } from './counters-reference.ts'
import { elements } from './elements.ts'
import { errorsReference } from './errors-reference.ts'
import { fieldsReference } from './fields-reference.ts'
import { filterParser } from './filter-parser.ts'
import type { Generator } from './generator.ts'
import { httpReference } from './http-reference.ts'
import { lossesReference } from './losses-reference.ts'
import { metricsReference } from './metrics-reference.ts'
import { protocols } from './protocols.ts'
import { services } from './services.ts'
import { sflowStructures } from './sflow-structures.ts'

export const GENERATORS: readonly Generator[] = [
  awsFlowLogsReference,
  commandsReference,
  configurationReference,
  countersReference,
  elements,
  errorsReference,
  fieldsReference,
  filterParser,
  httpReference,
  lossesReference,
  metricsReference,
  protocols,
  services,
  sflowStructures,
]
