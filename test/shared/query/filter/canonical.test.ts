/** Filters without aliases. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REGISTERED } from '../../../../src/server/registry/names.ts'
import { canonicalFilter, namedIn } from '../../../../src/shared/query/filter/canonical.ts'
import { parseFilter } from '../../../../src/shared/query/filter/parse.ts'
import { FIELDS } from '../../../../src/shared/schema/fields.ts'

test('aliases become the names of their fields, all else stays as it was typed', () => {
  for (const [typed, kept] of [
    ['srcaddr = dstaddr  and sp:80', 'src.ip = dst.ip  and src.port:80'],
    ['source.ip:"10.0.0.1" OR NOT DA:10.0.0.0/8', 'src.ip:"10.0.0.1" OR NOT dst.ip:10.0.0.0/8'],
    ['sas not in (1, 2)', 'src.as not in (1, 2)'],
    ['app:last', 'app:last'],
    ['app = last', 'app = last'],
    ['app = httpRequestHost', 'app = http.host'],
    ['http.host:/sp:80/', 'http.host:/sp:80/'],
    ['end.reason:"sp:80"', 'end.reason:"sp:80"'],
    ['src:10.0.0.1 @office', 'src:10.0.0.1 @office'],
    ['sampling.source = domain', 'sampling.source = domain'],
    ['service = domain', 'service = domain'],
    ['nowhere:1 and sp:2', 'nowhere:1 and src.port:2'],
    ['sp:80 and', 'sp:80 and'],
    ['', ''],
  ] as const)
    assert.equal(canonicalFilter(typed), kept)
})

test('every alias of every field means the same without it', () => {
  for (const { name, aliases = [] } of FIELDS) {
    for (const alias of aliases) {
      assert.equal(canonicalFilter(`${alias}:*`), `${name}:*`)
      const read = (text: string) => parseFilter(text, REGISTERED, 0)
      assert.deepEqual(read(`${alias}:*`), read(`${name}:*`))
    }
  }
})

test('named filters are found where they stand for themselves', () => {
  assert.deepEqual([...namedIn('@office or not (@Web) and app:"@no" and @timestamp > 0 app:@nor')], ['office', 'web'])
})
