import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CALLS } from '../../../src/shared/api/contract.ts'
import { openApiPath } from '../../../src/server/api/openapi-document.ts'
import { FIELDS } from '../../../src/shared/schema/fields.ts'
import { createTestApp, type TestApp } from '../../support/app.ts'

let server: TestApp

describe('what the API says of itself', () => {
  before(async () => {
    server = await createTestApp()
  })
  after(() => server.close())

  it('openapi.json has every call with its body, its answer and its errors', async () => {
    const document = (await server.app.inject('/api/openapi.json')).json<{
      openapi: string
      paths: Record<
        string,
        Record<string, { requestBody?: unknown; parameters?: { name: string }[]; responses: Record<string, unknown> }>
      >
    }>()
    assert.match(document.openapi, /^3\.1\./)
    for (const call of Object.values(CALLS)) {
      const operation = document.paths[openApiPath(call.path)]?.[call.method.toLowerCase()]
      assert.ok(operation, `${call.method} ${call.path} is missing`)
      assert.equal(operation.requestBody !== undefined, 'body' in call || 'takesFile' in call)
      const asked = [
        ...('place' in call ? Object.keys(call.place.shape) : []),
        ...('query' in call ? Object.keys(call.query.shape) : []),
        ...('isTable' in call ? ['format'] : []),
      ]
      assert.deepEqual(
        (operation.parameters ?? []).map(({ name }) => name),
        asked,
      )
      for (const status of ['200', '400', '403', '503'])
        assert.ok(operation.responses[status], `${call.path} has no ${status}`)
    }
  })

  it('every call of the contract has a route', async () => {
    for (const call of Object.values(CALLS))
      assert.ok(
        server.app.hasRoute({ method: call.method, url: call.path }),
        `${call.method} ${call.path} needs a file in src/server/api and a line in its index.ts`,
      )
  })

  it('fields answers the contract', async () => {
    const answer = CALLS.fields.answer.parse((await server.app.inject('/api/fields')).json())
    assert.equal(answer.fields.length, FIELDS.length)
    const groupable = new Set(answer.fields.filter((field) => field.groupable).map((field) => field.name))
    assert.ok(
      groupable.has('src.ip') &&
        groupable.has('service') &&
        !groupable.has('ip') &&
        !groupable.has('time') &&
        !groupable.has('bytes'),
    )
  })

  it('filter tells of every mistake and of none', async () => {
    const ask = async (filter: string) =>
      CALLS.filter.answer.parse(
        (await server.app.inject({ method: 'POST', url: '/api/filter', payload: { filter } })).json(),
      ).problems
    assert.deepEqual(await ask('src.ip:10.0.0.0/8 and https'), [])
    assert.deepEqual(
      (await ask('port:99999 or foo:1')).map(({ from, to }) => [from, to]),
      [
        [5, 10],
        [14, 17],
      ],
    )
  })
})
