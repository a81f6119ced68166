/** Reads dead letters again: with the layout that was missing, or by a newer Weir. What is still refused is a letter again. */
import type { LogType } from '../../shared/schema/codes.ts'
import type { FolderIntake } from './folder-intake.ts'
import { identityOf } from './identity.ts'
import type { KeptLetter, LetterBox } from './letter-box.ts'
import { RecordIds } from './record-ids.ts'
import { LogReader } from './sources/log-reader.ts'

export interface ReadAgain {
  readonly type?: LogType | undefined
  readonly layout?: readonly string[] | undefined
  /** Only letters of this source. */
  readonly source?: string | undefined
}

/** How many letters were read, how many flows they gave, and how many were refused again. */
export interface ReadAgainResult {
  readonly letters: number
  readonly flows: number
  readonly refused: number
}

/** Flows that an earlier reading has stored, where it was broken off, are not stored again. */
export async function readAgain(
  box: LetterBox,
  intake: FolderIntake,
  how: ReadAgain,
  nowMs: number,
): Promise<ReadAgainResult> {
  const result = { letters: 0, flows: 0, refused: 0 }
  for await (const piece of box.unread()) {
    const oldestMs = piece.letters.reduce((oldest, { atMs }) => Math.min(oldest, atMs), nowMs)
    const known = RecordIds.from(await intake.recordIds(oldestMs))
    await intake.forgetLetters(piece.letters)
    const readers = new Map<string, LogReader>()
    for (const letter of piece.letters) {
      if (how.source !== undefined && letter.source !== how.source) {
        intake.logs.keeper.refused(letter)
        continue
      }
      const reader = readers.get(letter.source) ?? readerOf(letter, intake, how, known)
      readers.set(letter.source, reader)
      reader.receivedAt(letter.atMs)
      reader.take(Buffer.from(letter.text), idOf(letter))
      result.letters++
      await intake.room()
    }
    for (const { flows } of readers.values()) result.flows += flows
    result.refused += [...readers.values()].reduce((sum, { refused }) => sum + refused, 0)
    await intake.commit()
    await box.note(piece, nowMs)
  }
  return result
}

function readerOf({ source, atMs }: KeptLetter, intake: FolderIntake, how: ReadAgain, known: RecordIds): LogReader {
  const { type, layout } = how
  return new LogReader({ name: source, source, receivedMs: atMs, type, layout, known, identity: [0, 0] }, intake.logs)
}

/** That which the record had where it came by itself, so that it is known if it comes once more. */
function idOf({ id, source, record, text }: KeptLetter): readonly [high: number, low: number] {
  if (id !== undefined && /^[0-9a-f]{16}$/.test(id))
    return [Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(8), 16)]
  return identityOf('dead letter', source, String(record), text)
}
