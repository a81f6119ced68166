import { awsFlowLog } from './aws-flow-log.ts'
import { azureFlowLog } from './azure-flow-log.ts'
import { gcpVpc } from './gcp-vpc.ts'
import { hubble } from './hubble.ts'
import type { LogFormat } from './log-format.ts'
import { nfdumpCsv } from './nfdump-csv.ts'
import { suricataEve } from './suricata-eve.ts'
import { zeekConn } from './zeek-conn.ts'

/** Those that know their own more surely come first. */
export const LOG_FORMATS: readonly LogFormat[] = [
  awsFlowLog,
  gcpVpc,
  azureFlowLog,
  zeekConn,
  suricataEve,
  hubble,
  nfdumpCsv,
]

/** The format of a file, or of a record, that begins so; or undefined. */
export function recogniseLog(head: string): LogFormat | undefined {
  // What JSON documents are wrapped in: a list, or the list `records` of a document.
  const first = head.replace(/^[\ufeff\s]*(\{\s*"records"\s*:\s*)?(\[\s*)?(?=\{)/, '')
  return LOG_FORMATS.find((format) => format.recognise(first))
}
