import { FolderSource } from './folder.ts'
import type { SourceSettings } from './settings.ts'
import type { Source, SourceContext } from './source.ts'

/** Makes a source; null for those that are not there yet. */
export function makeSource(settings: SourceSettings, context: SourceContext): Source | null {
  switch (settings.type) {
    case 'folder':
      return new FolderSource(settings, context)
    default:
      return null
  }
}
