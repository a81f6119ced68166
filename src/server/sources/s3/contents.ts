/** What is in an object → flows. */
import { WeirError } from '../../../shared/api/errors.ts'
import { recogniseLog } from '../../intake/decoders/logs/index.ts'
import { isParquet, unpacked } from '../../intake/sources/files.ts'
import { takeContents } from '../../intake/sources/log-contents.ts'
import type { LogOptions, LogReader } from '../../intake/sources/log-reader.ts'
import { NotStored } from '../not-stored.ts'
import type { SourceIntake } from '../source-intake.ts'
import type { OpenObject } from './bucket.ts'

export interface ReadOptions extends Omit<LogOptions, 'source'> {
  readonly signal: AbortSignal
  /** Told of the reader before it reads. */
  readonly onReader: (reader: LogReader) => void
}

/**
 * Takes in all of an object. Rejects where it is damaged or of no format that Weir knows (a `WeirError`), where it does not
 * come, and when `signal` fires; some of its flows may have been taken then.
 */
export async function readContents(object: OpenObject, intake: SourceIntake, options: ReadOptions): Promise<void> {
  const { name, type, layout, signal, onReader } = options
  const { head, all } = await unpacked(object.chunks, name)
  if (head.length === 0) return
  if (
    type === undefined &&
    layout === undefined &&
    !isParquet(head) &&
    !recogniseLog(Buffer.from(head).toString('utf8'))
  )
    throw new WeirError('failed', `${name}: of no format of flow logs that Weir knows`)
  const reader = intake.reader(options)
  onReader(reader)
  await takeContents({ head, all }, name, reader, async () => {
    signal.throwIfAborted()
    try {
      await intake.room()
    } catch (error) {
      throw new NotStored((error as Error).message)
    }
  })
}
