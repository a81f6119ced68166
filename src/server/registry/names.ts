/** What filters may name where nothing but the registries is known. */
import type { Names } from '../../shared/query/filter/names.ts'
import { serviceKeysByName } from './services.ts'

export const REGISTERED: Names = {
  serviceKeys: serviceKeysByName,
  exporters: () => [],
  interfaces: () => new Map(),
  filters: null,
}
