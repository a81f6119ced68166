/** Amazon Data Firehose, "HTTP endpoint delivery request and response specifications". */
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { ERRORS, WeirError } from '../../../shared/api/errors.ts'
import type { PushForm } from './push-source.ts'

/** Octets of a request, unpacked: Firehose buffers 64 MiB at most. */
const LARGEST = 96 * 2 ** 20

const REQUEST = z.object({
  requestId: z.string().min(1).max(256),
  records: z.array(z.object({ data: z.base64() })).max(100_000),
})

export const firehose: PushForm = {
  read({ body, headers }) {
    const request = REQUEST.safeParse(jsonOf(unpack(body, headers['content-encoding'])))
    if (!request.success)
      throw new WeirError('badRequest', `no request of Firehose: ${z.prettifyError(request.error).split('\n')[0]}`)
    const { requestId, records } = request.data
    return records.map(({ data }, i) => ({ id: `${requestId} ${i}`, bytes: plain(Buffer.from(data, 'base64')) }))
  },

  // 413 is not tried again, everything else is. The id of the request must come back as it was.
  answer({ headers }, problem, nowMs) {
    const body = {
      requestId: headers['x-amz-firehose-request-id'] ?? '',
      timestamp: nowMs,
      ...(problem ? { errorMessage: problem.message.slice(0, 8192) } : {}),
    }
    return { status: problem ? statusOf(problem) : 200, body: JSON.stringify(body) }
  },
}

/** What CloudWatch Logs sends by Firehose is gzipped. Where that is damaged it is left as it is, for the dead letters. */
function plain(data: Uint8Array): Uint8Array {
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data
  try {
    return gunzipSync(data, { maxOutputLength: LARGEST })
  } catch {
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

export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')) as unknown
  } catch (error) {
    throw new WeirError('badRequest', `the body is no JSON: ${(error as Error).message}`)
  }
}

export function statusOf({ code }: WeirError): number {
  const entry = ERRORS[code]
  return 'status' in entry ? entry.status : 500
}
