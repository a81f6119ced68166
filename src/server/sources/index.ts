import { FolderSource } from './folder.ts'
import { firehose } from './push/firehose.ts'
import { pubsub } from './push/pubsub.ts'
import { PushSource } from './push/push-source.ts'
import type { SourceSettings } from './settings.ts'
import type { Source, SourceContext } from './source.ts'

/** Makes a source. The clients of AWS are large, and loaded where they are used only. */
export async function makeSource(settings: SourceSettings, context: SourceContext): Promise<Source> {
  switch (settings.type) {
    case 'azure': {
      const { AzureSource } = await import('./azure/azure.ts')
      return new AzureSource(settings, context)
    }
    case 'cloudwatch': {
      const { CloudWatchSource } = await import('./cloudwatch/cloudwatch.ts')
      return new CloudWatchSource(settings, context)
    }
    case 'folder':
      return new FolderSource(settings, context)
    case 'firehose':
      return new PushSource(settings, context, firehose)
    case 'pubsub':
      return new PushSource(settings, context, pubsub)
    case 's3': {
      const { S3Source } = await import('./s3.ts')
      return new S3Source(settings, context)
    }
  }
}
