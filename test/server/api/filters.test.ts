/** Named filters over HTTP. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { CALLS } from '../../../src/shared/api/contract.ts'
import { LIMITS } from '../../../src/shared/api/questions.ts'
import { NamedFilters } from '../../../src/server/named-filters.ts'
import { createTestApp } from '../../support/app.ts'
import { temporaryFolder } from '../../support/temporary.ts'

async function setUp(test: TestContext, kept?: object) {
  const dataDir = temporaryFolder(test)
  const file = join(dataDir, 'filters.json')
  if (kept) writeFileSync(file, JSON.stringify(kept))
  const server = await createTestApp({
    dataDir,
    exporters: [
      { address: '192.0.2.1', name: 'edge-1', interfaces: new Map([[7, { name: 'ge-0/0/1', description: '' }]]) },
    ],
  })
  test.after(() => server.close())
  const ask = async (method: 'GET' | 'PUT' | 'DELETE' | 'POST', url: string, filter?: string) => {
    const answer = await server.app.inject({ method, url, ...(filter === undefined ? {} : { payload: { filter } }) })
    return { status: answer.statusCode, body: answer.json<{ error?: { code: string; message: string } }>() }
  }
  const problems = async (filter: string) =>
    CALLS.filter.answer.parse((await ask('POST', '/api/filter', filter)).body).problems.map(({ message }) => message)
  return { ask, problems, file }
}

describe('named filters', () => {
  it('are kept, used in others, told of with their users, and dropped when nothing needs them', async (test) => {
    const { ask, problems, file } = await setUp(test)
    assert.deepEqual((await ask('GET', '/api/filters')).body, { filters: [] })
    assert.equal((await ask('PUT', '/api/filters/office', ' host:10.0.0.0/8 ')).status, 200)
    const { body } = await ask('PUT', '/api/filters/branch', '@office and not ip:10.1.*')
    assert.deepEqual(body, {
      filters: [
        { name: 'branch', filter: '@office and not ip:10.1.*', usedBy: [] },
        { name: 'office', filter: 'ip:10.0.0.0/8', usedBy: ['branch'] },
      ],
    })
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {
      branch: '@office and not ip:10.1.*',
      office: 'ip:10.0.0.0/8',
    })
    assert.deepEqual(await problems('@branch https'), [])
    assert.match((await ask('DELETE', '/api/filters/office')).body.error?.message ?? '', /^@office stands in @branch/)
    assert.equal((await ask('DELETE', '/api/filters/branch')).status, 200)
    assert.deepEqual((await ask('DELETE', '/api/filters/office')).body, { filters: [] })
    assert.equal((await ask('DELETE', '/api/filters/office')).status, 404)
    assert.match((await problems('@office'))[0] ?? '', /^no filter is kept as @office/)
  })

  it('outlive the process', async (test) => {
    const { problems } = await setUp(test, { office: 'ip:10.0.0.0/8' })
    assert.deepEqual(await problems('@office'), [])
  })

  it('a damaged file of them refused the start', async (test) => {
    const { ask, problems, file } = await setUp(test, { Office: 7 })
    assert.deepEqual((await ask('GET', '/api/filters')).body, { filters: [] })
    assert.equal(readFileSync(`${file}.damaged`, 'utf8'), '{"Office":7}')
    assert.equal((await ask('PUT', '/api/filters/office', 'ip:10.0.0.0/8')).status, 200)
    assert.deepEqual(await problems('@office'), [])

    writeFileSync(file, '{"office"')
    const told: string[] = []
    const again = new NamedFilters(dirname(file), (message) => told.push(message))
    assert.equal(readFileSync(`${file}.damaged.1`, 'utf8'), '{"office"')
    assert.deepEqual(again.damagedFiles(), ['filters.json.damaged', 'filters.json.damaged.1'])
    assert.match(told.join(), /filters\.json holds no named filters .*the file is kept as .*filters\.json\.damaged\.1$/)
  })

  it('cannot be made of themselves', async (test) => {
    const { ask } = await setUp(test, { a: '@b or tcp', b: 'udp' })
    const { status, body } = await ask('PUT', '/api/filters/b', 'udp or @a')
    assert.equal(status, 400)
    assert.equal(body.error?.message, '@a: @b is made of itself: @b → @a → @b; take one of them out')
    assert.match(
      (await ask('PUT', '/api/filters/c', 'not @c')).body.error?.message ?? '',
      /^@c is made of itself: @c → @c/,
    )
  })

  it('two changes at once do not make a circle together', async (test) => {
    const { ask } = await setUp(test, { a: 'tcp', b: 'udp' })
    const both = await Promise.all([ask('PUT', '/api/filters/a', '@b'), ask('PUT', '/api/filters/b', '@a')])
    assert.equal(both.filter(({ status }) => status === 200).length, 1)
  })

  it('what is none, or says nothing, or has no fitting name is refused', async (test) => {
    const { ask } = await setUp(test)
    for (const [name, filter, code] of [
      ['office', 'ip:10.0.0.300', 'badFilter'],
      ['office', '@nowhere', 'badFilter'],
      ['office', '  ', 'badRequest'],
      ['Office', 'tcp', 'badRequest'],
      ['..', 'tcp', 'notFound'],
      ['a'.repeat(49), 'tcp', 'badRequest'],
      ['office', `ip:10.0.0.1 ${' '.repeat(LIMITS.namedFilterLength)}`, 'badRequest'],
    ] as const)
      assert.equal((await ask('PUT', `/api/filters/${name}`, filter)).body.error?.code, code, `${name} ${code}`)
  })

  it('are only so many', async (test) => {
    const full = Object.fromEntries(Array.from({ length: LIMITS.namedFilters }, (_, i) => [`f${i}`, 'tcp']))
    const { ask } = await setUp(test, full)
    assert.match((await ask('PUT', '/api/filters/more', 'tcp')).body.error?.message ?? '', /drop one first/)
    assert.equal((await ask('PUT', '/api/filters/f7', 'udp')).status, 200)
  })

  it('that double each other stand for too much, at once', async (test) => {
    const doubling = Object.fromEntries(
      Array.from({ length: 15 }, (_, i) => [
        `f${i}`,
        i === 0 ? 'port:(1,3,5,7,9,11,13,15)' : `not @f${i - 1} or tcp and @f${i - 1}`,
      ]),
    )
    const { problems } = await setUp(test, doubling)
    assert.deepEqual(await problems('@f4'), [])
    assert.match((await problems('@f14'))[0] ?? '', /the named filters stand for more than 20000/)
  })

  it('stand 16 deep within each other, in whichever order they are read', async (test) => {
    const chain = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`f${i}`, i === 0 ? 'tcp' : `not @f${i - 1} or udp`]),
    )
    const { problems } = await setUp(test, chain)
    assert.deepEqual(await problems('@f15'), [])
    assert.match((await problems('@f16'))[0] ?? '', /more than 16 deep/)
    assert.match(
      (
        await problems(
          Object.keys(chain)
            .map((name) => `@${name}`)
            .join(' '),
        )
      ).at(0) ?? '',
      /more than 16 deep/,
    )
  })

  it('names that exporters have told of are known when a filter is read', async (test) => {
    const { problems } = await setUp(test)
    assert.deepEqual(await problems('exporter:EDGE-1 and in.if:ge-0/0/1'), [])
    assert.match((await problems('exporter:edge-2'))[0] ?? '', /no exporter is called so/)
  })
})
