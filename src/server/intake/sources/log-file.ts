/** Files of flow logs: text or JSON. */
import { setImmediate } from 'node:timers/promises'
import type { LogType } from '../../../shared/schema/codes.ts'
import { recogniseLog } from '../decoders/logs/index.ts'
import { layoutOf } from '../decoders/logs/log-format.ts'
import type { FolderIntake } from '../folder-intake.ts'
import { identityOf } from '../identity.ts'
import { isParquet, type OpenFile } from './files.ts'
import { takeContents } from './log-contents.ts'
import { LogReader, type LogOptions } from './log-reader.ts'

export interface LogFile {
  readonly type: LogType
  /** Takes it in; gives how many records it has. `show` gets 0 to 1. */
  read(intake: FolderIntake, show: (share: number) => void): Promise<number>
}

/** Null where the file is of no format that Weir knows, and `type` says of none. */
export function logIn(file: OpenFile, type: LogType | undefined, layout: string | undefined): LogFile | null {
  const format = isParquet(file.head)
    ? 'aws-flow-log'
    : (type ?? recogniseLog(Buffer.from(file.head).toString('utf8'))?.name)
  return format === undefined
    ? null
    : {
        type: format,
        read: (intake, show) =>
          readLog(file, { type: format, layout: layout === undefined ? undefined : layoutOf(layout) }, intake, show),
      }
}

async function readLog(
  { name, bytes, changedMs, head, chunks, read }: OpenFile,
  options: Pick<LogOptions, 'type' | 'layout'>,
  intake: FolderIntake,
  show: (share: number) => void,
): Promise<number> {
  const identity = identityOf(name, String(bytes), String(changedMs))
  const reader = new LogReader({ name, source: name, receivedMs: Date.now(), identity, ...options }, intake.logs)
  await takeContents({ head, all: chunks }, name, reader, async () => {
    await intake.room()
    await setImmediate()
    if (bytes) show(Math.min(1, read() / bytes))
  })
  return reader.records
}
