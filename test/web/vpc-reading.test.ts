/** What is said of why one address cannot reach another. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readingOf, type Seen } from '../../src/web/pages/vpc/reading.ts'

const seen = (part: Partial<Seen>): Seen => ({
  way: 'request',
  interface: 'eni-a',
  direction: 'egress',
  action: 'accept',
  reason: null,
  flows: 1,
  ...part,
})
const arrives = (part: Partial<Seen> = {}) => seen({ interface: 'eni-b', direction: 'ingress', ...part })
const answer = (part: Partial<Seen> = {}) => seen({ way: 'answer', interface: 'eni-b', ...part })

describe('why A cannot reach B', () => {
  const one = (...all: Seen[]) => {
    const [reading, ...more] = readingOf(all)
    assert.deepEqual(more, [])
    assert.ok(reading)
    return reading
  }

  test('no records: not logged, or never sent', () => {
    const { tone, text } = one()
    assert.equal(tone, 'warn')
    assert.match(text, /sent nothing, or none of the interfaces on the way is logged/)
  })

  test('accepted where it leaves and rejected where it comes in: inbound rules', () => {
    const { tone, text } = one(seen({}), arrives({ action: 'reject' }))
    assert.equal(tone, 'bad')
    assert.match(text, /accepted at eni-a and rejected as they come in at eni-b: look at the inbound rules/)
  })

  test('rejected where it leaves: outbound rules', () => {
    assert.match(one(seen({ action: 'reject' })).text, /^Requests are rejected as they leave eni-a: .*outbound rules/)
  })

  test('the log’s own reason goes first', () => {
    assert.match(one(arrives({ action: 'reject', reason: 'BPA' })).text, /the log says why: BPA/)
  })

  test('a rule that was changed: some were rejected', () => {
    const texts = readingOf([seen({}), arrives(), arrives({ action: 'reject' }), answer()]).map(({ text }) => text)
    assert.match(texts[0] ?? '', /^Some requests are rejected as they come in at eni-b/)
  })

  test('answers that are rejected: the network ACL is stateless', () => {
    const { tone, text } = one(seen({}), arrives(), answer({ action: 'reject' }))
    assert.equal(tone, 'bad')
    assert.match(text, /^Answers are rejected as they leave eni-b: .*network ACL: it is stateless/)
  })

  test('requests that leave and are seen nowhere', () => {
    assert.match(one(seen({})).text, /^Requests leave eni-a, and no interface sees them arrive/)
  })

  test('requests that arrive, and no answers', () => {
    assert.match(one(seen({}), arrives()).text, /let through at eni-a, eni-b, and no answers come back/)
  })

  test('a log without directions says where, and both kinds of rules', () => {
    const { text } = one(seen({ direction: null, action: 'reject' }))
    assert.match(text, /rejected at eni-a: look at the rules of its security groups and the network ACL/)
  })

  test('both directions let through', () => {
    assert.equal(one(seen({}), arrives(), answer(), answer({ interface: 'eni-a', direction: 'ingress' })).tone, 'ok')
  })
})
