import { elements } from './elements.ts'
import { fieldsReference } from './fields-reference.ts'
import { filterParser } from './filter-parser.ts'
import type { Generator } from './generator.ts'
import { httpReference } from './http-reference.ts'
import { protocols } from './protocols.ts'
import { services } from './services.ts'

export const GENERATORS: readonly Generator[] = [elements, fieldsReference, filterParser, httpReference, protocols, services]
