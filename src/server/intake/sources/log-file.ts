/** Files of flow logs: text or JSON. */
import { setImmediate } from 'node:timers/promises'
import type { LogType } from '../../../shared/schema/codes.ts'
import { recogniseLog } from '../decoders/logs/index.ts'
import { identityOf } from '../../sources/identity.ts'
import type { FolderIntake } from '../folder-intake.ts'
import type { OpenFile } from './files.ts'
import { LogReader } from './log-reader.ts'

export interface LogFile {
  readonly type: LogType
  /** Takes it in; gives how many records it has. `show` gets 0 to 1. */
  read(intake: FolderIntake, show: (share: number) => void): Promise<number>
}

/** Null where the file is of no format that Weir knows, and `type` says of none. */
export function logIn(file: OpenFile, type: LogType | undefined): LogFile | null {
  const format = type ?? recogniseLog(Buffer.from(file.head).toString('utf8'))?.name
  return format === undefined ? null : { type: format, read: (intake, show) => readLog(file, format, intake, show) }
}

async function readLog(
  { name, bytes, changedMs, chunks, read }: OpenFile,
  type: LogType,
  intake: FolderIntake,
  show: (share: number) => void,
): Promise<number> {
  const identity = identityOf(name, String(bytes), String(changedMs))
  const reader = new LogReader({ name, source: name, receivedMs: Date.now(), type, identity }, intake.logs)
  for await (const chunk of chunks) {
    reader.push(chunk)
    await intake.room()
    await setImmediate()
    if (bytes) show(Math.min(1, read() / bytes))
  }
  reader.end()
  return reader.records
}
