/** Refusals of a request, said in the words of the command line. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inWords, type Words } from '../../../src/server/cli/words.ts'
import { checkInput } from '../../../src/server/issues.ts'
import { REGISTERED } from '../../../src/server/registry/names.ts'
import { compareBody } from '../../../src/shared/api/compare.ts'
import { queryBody } from '../../../src/shared/api/questions.ts'
import { WeirError } from '../../../src/shared/api/errors.ts'
import { resolveComparison } from '../../../src/shared/query/resolve-compare.ts'
import { resolveQuestion } from '../../../src/shared/query/resolve.ts'
import { likeField } from '../../../src/shared/schema/like-field.ts'

const TOP: Words = { groupBy: null, measures: '--show', orderBy: '--by' }
const COMPARE: Words = { fields: null, 'window.from': '--from', 'window.to': '--to' }

const said = async (words: Words, refused: () => unknown): Promise<string> => {
  const error: unknown = await inWords(words, async () => refused()).then(
    () => assert.fail('not refused'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof WeirError)
  return error.message
}
const top = (body: object) =>
  said(TOP, () => resolveQuestion(checkInput(queryBody, { from: 'now-1h', ...body }), REGISTERED, Date.now()))
const compare = (body: object) =>
  said(COMPARE, () => resolveComparison(checkInput(compareBody, body), REGISTERED, Date.now()))

describe('errors of commands spoke in words of the HTTP interface', () => {
  for (const [body, message] of [
    [{ groupBy: ['src.ip', 'srcipp'] }, /^srcipp is no field; did you mean src\.ip\?$/],
    [{ groupBy: ['xyzzy'] }, /^xyzzy is no field; weir fields lists them$/],
    [{ groupBy: ['src.ip/99'] }, /^prefix: 99 does not fit/],
    [{ filter: 'srcipp:10.0.0.1' }, /^--filter: unknown field "srcipp"; did you mean src\.ip\?$/],
    [{ filter: 'xyzzy:10.0.0.1' }, /^--filter: unknown field "xyzzy"; weir fields lists them$/],
    [{ from: 'soon' }, /^--from: soon is no time; /],
    [{ scope: { exporter: 'router' } }, /^--scope: router is no address; weir top exporter lists those with flows$/],
    [{ limit: 1e9 }, /^--limit is 1000000000: at most \d+ fit$/],
    [{ orderBy: 'weight' }, /^--by: weight is no measure/],
    [{ measures: ['weight'] }, /^--show: weight is no measure/],
  ] as const)
    it(JSON.stringify(body), async () => assert.match(await top(body), message))

  it('of a comparison', async () => {
    const window = { from: 'now-1h' }
    assert.match(await compare({ window: { from: 'soon' } }), /^--from: soon is no time/)
    assert.match(await compare({ window, fields: ['srcipp'] }), /^srcipp is no field; did you mean src\.ip\?$/)
    assert.match(
      await compare({ window, against: 'once' }),
      /^--against: once is neither .* give a window as FROM\/TO$/,
    )
  })

  it('what is no refusal is told as it is', async () => {
    const broken = new TypeError('broken')
    await assert.rejects(
      inWords(TOP, () => Promise.reject(broken)),
      (error) => error === broken,
    )
  })
})

describe('a name that is no field', () => {
  for (const [name, like] of [
    ['srcip', 'did you mean src.ip?'],
    ['sourceport', 'did you mean src.port?'],
    ['nexthop', 'did you mean next.hop?'],
    ['browser', null],
    ['autonomous', null],
    ['prefix', 'did you mean src.mask or dst.mask?'],
    ['xy', null],
  ] as const)
    it(name, () => assert.equal(likeField(name), like))
})
