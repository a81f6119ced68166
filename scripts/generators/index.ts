import { fieldsReference } from './fields-reference.ts'
import type { Generator } from './generator.ts'

export const GENERATORS: readonly Generator[] = [fieldsReference]
