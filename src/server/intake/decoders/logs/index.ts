import { awsFlowLog } from './aws-flow-log.ts'
import type { LogFormat } from './log-format.ts'

/** Those that know their own more surely come first. */
export const LOG_FORMATS: readonly LogFormat[] = [awsFlowLog]

/** The format of a file that begins so, or undefined. For JSON, `head` is the beginning of its first record. */
export function recogniseLog(head: string): LogFormat | undefined {
  return LOG_FORMATS.find((format) => format.recognise(head))
}
