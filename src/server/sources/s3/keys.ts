/**
 * What the key of a log says: AWS writes account, region and time into it ("Flow log files", Amazon VPC User Guide), either
 * plainly (`AWSLogs/ACCOUNT/vpcflowlogs/REGION/2026/11/25/[13/]…`) or as Hive has it
 * (`AWSLogs/aws-account-id=ACCOUNT/aws-service=vpcflowlogs/aws-region=REGION/year=2026/month=11/day=25/[hour=13/]…`).
 */

/** Null each where the key does not say. */
export interface KeyFacts {
  readonly account: string | null
  readonly region: string | null
  /** Of the file's name, else the beginning of the hour or day that its folders say. */
  readonly atMs: number | null
}

const PLAIN = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/[a-z]+\/([a-z]{2}(?:-[a-z]+)+-\d+)\//
const HIVE = /(?:^|\/)aws-account-id=(\d{12})\/(?:[^/]+\/)*?aws-region=([^/]+)\//
const NAME = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^/]*$/
const FOLDERS = /\/(?:year=)?(\d{4})\/(?:month=)?(\d\d)\/(?:day=)?(\d\d)\/(?:(?:hour=)?(\d\d)\/)?/

export function factsOf(key: string): KeyFacts {
  const [, account = null, region = null] = PLAIN.exec(key) ?? HIVE.exec(key) ?? []
  const [, year, month, day, hour = '0', minute = '0'] = NAME.exec(key) ?? FOLDERS.exec(key) ?? []
  const atMs = year === undefined ? Number.NaN : Date.UTC(+year, Number(month) - 1, Number(day), +hour, +minute)
  return { account, region, atMs: Number.isFinite(atMs) ? atMs : null }
}

/** Folders of a moment's day, as keys after a root have them. */
export function dayFolders(atMs: number, isHive: boolean): string {
  const [year, month, day] = new Date(atMs).toISOString().slice(0, 10).split('-')
  return isHive ? `year=${year}/month=${month}/day=${day}/` : `${year}/${month}/${day}/`
}

/** Whether a folder is of a year, and how. */
export function yearFolder(name: string): 'plain' | 'hive' | null {
  if (/^\d{4}\/$/.test(name)) return 'plain'
  return /^year=\d{4}\/$/.test(name) ? 'hive' : null
}
