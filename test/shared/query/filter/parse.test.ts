import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { storable } from '../../../../src/server/intake/texts.ts'
import { REGISTERED } from '../../../../src/server/registry/names.ts'
import { serviceKeysByName } from '../../../../src/server/registry/services.ts'
import type { Filter } from '../../../../src/shared/query/filter/ast.ts'
import { parseFilter } from '../../../../src/shared/query/filter/parse.ts'
import { parser } from '../../../../src/shared/query/filter/parser.generated.ts'
import { printTest } from '../../../../src/shared/query/filter/print.ts'
import { FIELDS } from '../../../../src/shared/schema/fields.ts'
import { formatIp, formatMac } from '../../../../src/shared/schema/ip.ts'
import { evaluate } from '../../../support/evaluate-filter.ts'

const names = { ...REGISTERED, filters: new Map([['office', 'ip:10.0.0.0/8 or tcp']]) }
const read = (text: string) => parseFilter(text, names, Date.UTC(2026, 10, 24))
const LONGEST = 65_536
const fill = (text: string) => text.repeat(Math.ceil(LONGEST / text.length)).slice(0, LONGEST)

describe('filters', () => {
  it('nothing means everything', () => {
    for (const text of ['', '   ', '\n']) assert.deepEqual(read(text), { filter: null, problems: [] })
  })

  it('tests of one field become one list of ranges, ascending and apart', () => {
    assert.deepEqual(read('dst.port:443 or dst.port:(80-90 or 85-100, 101) or dst.port:1').filter, {
      op: 'in',
      field: 'dst.port',
      ranges: [
        { low: 1n, high: 1n },
        { low: 80n, high: 101n },
        { low: 443n, high: 443n },
      ],
    })
  })

  it('every field and every alias of it can be named', () => {
    for (const field of FIELDS) {
      for (const name of [field.name, ...(field.aliases ?? []), field.name.toUpperCase()])
        assert.deepEqual(read(`${name}:*`).problems, [], name)
    }
  })

  it('a list of thousands of addresses is one test', () => {
    const list = Array.from({ length: 5000 }, (_, i) => `10.${i >> 8}.${i & 255}.1`)
    const { filter } = read(`src.ip:(${list.join(' ')})`)
    assert.equal(filter?.op === 'in' ? filter.ranges.length : 0, 5000)
  })

  it('parentheses stand 200 deep and no deeper', () => {
    const deep = (n: number) => read(`${'('.repeat(n)}tcp${')'.repeat(n)}`)
    assert.deepEqual(deep(200).problems, [])
    assert.match(deep(201).problems[0]?.message ?? '', /deeper than 200/)
    assert.match(read(fill('(')).problems[0]?.message ?? '', /deeper than 200/)
    assert.deepEqual(read(`port:${'('.repeat(200)}80${')'.repeat(200)}`).problems, [])
  })

  it('thousands of not cancel each other out', () => {
    assert.deepEqual(read(`${'not '.repeat(8000)}tcp`).filter, read('tcp').filter)
    assert.deepEqual(read(`${'not '.repeat(8001)}tcp`).filter, read('not tcp').filter)
    assert.deepEqual(read(`port:(${'not '.repeat(8001)}80)`).filter, read('port:(not 80)').filter)
  })

  it('more than 9,000 words are refused', () => {
    assert.match(read(fill('tcp ')).problems[0]?.message ?? '', /more than 9000 words/)
    assert.deepEqual(read('tcp '.repeat(9000)).problems, [])
  })

  it('many wildcards over service names are refused', () => {
    const starts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'k'].flatMap((letter) => [
      letter,
      `${letter}a`,
      `${letter}e`,
      `${letter}o`,
    ])
    for (const text of [
      `service:(${starts.map((start) => `${start}*`).join(' ')})`,
      starts.map((start) => `*${start}`).join(' or '),
    ]) {
      assert.match(read(text).problems.at(-1)?.message ?? '', /may have 32 names of services with \*/)
    }
    assert.deepEqual(
      read(
        `service:(${starts
          .slice(0, 32)
          .map((start) => `${start}*`)
          .join(' ')})`,
      ).problems,
      [],
    )
  })

  it('a value is at most 256 letters long', () => {
    assert.match(read(`service:${'a'.repeat(257)}`).problems[0]?.message ?? '', /^no value is 257 letters long/)
    assert.match(read(`${'a'.repeat(300)}:1`).problems[0]?.message ?? '', /^no value is 300 letters long/)
  })

  it('tells of several problems, but not of thousands', () => {
    assert.deepEqual(
      read('foo or src.ip:1 or bar:2').problems.map(({ from, to }) => [from, to]),
      [
        [0, 3],
        [14, 15],
        [19, 22],
      ],
    )
    assert.ok(read('foo '.repeat(8000)).problems.length <= 20)
  })

  it('a long text that is no filter is refused as well', () => {
    for (const piece of [
      ':',
      'a:',
      '= ',
      'port:80,',
      'port in ',
      '"',
      "'",
      'a',
      '1',
      '*',
      'and ',
      '((a',
      'port:(',
      '\\"',
      'not ',
      '::',
      'é ',
      ' ',
    ]) {
      const { filter, problems } = read(fill(piece))
      assert.ok(filter === null && problems.length >= (piece === ' ' ? 0 : 1), piece)
    }
  })

  it('any text is read without a fault, and its problems have their place', () => {
    const piece = fc.constantFrom(
      'src.ip',
      'port',
      'service',
      'bytes',
      'end',
      'foo',
      ':',
      '=',
      '!=',
      '<',
      '>=',
      '(',
      ')',
      ',',
      '"',
      "'",
      '\\',
      'and',
      'or',
      'not',
      'in',
      '10.0.0.1',
      '10.*',
      '::1',
      '/8',
      '-',
      '443',
      '1MB',
      'AS1',
      '*',
      'tcp',
      'https',
      'src',
      'app',
      'tcp.flags',
      'SA',
      'dst.port',
      '/^a(b|c)*/',
      '/',
      '@office',
      '@',
      ' ',
      '\n',
      '\u00a0',
      '\u0000',
      '𝄞',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' ')),
    )
    fc.assert(
      fc.property(text, (filter) => {
        const { filter: meaning, problems } = read(filter)
        for (const { from, to, message } of problems)
          assert.ok(from >= 0 && from <= to && to <= filter.length && message !== '')
        if (problems.length > 0) assert.equal(meaning, null)
        if (meaning) everyRange(meaning)
      }),
      { numRuns: 5000 },
    )
  })

  it("the editor's parser finds a filter whole exactly where the server does", () => {
    for (const text of [
      'src.ip:10.0.0.1 and not port:(53 or 80)',
      'tcp or udp icmp',
      'port not in (1, 2)',
      'end.reason:"idle timeout"',
      'fe80::1',
      'app:/^(a|b)"c/ and not src:10.0.0.1',
      'src.port < dst.port and @office',
    ]) {
      let errors = 0
      parser.parse(text).iterate({ enter: (node) => void (errors += node.type.isError ? 1 : 0) })
      assert.equal(errors, 0, text)
    }
  })
})

/** What users of Kibana's KQL stumble over, each as it was told of. */
describe('what others get wrong', () => {
  const refused = (text: string) => read(text).problems[0]?.message ?? 'nothing'
  const same = (text: string, other: string) => {
    assert.deepEqual(read(text).problems, [], text)
    assert.deepEqual(read(text).filter, read(other).filter, text)
  }

  it('unquoted values with a space between them were one literal', () => {
    assert.match(refused('dst.port: 80 443'), /^dst\.port: 80 443 could mean either or both/)
    assert.match(refused('src.as:AS64500 AS64501'), /could mean either or both/)
    assert.match(refused('(icmp or ip = 10.0.0.1 10.0.0.2)'), /^ip = 10\.0\.0\.1 10\.0\.0\.2 could mean/)
    same('dst.port:(80 443)', 'dst.port:80 or dst.port:443')
    same('dst.port:80 and 443', 'dst.port:80 and port:443')
    same('proto:tcp 443', 'proto:tcp and port:443')
    same('dst.port:443 10.0.0.1', 'dst.port:443 and ip:10.0.0.1')
    same('port:(80 or 443) 53', 'port:(80 or 443) and port:53')
    same('bytes > 1000 443', 'bytes > 1000 and port:443')
  })

  it('not( failed', () => {
    same('not(tcp)', 'not tcp')
    same('tcp and not(port:80)', 'tcp and not port:80')
    same('port:(not(80))', 'not port:80')
    same('NOT(tcp)AND(udp)', 'not tcp and udp')
  })

  it('wildcards in quotes never matched', () => {
    same('app:"you*"', 'app:you*')
    same('service:"http*"', 'service:http*')
    assert.deepEqual(read('app:"you\\*"').filter, { op: 'like', field: 'app', patterns: [['you*']] })
  })

  it('10.* failed on addresses', () => {
    same('src.ip:10.*', 'src.ip:10.0.0.0/8')
    same('10.1.*', 'ip:10.1.0.0/16')
    same('src.ip:(10.1.* or 10.2.*)', 'src.ip:10.1.0.0/16 or src.ip:10.2.0.0/16')
  })

  it('either side had to be written twice', () => {
    same('ip:10.0.0.1', 'src.ip:10.0.0.1 or dst.ip:10.0.0.1')
    same('not ip:10.0.0.1', 'not (src.ip:10.0.0.1 or dst.ip:10.0.0.1)')
  })

  it('and stood before or, not closest', () => {
    same('tcp or udp and port:53', 'tcp or (udp and port:53)')
    same('not tcp and udp', '(not tcp) and udp')
    same('port:(80 or 443 and not 22)', 'port:80 or (port:443 and not port:22)')
  })

  it('a field stood for a value with the same letters', () => {
    same('service = domain', 'service:domain')
    same('sampling.source = domain', 'sampling.source:"domain"')
    same('app = "user"', 'app:user')
    assert.deepEqual(read('app = user').filter, { op: 'compare', field: 'app', is: '=', other: 'user' })
  })

  it('an interface with the name of a field could not be named', () => {
    const told = { ...names, interfaces: (name: string) => new Map(name === 'vlan' ? [[7n, [3]]] : []) }
    const { filter } = parseFilter('in.if:vlan', told, 0)
    assert.deepEqual(filter, parseFilter('exporter:::7 and in.if:3', told, 0).filter)
    assert.deepEqual(parseFilter('in.if = vlan', told, 0).filter, {
      op: 'compare',
      field: 'in.if',
      is: '=',
      other: 'vlan',
    })
  })

  it('a path was taken for a regular expression', () => {
    for (const path of ['/index.html', '/a/b/', '/a/b', '//'])
      assert.deepEqual(read(`http.url:${path}`).filter, { op: 'like', field: 'http.url', patterns: [[path]] }, path)
    same('http.url:/a or http.url:/b', 'http.url:"/a" or http.url:"/b"')
    assert.deepEqual(read('http.url:/index/').filter, { op: 'match', field: 'http.url', expression: 'index' })
  })

  it('signs within an expression closed the filter', () => {
    for (const expression of ['^(a|b)$', '"', "it's", 'a\\/b', '[(]', ',', '<=>!'])
      assert.deepEqual(read(`(app:/${expression}/) and tcp`).problems, [], expression)
    assert.deepEqual(
      read('app:/(a/').problems.map(({ from, to }) => [from, to]),
      [[5, 6]],
    )
  })

  it('more than 32 expressions are refused', () => {
    const many = (n: number) => read(`app:(${Array.from({ length: n }, (_, i) => `/a${i}/`).join(' or ')})`)
    assert.deepEqual(many(32).problems, [])
    assert.match(many(33).problems[0]?.message ?? '', /may have 32 regular expressions/)
  })

  it('flags are set, and with = exactly so', () => {
    const bits = (mask: bigint) => ({ op: 'bits', field: 'tcp.flags', mask, value: mask })
    assert.deepEqual(read('tcp.flags:SA').filter, bits(0x12n))
    assert.deepEqual(read('tcp.flags:as').filter, bits(0x12n))
    assert.deepEqual(read('tcp.flags:ACK').filter, bits(0x10n))
    assert.deepEqual(read('tcp.flags in (E, cwr)').filter, { op: 'or', of: [bits(0x40n), bits(0x80n)] })
    same('tcp.flags = SA', 'tcp.flags:0x12')
    same('tcp.flags:none', 'tcp.flags:0')
  })

  it('more is the other way round', () => {
    same('src.port > dst.port', 'dst.port < src.port')
    same('src.port >= dst.port', 'dst.port <= src.port')
    same('src.port != dst.port', 'not src.port = dst.port')
  })
})

describe('a value printed as a test', () => {
  const printed = (
    name: Parameters<typeof printTest>[0],
    value: Parameters<typeof printTest>[1],
    stored: bigint | string | null,
  ) => {
    const text = printTest(name, value)
    const { filter, problems } = read(text)
    assert.deepEqual(problems, [], text)
    assert.ok(
      evaluate(filter, () => stored),
      text,
    )
    if (stored === null) return
    const other = typeof stored === 'string' ? `${stored}x` : stored + 1n
    assert.ok(!evaluate(filter, () => other), text)
  }

  it('of any address, number, word and time means that value', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 2n }), (value) => printed('src.ip', formatIp(value), value)),
    )
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 48n) - 2n }), (value) =>
        printed('src.mac', formatMac(value), value),
      ),
    )
    fc.assert(fc.property(fc.integer({ min: 0, max: 254 }), (value) => printed('proto', value, BigInt(value))))
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 2n }), (value) =>
        printed('bytes', value > 2n ** 53n ? String(value) : Number(value), value),
      ),
    )
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (value) => printed('end', value, BigInt(value))))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (value) =>
        printed('http.url', storable(value), storable(value)),
      ),
    )
    for (const value of [
      '*',
      'a*b',
      '"',
      "it's",
      '\\',
      '\\*',
      'and',
      'in',
      'a b',
      ':',
      '::1',
      'http://a/?b=c&d',
      '-',
      '()',
    ])
      printed('http.url', value, value)
    for (const field of FIELDS)
      for (const [i, word] of (field.codes ?? []).entries()) printed(field.name, word, BigInt(i))
    printed('service', 'https', BigInt(serviceKeysByName('https')[0] as number))
  })

  it('of none means none', () => {
    assert.equal(printTest('vlan', null), 'not vlan:*')
    printed('vlan', null, null)
  })

  it('is quoted where it must be', () => {
    assert.equal(printTest('end.reason', 'idle timeout'), 'end.reason:"idle timeout"')
    assert.equal(printTest('service', 'and'), 'service:"and"')
    assert.equal(printTest('proto', 17), 'proto:udp')
    assert.equal(printTest('src.ip', '2001:db8::1'), 'src.ip:2001:db8::1')
  })
})

function everyRange(filter: Filter): void {
  if (filter.op === 'and' || filter.op === 'or') for (const each of filter.of) everyRange(each)
  else if (filter.op === 'not') everyRange(filter.of)
  else if (filter.op === 'in') {
    assert.ok(filter.ranges.length > 0)
    for (const [i, { low, high }] of filter.ranges.entries())
      assert.ok(low >= 0n && low <= high && (i === 0 || low > (filter.ranges[i - 1]?.high ?? 0n) + 1n))
  }
}
