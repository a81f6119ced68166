import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, it, type TestContext } from 'node:test'
import {
  broken,
  denied,
  expiredToken,
  failed,
  garbled,
  hungUp,
  invalidPageToken,
  throttled,
  unavailable,
  unknownKey,
  wrongSecret,
} from '../../../support/aws/faults.ts'
import { flowLogTraffic, FORMATS, putTraffic, type Traffic } from '../../../support/aws/flow-log-traffic.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { onlyAllowed, type Policy } from '../../../support/aws/policy.ts'
import { runSource, SourceClock, type RunningSource } from '../../../support/source.ts'
import { question, totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GROUP = '/vpc/flow'
const fromMs = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR

const { aws, skip } = await localAws()

describe('a log group of CloudWatch Logs', { skip }, async () => {
  const clock = new SourceClock(fromMs)
  const proxy = await misbehavingProxy(aws.endpoint, { seed: 5, nowMs: () => clock.nowMs })
  process.env['AWS_ACCESS_KEY_ID'] = aws.credentials.accessKeyId
  process.env['AWS_SECRET_ACCESS_KEY'] = aws.credentials.secretAccessKey
  const settings = {
    type: 'cloudwatch',
    name: 'vpc',
    region: aws.region,
    endpoint: proxy.endpoint,
    groups: [GROUP],
    interval: '1m',
  }

  beforeEach(async () => {
    proxy.clear()
    proxy.logs = { frozen: true }
    clock.nowMs = fromMs
    await aws.reset()
  })

  /** Ended with the test, if not before. */
  async function start(test: TestContext, more: object = {}, folder = temporaryFolder(test)): Promise<RunningSource> {
    const running = await runSource(folder, { ...settings, ...more }, { clock })
    test.after(() => running.stop())
    return running
  }
  const runFor = (running: RunningSource, ms: number) => {
    const untilMs = clock.nowMs + ms
    return running.until(() => clock.nowMs >= untilMs)
  }
  const isOk = (running: RunningSource) => running.until(() => running.source.state().state === 'ok')

  function expected(...all: readonly Traffic[]): readonly unknown[] {
    const sum = (name: 'bytes' | 'packets' | 'flows') =>
      all.reduce((total, each) => total + each.expected.total[name], 0)
    return [sum('bytes'), sum('packets'), sum('flows')]
  }

  async function put(
    options: Partial<Parameters<typeof flowLogTraffic>[0]> = {},
    group = GROUP,
    make = aws.make,
  ): Promise<Traffic> {
    const traffic = flowLogTraffic({ seed: 3, flows: 500, fromMs: fromMs - HOUR, durationMs: HOUR, ...options })
    await putTraffic(make, group, traffic)
    return traffic
  }

  /** Puts more into the group that is there. */
  async function putMore({ streams, events }: Traffic): Promise<void> {
    for (const stream of streams) {
      await aws.make.logStream(GROUP, stream).catch(() => undefined)
      const own = events.filter((event) => event.stream === stream)
      await aws.make.putEvents(GROUP, stream, own)
    }
  }

  it('is taken whole: all streams, each event once, and what tells of no traffic is no flow', async (test) => {
    const traffic = await put()
    assert.ok(traffic.streams.length > 1 && traffic.expected.noData > 0)
    const running = await start(test)
    await isOk(running)
    assert.deepEqual(await totalsOf(running.store), expected(traffic))
    const { rows } = await running.store.query(
      question({ groupBy: ['source.name', 'source.type'], measures: ['flows'] }),
    )
    assert.deepEqual(rows, [['vpc', 'aws-flow-log', traffic.expected.total.flows]])
    assert.deepEqual(running.letters, [])
    assert.equal(running.intake.flows, traffic.expected.total.flows)
  })

  it('has empty pages with a token, events out of order and events twice', async (test) => {
    const traffic = await put()
    proxy.logs = { frozen: true, emptyPages: 0.3, pageEvents: 40, duplicates: 0.3, disorderMs: 5 * MINUTE }
    const running = await start(test)
    await isOk(running)
    await runFor(running, 3 * MINUTE)
    assert.deepEqual(await totalsOf(running.store), expected(traffic))
  })

  it('takes tokens no longer: the stretch is read again from its beginning, and counted once', async (test) => {
    const traffic = await put()
    proxy.logs = { frozen: true, pageEvents: 100 }
    proxy.when('FilterLogEvents', invalidPageToken(), { skip: 3, times: 2 })
    const running = await start(test)
    await isOk(running)
    assert.deepEqual(await totalsOf(running.store), expected(traffic))
    assert.equal(running.source.state().trouble, null)
  })

  it('answers with all kinds of failures, and loses and doubles nothing by them', async (test) => {
    const traffic = await put()
    proxy.logs = { frozen: true, pageEvents: 50 }
    for (const fault of [throttled(), broken(), unavailable(), hungUp(), garbled(), expiredToken()])
      proxy.when('FilterLogEvents', fault, { chance: 0.1, times: 4 })
    const running = await start(test)
    await isOk(running)
    await runFor(running, 5 * MINUTE)
    assert.deepEqual(await totalsOf(running.store), expected(traffic))
  })

  it('is called below the quota, and seldom where AWS says that it is too often', async (test) => {
    await put({ flows: 300 })
    proxy.logs = { frozen: true, pageEvents: 20 }
    proxy.when('FilterLogEvents', throttled(), { skip: 10, times: 8 })
    const running = await start(test, { groups: [GROUP, '/other'] })
    await aws.make.logGroup('/other')
    await runFor(running, 5 * MINUTE)
    const calls = proxy.seen.filter(({ action }) => action === 'FilterLogEvents')
    for (const { atMs } of calls)
      assert.ok(calls.filter((each) => each.atMs >= atMs && each.atMs < atMs + 1000).length <= 4)
    const refused = calls.filter(({ status }) => status === 400).map(({ atMs }) => atMs)
    assert.equal(refused.length, 8)
    assert.ok((refused[7] as number) - (refused[0] as number) > 30_000)
    assert.equal(running.source.state().trouble, null)
  })

  describe('in trouble', () => {
    const cases = [
      [
        'a key that AWS does not know',
        unknownKey(),
        /UnrecognizedClient.*security token.*invalid/,
        /AWS_ACCESS_KEY_ID/,
      ],
      ['a secret that is not the key’s', wrongSecret(), /InvalidSignature/, /AWS_PROFILE/],
      [
        'a missing permission',
        denied(),
        /AccessDenied.*not authorized to perform: logs:FilterLogEvents/,
        /"Action":\["logs:FilterLogEvents".*"Resource":\["arn:aws:logs:us-east-1:\*:log-group:\/vpc\/flow:\*"\]/,
      ],
      [
        'no such group',
        failed('ResourceNotFoundException', 400, 'The specified log group does not exist.'),
        /log group \/vpc\/flow: ResourceNotFound.*does not exist/,
        /region.*us-east-1|us-east-1/,
      ],
    ] as const
    for (const [what, fault, trouble, remedy] of cases) {
      it(`by ${what} it stays up, says AWS’s own reason and the mend, and goes on when it is mended`, async (test) => {
        const traffic = await put()
        const rule = proxy.when('FilterLogEvents', fault)
        const running = await start(test)
        await runFor(running, 20 * MINUTE)
        const state = running.source.state()
        assert.equal(state.state, 'failing')
        assert.match(String(state.trouble), trouble)
        assert.match(String(state.remedy), remedy)
        assert.ok(rule.struck < 60, `${rule.struck} calls in 20 minutes`)
        assert.equal(running.log.filter((line) => line.startsWith('error')).length, 1)
        rule.remove()
        await isOk(running)
        assert.equal(running.source.state().trouble, null)
        assert.deepEqual(await totalsOf(running.store), expected(traffic))
        await running.stop()
      })
    }

    it('of one group the other is read all the same', async (test) => {
      const traffic = await put()
      const running = await start(test, { groups: ['/not/there', GROUP] })
      await runFor(running, 5 * MINUTE)
      assert.match(String(running.source.state().trouble), /\/not\/there: ResourceNotFound/)
      assert.deepEqual(await totalsOf(running.store), expected(traffic))
    })

    it('works with the policy that it says to paste, and no other permission', async (test) => {
      const traffic = await put({ format: 'custom' })
      await aws.make.flowLogs({ group: GROUP }, traffic.format)
      const refused = proxy.when('*', denied())
      const running = await start(test)
      await runFor(running, 2 * MINUTE)
      const { remedy } = running.source.state()
      const policy = JSON.parse(
        String(remedy).slice(String(remedy).indexOf('{'), String(remedy).lastIndexOf('}') + 1),
      ) as Policy
      refused.remove()
      proxy.when('*', onlyAllowed(policy))
      await isOk(running)
      assert.deepEqual(await totalsOf(running.store), expected(traffic))
      assert.deepEqual(running.letters, [])
    })
  })

  describe('whose records have a layout of their own', () => {
    it('is asked for it: EC2 says what its flow logs write', async (test) => {
      const traffic = await put({ format: 'custom' })
      await aws.make.flowLogs({ group: '/another' }, '${version}')
      await aws.make.flowLogs({ group: GROUP }, traffic.format)
      const running = await start(test)
      await isOk(running)
      assert.deepEqual(await totalsOf(running.store), expected(traffic))
      assert.deepEqual(running.letters, [])
    })

    it('is read by the configured one, and EC2 is not asked', async (test) => {
      const traffic = await put({ format: 'custom' })
      const running = await start(test, { layout: traffic.format })
      await isOk(running)
      assert.deepEqual(await totalsOf(running.store), expected(traffic))
      assert.equal(proxy.calls('DescribeFlowLogs'), 0)
    })

    it('and where nobody says it they are dead letters, each once, and it is said what is missing', async (test) => {
      const traffic = await put({ format: 'custom', flows: 100 })
      proxy.when('DescribeFlowLogs', denied())
      const folder = temporaryFolder(test)
      const running = await start(test, {}, folder)
      await isOk(running)
      const state = running.source.state()
      assert.match(String(state.trouble), /ec2:DescribeFlowLogs/)
      assert.match(String(state.remedy), /"ec2:DescribeFlowLogs".*layout/)
      assert.equal((await totalsOf(running.store))[2], 0)
      assert.equal(running.letters.length, traffic.events.length)
      await running.stop()
      const again = await start(test, {}, folder)
      await runFor(again, 3 * MINUTE)
      await again.stop()
      const files = readdirSync(join(folder, 'dead-letters'))
      const kept = files.flatMap((file) =>
        readFileSync(join(folder, 'dead-letters', file), 'utf8')
          .trim()
          .split('\n'),
      )
      assert.equal(kept.length, traffic.events.length)
      assert.deepEqual(
        new Set(kept.map((line) => (JSON.parse(line) as { text: string }).text)),
        new Set(traffic.events.map(({ message }) => message)),
      )
    })

    it('is asked for it again where EC2 did not answer at once', async (test) => {
      const traffic = await put({ format: 'custom' })
      await aws.make.flowLogs({ group: GROUP }, traffic.format)
      proxy.when('DescribeFlowLogs', throttled(), { times: 3 })
      const running = await start(test)
      await isOk(running)
      assert.deepEqual(await totalsOf(running.store), expected(traffic))
      assert.deepEqual(running.letters, [])
    })

    it('is not guessed at where two flow logs write different ones', async (test) => {
      const traffic = await put({ format: 'custom', flows: 50 })
      await aws.make.flowLogs({ group: GROUP }, traffic.format)
      await aws.make.flowLogs({ group: GROUP }, FORMATS.default.replaceAll(/\S+/g, '$${$&}'))
      const running = await start(test)
      await isOk(running)
      assert.match(String(running.source.state().trouble), /flow logs of 2 layouts/)
      assert.equal(running.letters.length, traffic.events.length)
    })
  })

  it('is read with the rights of a role, in another region, beside others', async (test) => {
    const far = await aws.elsewhere({ account: '210987654321', region: 'eu-central-1' })
    const one = await put({ seed: 5 }, '/one', far)
    const two = await put({ seed: 6 }, '/two', far)
    const role = 'arn:aws:iam::210987654321:role/reader'
    const running = await start(test, { region: 'eu-central-1', role, groups: ['/one', '/two'] })
    await isOk(running)
    assert.deepEqual(await totalsOf(running.store), expected(one, two))
    const regions = new Set(proxy.seen.filter(({ action }) => action === 'FilterLogEvents').map((call) => call.region))
    assert.deepEqual([...regions], ['eu-central-1'])
  })

  it('may be read from long ago, beside what comes now, with progress and the time that is left', async (test) => {
    const old = await put({ fromMs: fromMs - 100 * HOUR, durationMs: 90 * HOUR })
    const now = flowLogTraffic({ seed: 8, flows: 200, fromMs: fromMs - HOUR, durationMs: HOUR })
    await putMore(now)
    const folder = temporaryFolder(test)
    const past = { from: new Date(fromMs - 101 * HOUR).toISOString() }
    const running = await start(test, past, folder)
    await running.until(() => (running.source.state().progress?.done ?? 0) >= 20)
    const { progress } = running.source.state()
    assert.ok(progress?.of && progress.of >= 98.9 && progress.of <= 99)
    assert.ok(progress.remainingMs && progress.remainingMs > 0)
    await running.stop()
    const again = await start(test, past, folder)
    await again.until(() => again.source.state().state === 'ok' && again.source.state().progress === null)
    assert.deepEqual(await totalsOf(again.store), expected(old, now))
  })

  it('that was not read for days is read again from where it was left', async (test) => {
    const before = await put({ fromMs: fromMs - HOUR })
    const folder = temporaryFolder(test)
    const running = await start(test, {}, folder)
    await isOk(running)
    await running.stop()
    clock.nowMs = fromMs + 28 * HOUR
    const meanwhile = flowLogTraffic({ seed: 9, flows: 400, fromMs, durationMs: 28 * HOUR })
    await putMore(meanwhile)
    proxy.logs = { frozen: true }
    const again = await start(test, {}, folder)
    await again.until(() => again.source.state().state === 'ok' && again.source.state().progress === null)
    assert.deepEqual(await totalsOf(again.store), expected(before, meanwhile))
  })
})
