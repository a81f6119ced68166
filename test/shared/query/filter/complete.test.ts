/** Where the cursor stands (`|`) in a filter that is being typed, and what may stand there. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { COMPLETED_LETTERS, contextAt, type FilterContext } from '../../../../src/shared/query/filter/complete.ts'
import { offersAt } from '../../../../src/shared/query/filter/complete-words.ts'
import { REGISTERED } from '../../../../src/server/registry/names.ts'
import { parseFilter } from '../../../../src/shared/query/filter/parse.ts'

function at(marked: string): FilterContext | null {
  const cursor = marked.indexOf('|')
  return contextAt(marked.replace('|', ''), cursor)
}

/** What is replaced, what of it is typed, and the place in a few words. */
function said(marked: string): string {
  const context = at(marked)
  if (!context) return 'nothing'
  const text = marked.replace('|', '')
  const { place, from, to, typed } = context
  const where =
    place.kind === 'value'
      ? `value ${place.field.name} ${place.operator}${place.list === 'no' ? '' : ` ${place.list}`}`
      : place.kind === 'operator'
        ? `operator ${place.field.name}${place.negated ? ' not' : ''}`
        : place.kind === 'test'
          ? `test${place.follows ? ' follows' : ''}`
          : place.kind
  return `${where} [${text.slice(from, to)}] ${typed}`
}

const PLACES: readonly (readonly [string, string])[] = [
  ['|', 'test [] '],
  ['src|', 'test [src] src'],
  ['sr|c', 'test [src] sr'],
  ['src.|ip:10.0.0.1', 'name [src.ip] src.'],
  ['|src.ip:10.0.0.1', 'name [src.ip] '],
  ['src.ip:|', 'value src.ip : [] '],
  ['src.ip: |', 'value src.ip : [] '],
  ['src.ip:10.|', 'value src.ip : [10.] 10.'],
  ['src.ip:10.|1.1 and port:443', 'value src.ip : [10.1.1] 10.'],
  ['src.ip:| and port:443', 'value src.ip : [] '],
  ['src.ip:| port:443', 'value src.ip : [] '],
  ['source.ip:1|', 'value src.ip : [1] 1'],
  ['SRC.IP:1|', 'value src.ip : [1] 1'],
  ['src.ip:fe80:|', 'value src.ip : [fe80:] fe80:'],
  ['src.mac:00:50|', 'value src.mac : [00:50] 00:50'],
  ['ip:10|', 'value ip : [10] 10'],
  ['src:|', 'value src.ip : [] '],
  ['dst:10.|', 'value dst.ip : [10.] 10.'],
  ['server:44|', 'value server.port : [44] 44'],
  ['src.as = d|', 'value src.as = [d] d'],
  ['tcp.flags:s|', 'value tcp.flags : [s] s'],
  ['app:/ma| and port:1', 'value app : [/ma] /ma'],
  ['app:/ma|/', 'nothing'],
  ['bytes >|', 'value bytes > [] '],
  ['bytes >= 1|', 'value bytes >= [1] 1'],
  ['bytes !=|', 'value bytes != [] '],
  ['port = 4|', 'value port = [4] 4'],
  ['src.ip |', 'operator src.ip [ ] '],
  ['src.ip !|', 'operator src.ip [ !] !'],
  ['src.ip i|', 'operator src.ip [ i] i'],
  ['src.ip not |', 'operator src.ip not [] '],
  ['src.ip not i|', 'operator src.ip not [i] i'],
  ['port in |', 'value port in opens [] '],
  ['port in 8|', 'value port in opens [8] 8'],
  ['port in (|', 'value port in inside [] '],
  ['port in (80, |', 'value port in inside [] '],
  ['port in (80, 4|, 22)', 'value port in inside [4] 4'],
  ['port not in (4|', 'value port in inside [4] 4'],
  ['port:(80 |', 'value port : inside [] '],
  ['port:(80 or 4|', 'value port : inside [4] 4'],
  ['port:(80 or (81 and not 4|', 'value port : inside [4] 4'],
  ['app:"mail se|', 'value app : ["mail se] mail se'],
  ['app:"mail se|"', 'value app : ["mail se"] mail se'],
  ['app:"mail se| and port:1', 'value app : ["mail se] mail se'],
  ['app:"mail |server" and port:1', 'value app : ["mail server"] mail '],
  [String.raw`app:'it\'s|'`, String.raw`value app : ['it\'s'] it's`],
  ['app:"|', 'value app : ["] '],
  ['port:443 |', 'test follows [] '],
  ['port:443 o|', 'test follows [o] o'],
  ['port:443 and |', 'test [] '],
  ['port:443 and s|', 'test [s] s'],
  ['port:443 or not |', 'test [] '],
  ['not |', 'test [] '],
  ['not a|', 'test [a] a'],
  ['(|', 'test [] '],
  ['((port:443 or s|', 'test [s] s'],
  ['(port:443) |', 'test follows [] '],
  ['(port:443) a| port:22', 'test follows [a] a'],
  ['https |', 'test follows [] '],
  ['port:443, |', 'test follows [] '],
  ['a:1 and and s|', 'test [s] s'],
  [') s|', 'test [s] s'],
  ['@of|', 'test [@of] @of'],
  ['(port:443)|', 'nothing'],
  ['app:"x"|', 'nothing'],
  ['nosuch:|', 'nothing'],
  ['nosuch in |', 'nothing'],
  ['port:|)', 'value port : [] '],
  ['src.ip\u00a0|', 'operator src.ip [\u00a0] '],
]

describe('where the cursor stands', () => {
  for (const [marked, expected] of PLACES) it(marked, () => assert.equal(said(marked), expected))

  it('nowhere outside of the text', () => {
    assert.equal(contextAt('port', 5), null)
    assert.equal(contextAt('port', -1), null)
  })
})

describe('what holds besides', () => {
  const rests: readonly (readonly [string, readonly string[]])[] = [
    ['src.ip:| and port:443', ['port:443']],
    ['port:443 src.ip:|', ['port:443']],
    ['port:443 or src.ip:|', []],
    ['a:1 and (app:2 or service:ht| or c:3) and not vlan:5', ['a:1', 'not vlan:5']],
    ['vlan:5 and not (proto:tcp and src.ip:|)', ['proto:tcp', 'vlan:5']],
    ['vlan:5 and (proto:tcp and src.ip:|', ['proto:tcp', 'vlan:5']],
    ['vlan:5 and port in |', ['vlan:5']],
    ['vlan:5 and port:(80 and |)', ['vlan:5']],
    ['vlan:5 or proto:tcp and src.ip:|', ['proto:tcp']],
  ]
  for (const [marked, rest] of rests) it(marked, () => assert.deepEqual(at(marked)?.rest, rest))
})

describe('what is offered', () => {
  const labels = (marked: string, limit = 100) => {
    const context = at(marked)
    return context ? offersAt(context, limit).map(({ label }) => label) : []
  }
  const first = (marked: string) => labels(marked)[0]

  it('a field by its name, by a part of it, by an alias and by its label', () => {
    assert.equal(first('src.i|'), 'src.ip')
    assert.ok(labels('ip|').includes('src.ip'))
    assert.equal(first('source.ip|'), 'src.ip')
    assert.equal(first('sourceIPv4|'), 'src.ip')
    assert.equal(first('srcadd|'), 'src.ip')
    assert.ok(labels('autonom|').length === 0)
    assert.ok(labels('destination|').includes('dst.ip'))
  })

  it('an alias says that it is one', () => {
    const context = at('srcaddr|') as FilterContext
    const [offer] = offersAt(context, 1)
    assert.equal(offer?.text, 'src.ip:')
    assert.equal(offer?.detail, 'Source address, also called srcaddr')
  })

  it('words between tests, and only there', () => {
    assert.deepEqual(labels('port:443 |', 3), ['and', 'or', 'not'])
    assert.equal(first('port:443 o|'), 'or')
    assert.ok(!labels('|').includes('and'))
    assert.ok(labels('n|').includes('not'))
    assert.ok(!labels('port:443 and a|').includes('and'))
  })

  it('operators that fit the field', () => {
    assert.deepEqual(labels('app |'), [':', '!=', 'in', 'not in'])
    assert.deepEqual(labels('bytes |').slice(0, 4), ['>', '>=', '<', '<='])
    assert.deepEqual(labels('app n|'), ['not in'])
    assert.deepEqual(labels('app not |'), ['in'])
    assert.deepEqual(labels('app !|'), ['!='])
  })

  it('listed values, in quotes where they need them', () => {
    assert.deepEqual(labels('action:|'), ['accept', 'reject', '*'])
    const context = at('end.reason:idle|') as FilterContext
    assert.equal(offersAt(context, 1)[0]?.text, '"idle timeout"')
    assert.equal(first('proto:tc|'), 'tcp')
  })

  it('flags by name, fields to compare with, named filters', () => {
    assert.deepEqual(labels('tcp.flags:s|'), ['syn'])
    assert.deepEqual(labels('src.as = dst.a|'), ['dst.as'])
    assert.deepEqual(labels('src.as:dst|'), [])
    assert.deepEqual(labels('bytes > pa|'), [])
    const context = at('port:443 and @OF|') as FilterContext
    assert.deepEqual(
      offersAt(context, 10, ['office', 'home']).map((offer) => offer.text),
      ['@office '],
    )
  })

  it('what is chosen can be read with the rest of it', () => {
    for (const marked of [
      '|',
      'src.ip |',
      'action:|',
      'action in |',
      'bytes > |',
      'start > |',
      'action:443 and |',
      'app |',
      'vlan not |',
    ]) {
      const context = at(marked) as FilterContext
      const text = marked.replace('|', '')
      for (const offer of offersAt(context, 500)) {
        const chosen = text.slice(0, context.from) + offer.text + text.slice(context.to)
        const whole = chosen + (offer.kind === 'value' ? '' : ENDS[endOf(chosen)])
        const { problems } = parseFilter(whole.replace('action:443', 'action:accept'), REGISTERED, 0)
        // Of a field it is the value put here that may not fit.
        assert.ok(
          !problems.some(({ message }) => /needs|closed|does not fit here/.test(message)),
          `${whole}: ${problems[0]?.message}`,
        )
      }
    }
  })

  it('is in its place, whatever is written around the cursor', () => {
    const pieces = [
      'src.ip',
      'port',
      ':',
      '=',
      '<',
      '10.0.0.1',
      '(',
      ')',
      ',',
      '"',
      "'",
      '\\',
      ' ',
      'and',
      'not',
      'in',
      '@a',
      '/x/',
      '*',
      '\u3000',
      '😀',
      'nosuch',
    ]
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((some) => some.join(''))
    fc.assert(
      fc.property(texts, fc.nat({ max: 120 }), (text, place) => {
        const cursor = Math.min(place, text.length)
        const context = contextAt(text, cursor)
        if (!context) return
        const { from, to, typed, rest } = context
        assert.ok(from <= cursor && cursor <= to && to <= text.length, `${from} ${cursor} ${to}`)
        assert.ok(typed.length <= cursor - from)
        for (const part of rest) assert.ok(text.includes(part), part)
        for (const offer of offersAt(context, 5, ['a'])) assert.ok(offer.text.trim() !== '')
      }),
      { numRuns: 2000 },
    )
  })

  it('of 64 KB nothing, and of what is read no more than it takes to read it', () => {
    assert.equal(contextAt('port:443 or '.repeat(6000), 100), null)
    for (const piece of ['(', 'port:443 or ', ', =) (', '"', 'port:(1 or ', "'a ", '\\', 'not '])
      assert.doesNotThrow(() => contextAt(piece.repeat(Math.floor(COMPLETED_LETTERS / piece.length)), 4000))
  })
})

const ENDS = { value: '1', list: '1)', test: 'port:1' } as const

function endOf(text: string): keyof typeof ENDS {
  if (text.endsWith('(')) return 'list'
  return /(:|[<>=] )$/.test(text) ? 'value' : 'test'
}
