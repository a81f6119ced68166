import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readPage } from '../../../../src/server/sources/cloudwatch/page.ts'
import { randoms } from '../../../support/random.ts'

interface Event {
  readonly eventId: string
  readonly timestamp: number
  readonly message: string
}

function read(text: string): { events: Event[]; token: string | null } {
  const events: Event[] = []
  const cut = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString()
  const token = readPage(Buffer.from(text), ({ timestampMs, bytes, idFrom, idTo, text: body, textFrom, textTo }) => {
    const [eventId, message] = [cut(bytes, idFrom, idTo), cut(body, textFrom, textTo)]
    events.push({ eventId, timestamp: timestampMs, message })
  })
  return { events, token }
}

describe('a page of FilterLogEvents', () => {
  it('has events and a token, whatever else it has and in whatever order', () => {
    const text = ` {"searchedLogStreams":[{"logStreamName":"a","searchedCompletely":true}], "nextToken" : "t/1=",
      "events":[
        {"logStreamName":"eni-1-all","timestamp":1764028800000,"message":"2 a b","ingestionTime":1,"eventId":"37"},
        {"eventId":"38","more":{"x":[1,-2.5e3,null,{"y":"}]"}]},"message":"","timestamp":0}
      ],"also":true}\n`
    assert.deepEqual(read(text), {
      events: [
        { eventId: '37', timestamp: 1_764_028_800_000, message: '2 a b' },
        { eventId: '38', timestamp: 0, message: '' },
      ],
      token: 't/1=',
    })
  })

  it('may be empty and have a token, or have none', () => {
    assert.deepEqual(read('{"events":[],"nextToken":"t"}'), { events: [], token: 't' })
    assert.deepEqual(read('{"nextToken":null,"events":[]}'), { events: [], token: null })
    assert.deepEqual(read('{}'), { events: [], token: null })
  })

  it('has texts with quotes, backslashes, controls and any letter of Unicode, as JSON.parse reads them', () => {
    const draw = randoms(7)
    const letters = [
      '"',
      '\\',
      '\\"',
      '\\\\',
      '\n',
      '\u0001',
      'é',
      '漢',
      '😀',
      '\u2028',
      '/',
      ' ',
      'a',
      '{',
      ']',
      ',',
      ':',
    ]
    const events = Array.from({ length: 400 }, (_, i) => ({
      eventId: String(i),
      timestamp: draw(2 ** 31),
      message: Array.from({ length: draw(12) }, () => letters[draw(letters.length)]).join(''),
    }))
    assert.deepEqual(read(JSON.stringify({ events, nextToken: 'a"\\b' })), { events, token: 'a"\\b' })
    const escaped = JSON.stringify({ events })
      .replaceAll('漢', String.raw`\u6f22`)
      .replaceAll('/', String.raw`\/`)
    assert.deepEqual(read(escaped), { events, token: null })
  })

  it('that ends amid, wherever that is, is an error and nothing else', () => {
    const whole = JSON.stringify({
      events: [{ eventId: '1', timestamp: 5, message: 'a \\ "b"', more: [{ a: [] }, 1.5, true] }],
      nextToken: 'x',
    })
    for (let length = 0; length < whole.length; length++)
      assert.throws(() => read(whole.slice(0, length)), SyntaxError, whole.slice(0, length))
    assert.equal(read(whole).events.length, 1)
  })

  it('that is not of its form is an error, and never a loop', () => {
    for (const text of [
      '',
      '[]',
      '{"events":{}}',
      '{"events":[1]}',
      '{"events":[{"eventId":"1"}]}',
      '{} {}',
      '{"a" 1}',
      '<html>',
    ])
      assert.throws(() => read(text), SyntaxError, text)
    assert.throws(() => read(`{"a":${'['.repeat(100_000)}`), /too deep/)
    const draw = randoms(3)
    const good = Buffer.from(
      JSON.stringify({ events: [{ eventId: '1', timestamp: 5, message: 'a"\\' }], nextToken: 'x' }),
    )
    for (let n = 0; n < 20_000; n++) {
      const bad = Buffer.from(good)
      for (let i = 0; i <= draw(3); i++) bad[draw(bad.length)] = draw(256)
      try {
        readPage(bad, () => undefined)
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error))
      }
    }
  })
})
