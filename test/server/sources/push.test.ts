import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { SourceClock, runSource, type RunningSource } from '../../support/source.ts'
import { question, totalsOf } from '../../support/store.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const FIREHOSE = { type: 'firehose', name: 'hose', key: 'a key of some length' } as const
const PUBSUB = { type: 'pubsub', name: 'google', key: 'a key of some length' } as const

/** A line of the default format, of that many bytes. */
const line = (bytes: number, status = 'OK') =>
  `2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 ${bytes} 1795521600 1795521660 ACCEPT ${status}`
const base64 = (text: string) => Buffer.from(text).toString('base64')
const request = (id: string, ...records: string[]) =>
  Buffer.from(
    JSON.stringify({ requestId: id, timestamp: NOW, records: records.map((each) => ({ data: base64(each) })) }),
  )
const headers = (id: string) => ({ 'x-amz-firehose-request-id': id, 'content-type': 'application/json' })

async function start(test: TestContext, settings: unknown = FIREHOSE): Promise<RunningSource & { folder: string }> {
  const folder = temporaryFolder(test)
  const running = await runSource(folder, settings, { clock: new SourceClock(NOW) })
  return { ...running, folder }
}

describe('Firehose', () => {
  it('is answered with the id of its request when the flows are on disk', async (test) => {
    const running = await start(test)
    const answer = await running.source.take?.({ body: request('r-1', line(100), line(20)), headers: headers('r-1') })
    assert.equal(answer?.status, 200)
    assert.deepEqual(JSON.parse(answer.body), { requestId: 'r-1', timestamp: NOW })
    assert.deepEqual(await totalsOf(running.store), [120, 40, 2])
    await running.stop()
  })

  it('sends a request again that is counted once, also after a restart', async (test) => {
    const running = await start(test)
    const pushed = { body: request('r-1', line(100), line(20)), headers: headers('r-1') }
    await running.source.take?.(pushed)
    assert.equal((await running.source.take?.(pushed))?.status, 200)
    await running.stop()
    const again = await runSource(running.folder, FIREHOSE, { clock: new SourceClock(NOW + 60_000) })
    assert.equal((await again.source.take?.(pushed))?.status, 200)
    assert.deepEqual(await totalsOf(again.store), [120, 40, 2])
    await again.stop()
  })

  it('takes bodies packed with gzip, and refuses one that is larger than Firehose makes them', async (test) => {
    const running = await start(test)
    const packed = { 'content-encoding': 'gzip', ...headers('r-2') }
    const answer = await running.source.take?.({ body: gzipSync(request('r-2', line(7))), headers: packed })
    assert.equal(answer?.status, 200)
    const bomb = await running.source.take?.({ body: gzipSync(Buffer.alloc(100 * 2 ** 20)), headers: packed })
    assert.equal(bomb?.status, 413)
    assert.match(JSON.parse(bomb.body).errorMessage, /longer than/)
    await running.stop()
  })

  it('records that unpack to 96 MiB each were all held at once', async (test) => {
    const running = await start(test)
    const data = gzipSync(Buffer.alloc(40 * 2 ** 20, '\n')).toString('base64')
    const body = Buffer.from(
      JSON.stringify({ requestId: 'r-9', records: Array.from({ length: 500 }, () => ({ data })) }),
    )
    const bomb = await running.source.take?.({ body, headers: headers('r-9') })
    assert.equal(bomb?.status, 413)
    assert.match(JSON.parse(bomb.body).errorMessage, /records are longer than/)
    await running.stop()
  })

  it('a record of 16 MiB ran out of stack, and was sent again for ever', async (test) => {
    const running = await start(test)
    const body = request('r-8', `${line(5)}\n${' '.repeat(79)}\n`.padEnd(16 * 2 ** 20, '\n'))
    assert.equal((await running.source.take?.({ body, headers: headers('r-8') }))?.status, 200)
    assert.deepEqual(await totalsOf(running.store), [5, 20, 1])
    await running.stop()
  })

  it('a record of more flows than are on their way at a time lost those beyond', async (test) => {
    const running = await start(test)
    const lines = Array.from({ length: 200_000 }, (_, i) =>
      `${line(1)}\n`.replace('eni-1235b8ca123456789', `eni-${i % 9000}`),
    )
    const answer = await running.source.take?.({ body: request('r-7', lines.join('')), headers: headers('r-7') })
    assert.equal(answer?.status, 200)
    assert.equal(running.counters.get('flows'), 200_000)
    assert.deepEqual(running.counters.losses(), {})
    assert.equal((await totalsOf(running.store))[2], 200_000)
    await running.stop()
  })

  it('keeps a line that cannot be read as a dead letter and takes the others', async (test) => {
    const running = await start(test)
    const body = request('r-3', line(1), '2 only three', line(2))
    assert.equal((await running.source.take?.({ body, headers: headers('r-3') }))?.status, 200)
    assert.deepEqual(await totalsOf(running.store), [3, 40, 2])
    assert.deepEqual(
      running.letters.map(({ text }) => text),
      ['2 only three'],
    )
    await running.stop()
  })

  it('is told in its own form what is wrong with a request', async (test) => {
    const running = await start(test)
    for (const body of ['', '{', '[]', '{"requestId":"r","records":[{"data":"not base64!"}]}']) {
      const answer = await running.source.take?.({ body: Buffer.from(body), headers: headers('r') })
      assert.equal(answer?.status, 400, body)
      const { requestId, errorMessage } = JSON.parse(answer.body) as Record<string, string>
      assert.equal(requestId, 'r')
      assert.match(errorMessage ?? '', /no JSON|no request of Firehose/)
    }
    await running.stop()
  })

  it('brings records of interfaces that saw nothing, which are no flows', async (test) => {
    const running = await start(test)
    const nothing = '2 123456789010 eni-1235b8ca123456789 - - - - - - - 1795521600 1795521660 - NODATA'
    const answer = await running.source.take?.({ body: request('r-4', nothing), headers: headers('r-4') })
    assert.equal(answer?.status, 200)
    assert.deepEqual(await totalsOf(running.store), [null, null, 0])
    await running.stop()
  })
})

describe('Pub/Sub', () => {
  it('pushes a message at a time, each counted once', async (test) => {
    const running = await start(test, PUBSUB)
    const body = Buffer.from(JSON.stringify({ message: { data: base64(line(9)), messageId: '1' }, subscription: 's' }))
    for (let time = 0; time < 3; time++)
      assert.deepEqual(await running.source.take?.({ body, headers: {} }), { status: 204, body: '' })
    assert.deepEqual(await totalsOf(running.store), [9, 20, 1])
    await running.stop()
  })

  it('names the source in its flows', async (test) => {
    const running = await start(test, PUBSUB)
    const body = Buffer.from(JSON.stringify({ message: { data: base64(line(9)), messageId: '1' } }))
    await running.source.take?.({ body, headers: {} })
    const { rows } = await running.store.query(
      question({ groupBy: ['source.name'], measures: ['flows'], orderBy: 'flows' }),
    )
    assert.deepEqual(rows, [['google', 1]])
    await running.stop()
  })
})

describe('what interfaces did not see', () => {
  const minute = 60_000
  const at = 1_795_521_600_000
  const fact = (name: string, status: string, from: number) =>
    `2 123456789010 ${name} - - - - - - - ${(at + from * minute) / 1000} ${(at + (from + 1) * minute) / 1000} - ${status}`

  it('is told by interface, spans that touch as one, however often it came', async (test) => {
    const running = await start(test)
    const records = [
      fact('eni-a', 'NODATA', 0),
      fact('eni-a', 'NODATA', 1),
      fact('eni-a', 'NODATA', 5),
      fact('eni-b', 'SKIPDATA', 2),
      fact('eni-a', 'NODATA', 0),
    ]
    for (const id of ['r-1', 'r-2'])
      await running.source.take?.({ body: request(id, ...records), headers: headers(id) })
    const answer = await running.store.coverage({ fromMs: at, toMs: at + 10 * minute, limit: 10 })
    const facts = { source: 'hose', account: '123456789010' }
    assert.deepEqual(answer.interfaces, [
      { ...facts, interface: 'eni-b', noData: [], skipped: [[at + 2 * minute, at + 3 * minute]] },
      {
        ...facts,
        interface: 'eni-a',
        noData: [
          [at, at + 2 * minute],
          [at + 5 * minute, at + 6 * minute],
        ],
        skipped: [],
      },
    ])
    await running.stop()
  })

  it('with a NUL or a megabyte in a name was never written, and nothing else after it', async (test) => {
    const running = await start(test)
    const told = { source: "it's", account: '1', status: 'NODATA', fromMs: NOW - 60_000, toMs: NOW } as const
    await running.store.covered([
      { ...told, interface: 'eni-\0' },
      { ...told, interface: `eni-\ud800'); DROP TABLE coverage.facts; --${'x'.repeat(2 ** 20)}` },
    ])
    const { interfaces } = await running.store.coverage({ fromMs: NOW - 3_600_000, toMs: NOW, limit: 10 })
    assert.deepEqual(
      interfaces.map((each) => each.interface.slice(0, 12)).toSorted(),
      ["eni-\ufffd'); DRO".slice(0, 12), 'eni-\ufffd'].toSorted(),
    )
    await running.stop()
  })

  it('is cut to the range that is asked for, and interfaces beyond the limit are counted', async (test) => {
    const running = await start(test)
    const body = request('r-1', fact('eni-a', 'SKIPDATA', 0), fact('eni-b', 'NODATA', 0), fact('eni-c', 'NODATA', 9))
    await running.source.take?.({ body, headers: headers('r-1') })
    const answer = await running.store.coverage({ fromMs: at + 30_000, toMs: at + 5 * minute, limit: 1 })
    assert.deepEqual(
      answer.interfaces.map((each) => [each.interface, each.skipped]),
      [['eni-a', [[at + 30_000, at + minute]]]],
    )
    assert.equal(answer.leftOut, 1)
    await running.stop()
  })
})
