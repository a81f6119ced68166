/** The body of a file to import, which takes as long as it takes, but not for ever. */
import type { Readable } from 'node:stream'
import { WeirError } from '../../shared/api/errors.ts'

/** After so long without a byte nobody sends any more: others wait to import. */
export const STALLED_MS = 60_000

/** What comes, until its end. Rejects with `cancelled` where it breaks off or stalls. */
export async function* readUpload(body: Readable): AsyncGenerator<Uint8Array> {
  const late = setTimeout(() => body.destroy(), STALLED_MS)
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      late.refresh()
      yield chunk
    }
  } catch {
    throw new WeirError('cancelled', 'the body broke off before its end; send the file again')
  } finally {
    clearTimeout(late)
  }
}
