import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { METRICS } from '../../../src/server/health/metrics.ts'
import { CALLS } from '../../../src/shared/api/contract.ts'
import { LOSS_NAMES } from '../../../src/shared/losses.ts'
import { netflow5Flows } from '../../support/flows.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'

let server: TestServer

describe('what a running Weir says of itself', () => {
  before(async () => {
    server = await startServer()
    await server.send(netflow5Flows(30), netflow5Flows(5), Buffer.from('no flow data at all, but twenty bytes'))
    await until('the flows are stored', async () => (await server.call('health')).store.flows === 35)
  })
  after(() => server.stop())

  it('metrics are in the form that Prometheus reads, and all there', async () => {
    const response = await fetch(`${server.http}/metrics`)
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    for (const line of lines)
      assert.match(line, /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[\d.e+-]+)$/)
    for (const metric of METRICS) assert.ok(lines.includes(`# TYPE ${metric.name} ${metric.type}`), metric.name)
    for (const name of LOSS_NAMES)
      assert.ok(
        lines.some((line) => line.startsWith(`weir_lost_total{name="${name}",`)),
        name,
      )
    for (const line of [
      'weir_datagrams_total 3',
      'weir_flows_total 35',
      'weir_stored_flows_total 35',
      'weir_store_flows 35',
      'weir_exporter_flows_total{exporter="127.0.0.1"} 35',
      'weir_lost_total{name="decode.notFlowData",station="decode"} 1',
    ]) {
      assert.ok(lines.includes(line), `${line} is not among\n${lines.join('\n')}`)
    }
  })

  it('health answers the contract, counts what came and names what was lost', async () => {
    const health = CALLS.health.answer.parse(await server.call('health'))
    assert.deepEqual(health.intake.lost, { 'decode.notFlowData': 1 })
    assert.equal(health.intake.datagrams, 3)
    assert.equal(health.intake.flows, 35)
    assert.equal(health.status, 'degraded')
    const finding = health.findings.find((each) => each.code === 'decode.notFlowData')
    assert.match(finding?.message ?? '', /^1 datagram was lost/)
    assert.deepEqual(
      health.losses.map((loss) => loss.name),
      LOSS_NAMES,
    )
    assert.equal(
      health.store.partitions.reduce((sum, partition) => sum + partition.flows, 0),
      35,
    )
    assert.ok(health.store.bytesOnDisk > 0 && health.memoryBytes > 0 && health.cpuSeconds > 0)
  })

  it('exporters answer the contract', async () => {
    const { exporters } = CALLS.exporters.answer.parse(await server.call('exporters'))
    assert.deepEqual(
      exporters.map(({ address, protocols, flows }) => [address, protocols, flows]),
      [['127.0.0.1', ['netflow5'], 35]],
    )
  })

  it('questions are counted and timed', async () => {
    const then = (await server.call('health')).questions
    await server.call('query', { from: 'now-1h' })
    await assert.rejects(server.call('flows', { from: 'now-1h', cursor: 'none of ours' }), /400 .*badCursor/)
    const { questions } = await server.call('health')
    assert.equal(questions.asked, then.asked + 2)
    assert.equal(questions.failed, then.failed + 1)
    assert.ok((questions.p95Ms ?? 0) > 0)
  })

  it('answers keep to the contract', async () => {
    CALLS.query.answer.parse(
      await server.call('query', {
        from: 'now-1h',
        groupBy: ['src.ip', 'service'],
        interval: '1m',
        limit: 3,
        measures: ['bps', 'flows'],
      }),
    )
    const page = CALLS.flows.answer.parse(await server.call('flows', { from: 'now-1h', limit: 10 }))
    assert.equal(page.rows.length, 10)
    assert.equal(page.meta.matched, 35)
  })

  it('demo traffic starts and stops', async () => {
    assert.deepEqual(await server.call('demo', { run: true, flowsPerSecond: 200 }), {
      running: true,
      flowsPerSecond: 200,
    })
    await until('demo traffic arrives', async () => (await server.call('exporters')).exporters.length > 3)
    assert.equal((await server.call('health')).demo.running, true)
    assert.deepEqual(await server.call('demo', { run: false }), { running: false, flowsPerSecond: 0 })
    assert.equal((await server.call('health')).demo.running, false)
  })
})
