/** All of a file or an object of flow logs → its reader: text, JSON or Parquet. */
import { WeirError } from '../../../shared/api/errors.ts'
import { isParquet, type Peeked } from './files.ts'
import type { LogReader } from './log-reader.ts'

/**
 * Takes it in; `room` is awaited between its pieces. Rejects where it is damaged, or Parquet that is no flow log, and with
 * whatever `room` and the chunks reject with; some of its flows may have been taken then.
 */
export async function takeContents(
  { head, all }: Peeked,
  name: string,
  reader: LogReader,
  room: () => Promise<void>,
): Promise<void> {
  if (isParquet(head)) {
    const { ParquetLog, spooled } = await import('./parquet-log.ts')
    const file = await spooled(all)
    try {
      const log = await ParquetLog.of(file, name)
      if (!log.isFlowLog) throw new WeirError('unreadable', `${name}: a Parquet file, but no flow log`)
      await reader.takeParquet(log, room)
    } finally {
      await file.close()
    }
    return
  }
  for await (const chunk of all) {
    reader.push(chunk)
    await room()
  }
  reader.end()
}
