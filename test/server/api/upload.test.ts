import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { readUpload, STALLED_MS } from '../../../src/server/api/upload.ts'

async function lengthOf(body: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const chunk of body) bytes += chunk.length
  return bytes
}

describe('a file that is sent to be imported', () => {
  it('is read to its end', async () => {
    const body = new PassThrough()
    body.write('ab')
    body.end('c')
    assert.equal(await lengthOf(readUpload(body)), 3)
  })

  it('that stalled kept all others from being imported', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const body = new PassThrough()
    const read = lengthOf(readUpload(body))
    t.mock.timers.tick(STALLED_MS)
    await assert.rejects(read, { code: 'cancelled' })
  })

  it('that broke off was logged as a fault in Weir', async () => {
    const body = new PassThrough()
    const read = lengthOf(readUpload(body))
    body.destroy(new Error('aborted'))
    await assert.rejects(read, { code: 'cancelled' })
  })
})
