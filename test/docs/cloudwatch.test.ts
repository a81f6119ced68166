/** What the how-to of CloudWatch Logs tells people to paste works as it stands. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { AWS_FIELDS, awsName } from '../../src/server/intake/decoders/logs/aws-fields.ts'
import { SOURCES } from '../../src/server/sources/settings.ts'
import { flowLogTraffic, putTraffic } from '../support/aws/flow-log-traffic.ts'
import { localAws } from '../support/aws/local-aws.ts'
import { misbehavingProxy } from '../support/aws/misbehaving-proxy.ts'
import { onlyAllowed, type Policy } from '../support/aws/policy.ts'
import { runSource, SourceClock } from '../support/source.ts'
import { temporaryFolder } from '../support/temporary.ts'

const page = readFileSync(fileURLToPath(new URL('../../docs/how-to/cloudwatch-flow-logs.md', import.meta.url)), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map((block) => block[1] as string)

const { aws, skip } = await localAws()

describe('the how-to of CloudWatch Logs', () => {
  it('has configurations that are taken', () => {
    assert.equal(blocks('yaml').length, 3)
    for (const text of blocks('yaml')) SOURCES.parse((parse(text) as { sources: unknown }).sources)
  })

  it('makes flow logs of fields that Weir knows', () => {
    const format = /--log-format '(.*)'/.exec(page)?.[1] ?? ''
    const unknown = format.split(' ').filter((name) => !AWS_FIELDS.has(awsName(name)))
    assert.deepEqual(unknown, [])
    assert.ok(format.includes('${pkt-dstaddr}'))
  })

  it('has a policy with which Weir reads the group that it names', { skip }, async (test) => {
    const policy = blocks('json')
      .map((text) => JSON.parse(text) as Policy)
      .find(({ Statement }) => Statement.some(({ Action }) => Action.includes('logs:FilterLogEvents')))
    assert.ok(policy)
    const clock = new SourceClock(Date.now())
    const proxy = await misbehavingProxy(aws.endpoint, { nowMs: () => clock.nowMs })
    proxy.when('*', onlyAllowed(policy))
    process.env['AWS_ACCESS_KEY_ID'] = aws.credentials.accessKeyId
    process.env['AWS_SECRET_ACCESS_KEY'] = aws.credentials.secretAccessKey
    const make = await aws.elsewhere({ region: 'eu-central-1' })
    const fromMs = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000
    const traffic = flowLogTraffic({ seed: 1, flows: 100, fromMs, durationMs: 1_800_000, format: 'custom' })
    await putTraffic(make, '/vpc/flow', traffic)
    await make.flowLogs({ group: '/vpc/flow' }, traffic.format)
    const { sources } = parse(blocks('yaml')[0] as string) as { sources: object[] }
    const running = await runSource(temporaryFolder(test), { ...sources[0], endpoint: proxy.endpoint }, { clock })
    test.after(() => running.stop())
    await running.until(() => running.source.state().state !== 'starting')
    assert.equal(running.source.state().trouble, null)
    assert.equal(running.intake.flows, traffic.expected.total.flows)
  })
})
