import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { FORMATS, flowLogTraffic, putTraffic, trafficObjects, type Sums } from './flow-log-traffic.ts'
import { localAws } from './local-aws.ts'
import { misbehavingProxy } from './misbehaving-proxy.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const fromMs = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR

/** Sums of lines, read by the names of the header. */
function sumsOf(header: string, lines: readonly string[]) {
  const names = header.split(' ')
  const total: Sums = { flows: 0, bytes: 0, packets: 0 }
  const status: Record<string, number> = {}
  const bySource = new Map<string, number>()
  for (const line of lines) {
    const cells = line.split(' ')
    assert.equal(cells.length, names.length)
    const cell = (name: string) => cells[names.indexOf(name)] ?? ''
    status[cell('log-status')] = (status[cell('log-status')] ?? 0) + 1
    if (cell('log-status') !== 'OK') continue
    total.flows++
    total.bytes += Number(cell('bytes'))
    total.packets += Number(cell('packets'))
    const source = cell('pkt-srcaddr') || cell('srcaddr')
    bySource.set(source, (bySource.get(source) ?? 0) + Number(cell('bytes')))
  }
  return { total, status, bySource }
}

describe('made-up VPC flow logs', () => {
  const options = { seed: 3, flows: 2000, fromMs, durationMs: 2 * HOUR }

  it('are the same for the same seed, and others for another', () => {
    const lines = (seed: number) => flowLogTraffic({ ...options, seed }).events
    assert.deepEqual(lines(3), lines(3))
    assert.notDeepEqual(lines(3), lines(4))
  })

  it('have the sums that they say, in a format chosen by someone', () => {
    const traffic = flowLogTraffic({ ...options, format: 'custom' })
    const { expected } = traffic
    const { total, status, bySource } = sumsOf(
      traffic.header,
      traffic.events.map(({ message }) => message),
    )
    assert.deepEqual(total, expected.total)
    assert.deepEqual(status, { OK: expected.total.flows, NODATA: expected.noData, SKIPDATA: expected.skipData })
    assert.deepEqual(bySource, new Map([...expected.bySource].map(([source, { bytes }]) => [source, bytes])))
    assert.ok(expected.once.flows < expected.total.flows)
    assert.ok(expected.skipData > 10)
  })

  it('have the sums that they say in the default format, but for what a NAT gateway hides', () => {
    const traffic = flowLogTraffic(options)
    const { total, bySource } = sumsOf(
      traffic.header,
      traffic.events.map(({ message }) => message),
    )
    assert.equal(traffic.format.replaceAll(/[${}]/g, ''), FORMATS.default)
    assert.deepEqual(total, traffic.expected.total)
    assert.equal(bySource.size >= traffic.expected.bySource.size, true)
  })

  it('have no line twice', () => {
    const { events } = flowLogTraffic({ ...options, flows: 20_000 })
    assert.equal(new Set(events.map(({ message }) => message)).size, events.length)
  })

  it('come late and out of order, within their bounds', () => {
    const { events } = flowLogTraffic({ ...options, latestMs: 20 * MINUTE })
    const late = events.map(({ arrivesMs, timestamp }) => arrivesMs - timestamp - MINUTE)
    assert.ok(Math.max(...late) <= 20 * MINUTE && Math.max(...late) > 19 * MINUTE)
    assert.ok(Math.min(...late) >= 0)
    const disordered = events.filter(({ timestamp }, i) => timestamp < (events[i - 1]?.timestamp ?? 0))
    assert.ok(disordered.length > 500, `${disordered.length}`)
  })

  it('are in objects as AWS names them, each line in one', () => {
    const traffic = flowLogTraffic(options)
    for (const hive of [false, true]) {
      const objects = trafficObjects(traffic, { hive })
      const lines = objects.flatMap(({ body }) => gunzipSync(body).toString().trimEnd().split('\n').slice(1))
      assert.deepEqual(sumsOf(traffic.header, lines).total, traffic.expected.total)
      const keys = objects.map(({ key }) => key)
      assert.equal(new Set(keys).size, objects.length)
      assert.notDeepEqual(keys, keys.toSorted())
      assert.match(
        objects[0]?.key ?? '',
        hive
          ? /^AWSLogs\/aws-account-id=123456789012\/aws-service=vpcflowlogs\/aws-region=us-east-1\/year=\d{4}\/month=\d\d\/day=\d\d\/hour=\d\d\/123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_\d{8}T\d{4}Z_[0-9a-f]{8}\.log\.gz$/
          : /^AWSLogs\/123456789012\/vpcflowlogs\/us-east-1\/\d{4}\/\d\d\/\d\d\/123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_\d{8}T\d{4}Z_[0-9a-f]{8}\.log\.gz$/,
      )
    }
  })
})

const { aws, skip } = await localAws()

describe('made-up VPC flow logs, polled through the proxy for a day', { skip }, async () => {
  let nowMs = fromMs
  const proxy = await misbehavingProxy(aws.endpoint, { seed: 5, nowMs: () => nowMs })
  const { region, credentials } = aws
  const logs = new CloudWatchLogsClient({ endpoint: proxy.endpoint, region, credentials, maxAttempts: 1 })
  after(() => logs.destroy())
  const traffic = flowLogTraffic({ seed: 11, flows: 3000, fromMs, durationMs: 24 * HOUR, format: 'custom' })

  /** Polls every 10 minutes what is at most so old; what came, by event id. */
  async function poll(overlapMs: number): Promise<{ lines: string[]; given: number }> {
    const lines = new Map<string, string>()
    let given = 0
    for (nowMs = fromMs; nowMs <= fromMs + 25 * HOUR; nowMs += 10 * MINUTE) {
      const range = { startTime: nowMs - overlapMs, endTime: nowMs }
      let nextToken: string | undefined
      do {
        const page = await logs.send(new FilterLogEventsCommand({ logGroupName: '/vpc/flow', ...range, nextToken }))
        for (const { eventId = '', message = '' } of page.events ?? []) {
          lines.set(eventId, message)
          given++
        }
        nextToken = page.nextToken
      } while (nextToken)
    }
    return { lines: [...lines.values()], given }
  }

  beforeEach(async () => {
    proxy.clear()
    await aws.reset()
    await putTraffic(aws.make, '/vpc/flow', traffic)
    proxy.logs = {
      lateness: traffic.lateness,
      duplicates: 0.1,
      disorderMs: 5 * MINUTE,
      emptyPages: 0.1,
      frozen: true,
    }
  })

  it('come out exactly where the poll reaches back over their lateness', async () => {
    const { lines, given } = await poll(32 * MINUTE)
    assert.deepEqual(sumsOf(traffic.header, lines).total, traffic.expected.total)
    assert.ok(given > 2 * lines.length, `${given} given, ${lines.length} there`)
  })

  it('are lost in part where the poll only goes forward', async () => {
    const { lines } = await poll(10 * MINUTE)
    assert.ok(sumsOf(traffic.header, lines).total.flows < traffic.expected.total.flows * 0.99)
  })
})
