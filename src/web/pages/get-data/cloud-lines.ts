/** What makes flow logs of clouds, and files, come in. */

/** Values in capitals are to be replaced. Each is checked against what Weir reads (test/web/get-data-clouds.test.ts). */
export const CLOUDS = {
  cloudwatch: `sources:
  - type: cloudwatch
    name: vpc
    region: eu-central-1
    groups: [/vpc/flow-logs]`,
  s3: `sources:
  - type: s3
    name: vpc
    region: eu-central-1
    bucket: MY-BUCKET
    queue: https://sqs.eu-central-1.amazonaws.com/123456789012/MY-QUEUE`,
  firehose: `sources:
  - type: firehose
    name: vpc
    key: AN-ACCESS-KEY-OF-YOUR-OWN`,
  google: `sources:
  - type: pubsub
    name: google
    key: A-TOKEN-OF-YOUR-OWN`,
  azure: `sources:
  - type: azure
    name: azure
    container: https://ACCOUNT.blob.core.windows.net/insights-logs-flowlogflowevent
    sas: sv=…&sp=rl&sig=…`,
  files: `weir import flows.log.gz`,
} as const
export type Cloud = keyof typeof CLOUDS
