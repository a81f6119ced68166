import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_VIEW, filterOf, parseSearch, stringifySearch, viewCodec, type View } from '../../src/web/app/search.ts'

const pill = fc.record(
  { text: fc.string({ minLength: 1 }), not: fc.boolean(), off: fc.boolean() },
  { noNullPrototype: true },
)
const view: fc.Arbitrary<View> = fc.record(
  {
    from: fc.constantFrom('now-1h', 'now-7d/d', '2026-11-17T13:30:00Z', '1795000000000'),
    to: fc.constantFrom('now', 'now/d', '2026-11-17T14:30:00Z'),
    q: fc.string(),
    pills: fc.array(pill, { maxLength: 4 }),
    scope: fc.constantFrom<View['scope']>('all', 'ingress', { exporter: '10.0.0.1' }, { exporter: '2001:db8::1' }),
    refreshMs: fc.constantFrom(0, 5000, 10_000, 300_000),
  },
  { noNullPrototype: true },
)

describe('the view in the URL', () => {
  it('is read back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(view, (value) =>
        assert.deepEqual(viewCodec.read(parseSearch(stringifySearch(viewCodec.write(value)))), value),
      ),
    )
  })

  it('leaves out what is usual', () => {
    assert.equal(stringifySearch(viewCodec.write(DEFAULT_VIEW)), '')
  })

  it('can be read by a person', () => {
    const written = viewCodec.write({
      ...DEFAULT_VIEW,
      from: 'now-6h',
      q: 'src.ip:10.0.0.0/8 and bytes>1000',
      pills: [
        { text: 'dst.port:53', not: true, off: false },
        { text: 'proto:(tcp, udp)', not: false, off: true },
      ],
      scope: { exporter: '10.0.0.1' },
      refreshMs: 0,
    })
    assert.equal(
      stringifySearch(written),
      '?from=now-6h&q=src.ip:10.0.0.0/8+and+bytes%3E1000&pills=!dst.port:53;~proto:(tcp,+udp)&scope=10.0.0.1&refresh=off',
    )
  })

  it('takes what it cannot read as usual', () => {
    const { refreshMs, pills, scope } = viewCodec.read({ refresh: 'often', pills: ';;~!;', scope: '' })
    assert.deepEqual({ refreshMs, pills, scope }, { refreshMs: 0, pills: [], scope: 'all' })
  })
})

describe('query bar and pills as one filter', () => {
  const pillOf = (text: string, not = false, off = false) => ({ text, not, off })
  const cases: [string, Pick<View, 'q' | 'pills'>, string | undefined][] = [
    ['nothing', { q: ' ', pills: [] }, undefined],
    ['the bar alone', { q: 'a:1 or b:2', pills: [] }, 'a:1 or b:2'],
    ['one pill alone', { q: '', pills: [pillOf('a:1 or b:2')] }, 'a:1 or b:2'],
    ['a pill turned round', { q: '', pills: [pillOf('a:1', true)] }, 'not (a:1)'],
    [
      'all of them, none changing what another means',
      { q: 'a:1 or b:2', pills: [pillOf('c:3 or d:4'), pillOf('e:5', true)] },
      '(a:1 or b:2) and (c:3 or d:4) and not (e:5)',
    ],
    ['one that is off', { q: 'a:1', pills: [pillOf('b:2', false, true)] }, 'a:1'],
  ]
  for (const [name, given, filter] of cases) it(name, () => assert.equal(filterOf(given), filter))
})
