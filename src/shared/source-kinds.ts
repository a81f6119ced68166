/** Kinds of sources of flow logs that can be configured. */
export const SOURCE_KINDS = ['cloudwatch', 's3', 'firehose', 'pubsub', 'azure', 'folder'] as const
