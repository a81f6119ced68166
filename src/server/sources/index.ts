import { FolderSource } from './folder.ts'
import { firehose } from './push/firehose.ts'
import { pubsub } from './push/pubsub.ts'
import { PushSource } from './push/push-source.ts'
import type { SourceSettings } from './settings.ts'
import type { Source, SourceContext } from './source.ts'

/** Makes a source; null for those that are not there yet. */
export function makeSource(settings: SourceSettings, context: SourceContext): Source | null {
  switch (settings.type) {
    case 'folder':
      return new FolderSource(settings, context)
    case 'firehose':
      return new PushSource(settings, context, firehose)
    case 'pubsub':
      return new PushSource(settings, context, pubsub)
    default:
      return null
  }
}
