import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { JsonSplitter, LONGEST_DOCUMENT } from '../../../../src/server/intake/sources/json-splitter.ts'
import { randoms } from '../../../support/random.ts'

const one = { a: 'x "y" \\ { [ ] }', list: [{ b: 1 }, [{}], 'é\u2028'], 'odd "records": [': null }
const two = { time: '2026-11-25T00:00:00Z', flow: { deep: { deeper: [[[{}]]] } }, n: 1e9, t: true }
const three = { records: 3, other: { records: [{ no: 1 }] } }
const all = [one, two, three]
const compact = all.map((each) => JSON.stringify(each))
const pretty = all.map((each) => JSON.stringify(each, null, 2))

function split(text: string, ...lengths: number[]): string[] {
  const bytes = Buffer.from(text)
  const found: string[] = []
  const splitter = new JsonSplitter({
    document: (from, begin, end) => found.push(Buffer.from(from.subarray(begin, end)).toString()),
    tooLong: (beginning) => found.push(`too long: ${Buffer.from(beginning.subarray(0, 8)).toString()}`),
  })
  let at = 0
  for (const length of lengths) splitter.push(bytes.subarray(at, (at += length)))
  splitter.push(bytes.subarray(at))
  splitter.end()
  return found
}

describe('JSON documents in a stream', () => {
  const ways: Record<string, readonly [text: string, documents: readonly string[]]> = {
    'JSON lines': [`${compact.join('\n')}\n`, compact],
    'JSON lines with CR LF and empty lines': [`\r\n${compact.join('\r\n\r\n')}`, compact],
    'one after the other with nothing between': [compact.join(''), compact],
    'with spaces and commas between': [compact.join(' , '), compact],
    'with record separators (RFC 7464)': [compact.map((each) => `\x1e${each}\n`).join(''), compact],
    'in a list': [`[${compact.join(',')}]`, compact],
    'in a list, pretty': [JSON.stringify(all, null, 2), all.map((each) => indented(each, 2))],
    'pretty, one after the other': [pretty.join('\n'), pretty],
    'in the list records': [`{"records":[${compact.join(',')}]}`, compact],
    'in the list records, over several lines': [`{"version":1,"records": [\n${compact.join('\n,')}\n]}\n`, compact],
    'in the list records, pretty': [JSON.stringify({ records: all }, null, 2), all.map((each) => indented(each, 4))],
    'several documents with records': [
      `{"records":[${compact[0]}],"x":{"y":[{}]}}{"records":[${compact[1]}]}${compact[2]}`,
      compact,
    ],
    'one line without its end': [compact[0] as string, [compact[0] as string]],
  }
  for (const [name, [text, documents]] of Object.entries(ways)) {
    it(name, () => assert.deepEqual(split(text), documents))
    it(`${name}, octet by octet`, () =>
      assert.deepEqual(split(text, ...Array.from({ length: Buffer.byteLength(text) }, () => 1)), documents))
  }

  it('in pieces of any length', () => {
    const random = randoms(5)
    for (const [text, documents] of Object.values(ways))
      for (let i = 0; i < 50; i++)
        assert.deepEqual(split(text, ...Array.from({ length: 20 }, () => random(60))), documents)
  })

  it('a line that is cut off costs itself only, wherever it is cut', () => {
    const line = compact[1] as string
    for (let cut = 2; cut < line.length; cut++) {
      const [first, second, ...rest] = split([compact[0], line.slice(0, cut), compact[1], compact[2]].join('\n'))
      assert.equal(first, compact[0])
      assert.equal(second, line.slice(0, cut))
      assert.deepEqual(rest, [compact[1], compact[2]])
    }
  })

  it('the first line, cut off, costs itself only', () => {
    const line = compact[1] as string
    for (let cut = 2; cut < line.length; cut++)
      assert.deepEqual(split([line.slice(0, cut), compact[0], compact[2]].join('\n')).slice(-2), [
        compact[0],
        compact[2],
      ])
  })

  it('what is no JSON in a line of its own is handed on as it is', () => {
    assert.deepEqual(
      split(`${compact[0]}\n{{{\nnothing "of {" use\n${compact[1]}\n`).filter((text) => text !== '{'),
      [compact[0], 'nothing "of ', '{" use', compact[1]],
    )
  })

  it('of a list of which one document is damaged, the others are found', () => {
    for (const damaged of ['{"a":"b', '{"a":{"b":[{"c":1}', '{"a":1}}]}', '{"a":[1}}', '{"a"'])
      assert.deepEqual(split(`{"records":[${compact[0]},\n${damaged}\n,${compact[1]},${compact[2]}]}`).slice(-1), [
        compact[2],
      ])
  })

  it('several in a line, line after line, took a search through the whole chunk for each line', () => {
    assert.equal(split('{}{}\n'.repeat(400_000)).length, 800_000)
    assert.equal(split('{}'.repeat(400_000)).length, 400_000)
    assert.equal(split('{"a":"}{"}\n'.repeat(200_000)).length, 200_000)
  })

  it('a document that is too long is passed over, and its beginning told', () => {
    const long = JSON.stringify({ long: 'x'.repeat(LONGEST_DOCUMENT) })
    const text = `${compact[0]}\n${long}\n${compact[1]}\n`
    const chunks = Array.from({ length: 17 }, () => 1 << 20)
    for (const lengths of [chunks, []])
      assert.deepEqual(
        split(text, ...lengths).map((each) => each.slice(0, 200)),
        [compact[0], 'too long: {"long":', compact[1]],
      )
  })
})

function indented(value: unknown, by: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(by)}`)
}
