import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilteredLogEvent,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { invalidPageToken, staleStreams } from './faults.ts'
import { localAws } from './local-aws.ts'
import { misbehavingProxy } from './misbehaving-proxy.ts'

const { aws, skip } = await localAws()
const { make } = aws
let nowMs = Date.now()
const proxy = await misbehavingProxy(aws.endpoint, { seed: 7, nowMs: () => nowMs })
const { region, credentials } = aws
const logs = new CloudWatchLogsClient({ endpoint: proxy.endpoint, region, credentials, maxAttempts: 1 })
after(() => logs.destroy())

const GROUP = '/vpc/flow'

/** Pages of a scan, as their events. */
async function scan(input: Partial<FilterLogEventsCommandInput> = {}): Promise<FilteredLogEvent[][]> {
  const pages: FilteredLogEvent[][] = []
  let nextToken: string | undefined
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...input, nextToken }))
    pages.push(page.events ?? [])
    nextToken = page.nextToken
  } while (nextToken)
  return pages
}

const messages = (pages: FilteredLogEvent[][]) => pages.flat().map(({ message }) => message)
const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i))

/** So many events, a second apart, named by their number; the last one is now. */
async function events(count: number): Promise<number> {
  const from = nowMs - (count - 1) * 1000
  await make.logGroup(GROUP, 'eni-1-all')
  await make.putEvents(
    GROUP,
    'eni-1-all',
    numbers(count).map((message, i) => ({ timestamp: from + i * 1000, message })),
  )
  return from
}

describe('FilterLogEvents through the proxy', { skip }, () => {
  beforeEach(async () => {
    nowMs = Date.now()
    proxy.clear()
    await aws.reset()
  })

  it('gives pages of at most 10,000 events, sorted over all streams', async () => {
    const timestamp = nowMs - 100_000
    await make.logGroup(GROUP, 'a', 'b')
    for (const [i, stream] of ['a', 'b'].entries()) {
      const many = numbers(6000).map((message, n) => ({ timestamp: timestamp + n * 2 + i, message }))
      await make.putEvents(GROUP, stream, many)
    }
    const pages = await scan()
    assert.deepEqual(
      pages.map((page) => page.length),
      [10_000, 2000],
    )
    const times = pages.flat().map((event) => event.timestamp ?? 0)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    )
    assert.deepEqual(
      (await scan({ limit: 7000 })).map((page) => page.length),
      [7000, 5000],
    )
  })

  it('gives pages of at most 1 MB', async () => {
    await make.logGroup(GROUP, 's')
    for (let i = 0; i < 3; i++) {
      await make.putEvents(GROUP, 's', [{ timestamp: nowMs - 9000 + i, message: 'x'.repeat(400_000) }])
    }
    assert.deepEqual(
      (await scan()).map((page) => page.length),
      [2, 1],
    )
  })

  it('gives the streams of a prefix only, and no events outside of its range', async () => {
    const from = await events(10)
    await make.logStream(GROUP, 'other')
    await make.putEvents(GROUP, 'other', [{ timestamp: from, message: 'other' }])
    const range = { logStreamNamePrefix: 'eni-', startTime: from + 2000, endTime: from + 4000 }
    assert.deepEqual(messages(await scan(range)), ['2', '3', '4'])
  })

  it('gives pages that are empty though more follow, and one after the last event', async () => {
    await events(50)
    proxy.logs = { pageEvents: 5, emptyPages: 0.5 }
    const pages = await scan()
    const empty = pages.filter((page) => page.length === 0).length
    assert.ok(empty > 3, `${empty} empty`)
    assert.deepEqual(messages(pages), numbers(50))
    proxy.logs = { pageEvents: 50, emptyPages: 1 }
    assert.deepEqual(
      (await scan()).map((page) => page.length),
      [0, 0, 0, 50, 0],
    )
  })

  it('gives events again, with the same id, on the same and on later pages', async () => {
    await events(200)
    proxy.logs = { pageEvents: 10, duplicates: 0.3 }
    const pages = await scan()
    const ids = pages.flat().map(({ eventId }) => eventId)
    assert.equal(new Set(ids).size, 200)
    assert.ok(ids.length > 230 && ids.length < 290, `${ids.length} given`)
    const withinPages = pages.map((page) => new Set(page.map(({ eventId }) => eventId)).size)
    assert.ok(withinPages.reduce((sum, size) => sum + size) > 230, 'none on a later page')
  })

  it('gives events out of order, within pages and over them, and none twice or never', async () => {
    await events(100)
    proxy.logs = { pageEvents: 10, disorderMs: 30_000 }
    const pages = await scan()
    const order = messages(pages).map(Number)
    assert.deepEqual(
      order.toSorted((a, b) => a - b),
      numbers(100).map(Number),
    )
    const firsts = pages.map((page) => Number(page[0]?.message))
    assert.notDeepEqual(
      firsts,
      firsts.toSorted((a, b) => a - b),
    )
  })

  it('hides an event until it has come, and puts it where its own time is', async () => {
    const from = await events(10)
    proxy.logs = { lateness: ({ message }) => (message === '3' ? 20 * 60_000 : 1000) }
    const start = from + 9000
    nowMs = start
    assert.deepEqual(messages(await scan()), ['0', '1', '2', '4', '5', '6', '7', '8'])
    nowMs = start + 1000
    assert.equal(messages(await scan()).length, 9)
    nowMs = from + 3000 + 20 * 60_000
    const all = (await scan()).flat()
    assert.deepEqual(messages([all]), numbers(10))
    assert.equal(all[3]?.ingestionTime, nowMs)
  })

  it('does not go back in a scan for an event that came behind it', async () => {
    const from = await events(10)
    nowMs = from + 20_000
    proxy.logs = { pageEvents: 5, lateness: ({ message }) => (message === '3' ? 20_000 : 0) }
    const first = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }))
    nowMs = from + 60_000
    const second = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, nextToken: first.nextToken }))
    assert.deepEqual(messages([first.events ?? [], second.events ?? []]), ['0', '1', '2', '4', '5', '6', '7', '8', '9'])
  })

  it('is the same on every run', async () => {
    await events(50)
    const habits = { pageEvents: 7, emptyPages: 0.3, duplicates: 0.2, disorderMs: 5000 }
    proxy.logs = habits
    const first = (await scan()).map((page) => messages([page]))
    proxy.clear()
    proxy.logs = habits
    assert.deepEqual(
      (await scan()).map((page) => messages([page])),
      first,
    )
  })

  it('takes no token that is made up, of another question, or older than 24 hours', async () => {
    const from = await events(10)
    proxy.logs = { pageEvents: 5 }
    const { nextToken } = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }))
    const next = (input: object) => logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, nextToken, ...input }))
    const invalid = { name: 'InvalidParameterException', message: 'The specified nextToken is invalid.' }
    await assert.rejects(next({ nextToken: 'made up' }), invalid)
    await assert.rejects(next({ startTime: from }), invalid)
    assert.equal((await next({})).events?.length, 5)
    nowMs += 86_400_001
    await assert.rejects(next({}), invalid)
  })

  it('may lose a token at any time', async () => {
    await events(10)
    proxy.logs = { pageEvents: 5 }
    proxy.when('FilterLogEvents', invalidPageToken(), { times: 2 })
    await assert.rejects(scan(), { name: 'InvalidParameterException' })
    assert.deepEqual(messages(await scan()), numbers(10))
  })

  it('takes no range, limit or choice of streams that AWS does not take', async () => {
    await events(1)
    for (const input of [
      { startTime: 2, endTime: 1 },
      { limit: 10_001 },
      { logStreamNames: ['a'], logStreamNamePrefix: 'a' },
    ]) {
      await assert.rejects(scan(input), { name: 'InvalidParameterException' })
    }
  })

  it('asks the real part once where nothing is put any more', async () => {
    const from = await events(10)
    proxy.logs = { frozen: true }
    assert.equal(messages(await scan({ startTime: from + 5000 })).length, 5)
    await make.putEvents(GROUP, 'eni-1-all', [{ timestamp: from, message: 'unseen' }])
    assert.deepEqual(messages(await scan()), numbers(10))
  })

  it('gives times of streams that are behind', async () => {
    await events(1)
    const times = async () =>
      (await logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP }))).logStreams?.map(
        (stream) => stream.lastEventTimestamp,
      )
    assert.deepEqual(await times(), [nowMs])
    proxy.when('DescribeLogStreams', staleStreams(3_600_000))
    assert.deepEqual(await times(), [nowMs - 3_600_000])
  })
})
