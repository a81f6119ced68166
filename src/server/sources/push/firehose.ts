/** Amazon Data Firehose, "HTTP endpoint delivery request and response specifications". */
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { statusOf, WeirError } from '../../../shared/api/errors.ts'
import type { PushForm } from './push-source.ts'
import { isBase64, jsonOf } from './request.ts'

/** Octets of a request, unpacked, and of all its records, unpacked again: Firehose buffers 64 MiB at most. */
const LARGEST = 96 * 2 ** 20

const REQUEST = z.object({
  requestId: z.string().min(1).max(256),
  records: z.array(z.object({ data: z.string().refine(isBase64, 'no base64') })).max(100_000),
})

export const firehose: PushForm = {
  read({ body, headers }) {
    const request = REQUEST.safeParse(jsonOf(unpack(body, headers['content-encoding'])))
    if (!request.success)
      throw new WeirError('badRequest', `no request of Firehose: ${z.prettifyError(request.error).split('\n')[0]}`)
    const { requestId, records } = request.data
    let left = LARGEST
    return records.map(({ data }, i) => {
      const bytes = plain(Buffer.from(data, 'base64'), left)
      left -= bytes.length
      return { id: `${requestId} ${i}`, bytes }
    })
  },

  // 413 is not tried again, everything else is. The id of the request must come back as it was.
  answer({ headers }, problem, nowMs) {
    const body = {
      requestId: headers['x-amz-firehose-request-id'] ?? '',
      timestamp: nowMs,
      ...(problem ? { errorMessage: problem.message.slice(0, 8192) } : {}),
    }
    return { status: problem ? statusOf(problem.code) : 200, body: JSON.stringify(body) }
  },
}

/**
 * What CloudWatch Logs sends by Firehose is gzipped. Where that is damaged it is left as it is, for the dead letters. Throws
 * `tooLarge` where it becomes more than `most` octets.
 */
function plain(data: Uint8Array, most: number): Uint8Array {
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data
  try {
    return gunzipSync(data, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new WeirError('tooLarge', `the records are longer than ${LARGEST} bytes when they are unpacked`)
    return data
  }
}

function unpack(body: Uint8Array, encoding: string | undefined): Uint8Array {
  if (encoding !== 'gzip') return body
  try {
    return gunzipSync(body, { maxOutputLength: LARGEST })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new WeirError('tooLarge', `the body is longer than ${LARGEST} bytes when it is unpacked`)
    throw new WeirError('badRequest', `the body is no gzip: ${(error as Error).message}`)
  }
}
