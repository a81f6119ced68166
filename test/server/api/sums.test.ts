/** The same traffic, asked in every way, gives the same bytes; and they are those that were sent. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { AnswerOf, BodyOf } from '../../../src/shared/api/contract.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'

const source = fileURLToPath(new URL('../../../../shared/bench/flowgen.c', import.meta.url))
const skip = !existsSync(source)
  ? '../shared/bench/flowgen.c is not there'
  : spawnSync('cc', ['--version']).status !== 0
    ? 'there is no C compiler; apt-get install -y gcc'
    : false
const folder = mkdtempSync(join(tmpdir(), 'weir-sums-'))

interface Truth {
  readonly records: number
  readonly bytes: number
  readonly packets: number
}

describe('sums', { skip }, () => {
  let server: TestServer
  let truth: Truth

  before(async () => {
    execFileSync('cc', ['-O1', '-o', join(folder, 'flowgen'), source, '-lm'])
    server = await startServer()
    const sent = spawnSync(
      join(folder, 'flowgen'),
      ['--proto', 'mix', '--count', '20k', '--rate', '20k', '--sflow-bytes', 'ip', '--quiet', server.udp],
      { encoding: 'utf8' },
    )
    truth = JSON.parse(sent.stdout.trim().split('\n').at(-1) as string) as Truth
    await until('every flow is stored', async () => (await server.call('health')).store.flows >= truth.records)
  })
  after(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const range = { from: 'now-2h', to: 'now+1h' } as const

  it('the total is what was sent', async () => {
    const { rows, meta } = await server.call('query', range)
    assert.deepEqual(rows, [[truth.bytes, truth.packets, truth.records]])
    assert.equal(meta.totals.bytes, truth.bytes)
    assert.deepEqual((await server.call('health')).intake.lost, {})
  })

  const questions: [string, Omit<BodyOf<'query'>, 'from'>][] = [
    ['by minute', { interval: '1m' }],
    ['by second', { interval: '1s' }],
    ['by source, with Other', { groupBy: ['src.ip'], limit: 7 }],
    ['by source and destination, with Other', { groupBy: ['src.ip', 'dst.ip'], limit: 3 }],
    ['by service and minute, with Other', { groupBy: ['service'], interval: '1m', limit: 4 }],
    ['by protocol, all of them', { groupBy: ['proto'], limit: 1000, other: false }],
    ['by exporter and source type', { groupBy: ['exporter', 'source.type'], limit: 100 }],
  ]
  for (const [what, question] of questions) {
    it(what, async () => {
      const answer = await server.call('query', { ...range, ...question })
      assert.deepEqual(sumsOf(answer), { bytes: truth.bytes, packets: truth.packets, flows: truth.records })
    })
  }

  it('a filter and its opposite add up', async () => {
    for (const filter of ['tcp', 'src.ip:10.0.0.0/8', 'bytes > 10k', 'service:*', 'vlan:*']) {
      const parts = await Promise.all(
        [filter, `not (${filter})`].map((each) => server.call('query', { ...range, filter: each })),
      )
      const flows = parts.map((part) => Number(part.meta.totals.flows))
      assert.equal((flows[0] as number) + (flows[1] as number), truth.records, filter)
      assert.equal(
        parts.reduce((sum, part) => sum + Number(part.meta.totals.bytes), 0),
        truth.bytes,
        filter,
      )
    }
  })

  it('as records, page by page, each once', async () => {
    let bytes = 0
    let packets = 0
    let records = 0
    let cursor: string | null = null
    do {
      const page: AnswerOf<'flows'> = await server.call('flows', {
        ...range,
        fields: ['bytes', 'packets'],
        limit: 7000,
        ...(cursor ? { cursor } : {}),
      })
      for (const [b, p] of page.rows) {
        bytes += Number(b)
        packets += Number(p)
        records++
      }
      assert.equal(page.meta.matched, truth.records)
      cursor = page.cursor
    } while (cursor !== null)
    assert.deepEqual(
      { bytes, packets, records },
      { bytes: truth.bytes, packets: truth.packets, records: truth.records },
    )
  })
})

function sumsOf(answer: AnswerOf<'query'>): Record<'bytes' | 'packets' | 'flows', number> {
  const sum = (name: string) => {
    const column = answer.columns.findIndex((each) => each.name === name)
    return answer.rows.reduce((total, row) => total + Number(row[column] ?? 0), 0)
  }
  return { bytes: sum('bytes'), packets: sum('packets'), flows: sum('flows') }
}
