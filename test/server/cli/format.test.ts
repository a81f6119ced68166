import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { barChart, sparkline } from '../../../src/server/cli/chart.ts'
import { cellText, tableText } from '../../../src/server/cli/format.ts'
import { csvText } from '../../../src/shared/csv.ts'
import { namesOf, rangeOf } from '../../../src/server/cli/range-options.ts'
import { format } from '../../../src/shared/schema/units.ts'

describe('CSV', () => {
  it('is as RFC 4180 has it: quotes where they are needed, CRLF, a header', () => {
    assert.equal(
      csvText(
        ['a', 'b'],
        [
          ['x,y', 1],
          ['say "hi"', null],
          ['two\nlines', true],
        ],
      ),
      'a,b\r\n"x,y",1\r\n"say ""hi""",\r\n"two\nlines",true\r\n',
    )
  })

  it('gives a spreadsheet no formula that somebody has sent as a text; numbers stay numbers', () => {
    assert.equal(
      csvText(['http.url'], [['=HYPERLINK("http://x")'], ['@SUM(1)'], ['+1'], ['-1'], [-1], ['a=b']]),
      `http.url\r\n"'=HYPERLINK(""http://x"")"\r\n'@SUM(1)\r\n'+1\r\n'-1\r\n-1\r\na=b\r\n`,
    )
  })
})

describe('CSV of hostile texts', () => {
  it('a formula behind a tab, a line break, blanks or an invisible letter was let through, and wide signs', () => {
    for (const text of ['\t=1+1', '\r=1', '\n@SUM(1)', ' =1', '\u200b=1', '\ufeff-1', '＝1', '＠x', '\tplain'])
      assert.match(csvText(null, [[text]]), /^"?'/, JSON.stringify(text))
  })

  it('what is no formula stays as it is', () => {
    for (const text of ['a=b', '10.0.0.1', '::1', 'x\ty', '18446744073709551615', ' x', ''])
      assert.equal(csvText(null, [[text]]), `${text}\r\n`)
  })
})

describe('cells', () => {
  for (const [column, value, text] of [
    [{ name: 'proto', kind: 'u8' }, 6, 'tcp'],
    [{ name: 'proto', kind: 'u8' }, 254, '254'],
    [{ name: 'tcp.flags', kind: 'u16' }, 0x12, 'SA'],
    [{ name: 'tcp.flags', kind: 'u16' }, 0, '–'],
    [{ name: 'end', kind: 'time' }, 1_790_000_000_123, '2026-09-21 14:13:20.123'],
    [{ name: 'bytes', kind: 'u64', unit: 'B' }, 1_500_000, '1.50\u2009MB'],
    [{ name: 'bytes', kind: 'u64', unit: 'B' }, '18446744073709551615', '18.4\u2009EB'],
    [{ name: 'duration', kind: 'u64', unit: 'ms' }, 61_000, '1\u2009min 1\u2009s'],
    [{ name: 'src.ip', kind: 'ip' }, '10.0.0.1', '10.0.0.1'],
    [{ name: 'src.port', kind: 'u16' }, 443, '443'],
    [{ name: 'service', kind: 'service' }, null, '–'],
  ] as const) {
    it(`${column.name} ${value} is ${text}`, () => assert.equal(cellText(column, value), text))
  }
})

describe('tables', () => {
  it('line up, numbers to the right', () => {
    assert.equal(
      tableText(
        ['Name', 'Bytes'],
        [
          ['a', '1'],
          ['long name', '1000'],
        ],
        [false, true],
      ),
      'Name       Bytes\na              1\nlong name   1000\n',
    )
  })
})

describe('long tables', () => {
  it('took time that grew with the square of their rows, and line up from the first row to the last', () => {
    const rows = Array.from({ length: 100 }, (_, i) => [i === 99 ? 'the longest name' : `n${i}`, String(i ** 3)])
    const lines = tableText(['Name', 'Bytes'], rows, [false, true]).trimEnd().split('\n')
    assert.equal(lines.length, 101)
    assert.deepEqual(new Set(lines.map((line) => line.length)), new Set(['the longest name  970299'.length]))
  })

  it('letters that are twice as wide are not cut', () =>
    assert.match(tableText(['名前', 'x'], [['東京都庁', '1']], [false, true]), /^名前.*\n東京都庁/))
})

describe('charts', () => {
  it('bars are an eighth of a line fine, gaps are empty, labels stand at the axis', () => {
    const lines = barChart([0, 50, null, 75, 100], 2, {
      label: (value) => format(value, 'bit/s'),
      ticks: [{ column: 0, text: '10:00' }],
    })
    assert.deepEqual(
      lines.map((line) => line.replaceAll('\u2009', ' ')),
      ['100 bit/s ┤   ▄█', ' 50 bit/s ┤ █ ██', '  0 bit/s ┼─────', '           10:00'],
    )
  })

  it('a chart of zeros has an axis', () => {
    assert.equal(barChart([0, 0], 1, { label: String, ticks: [] })[0], '1 ┤')
  })

  it('sparklines: what is little is seen, what is not there is not', () => {
    assert.equal(sparkline([0, 1, 50, null, 100], 100), '▁▁▄ █')
    assert.equal(sparkline([0, 0], 0), '▁▁')
  })
})

describe('range options', () => {
  it('the last hour without a word', () => assert.deepEqual(rangeOf({}), { from: 'now-1h', to: 'now' }))
  it('a span until now', () => assert.deepEqual(rangeOf({ last: '7d' }), { from: 'now-7d', to: 'now' }))
  it('from and to as they are', () =>
    assert.deepEqual(rangeOf({ from: '2026-01-01', to: 'now/d', filter: 'port:53' }), {
      from: '2026-01-01',
      to: 'now/d',
      filter: 'port:53',
    }))
  it('one exporter', () => assert.deepEqual(rangeOf({ scope: '192.0.2.1' }).scope, { exporter: '192.0.2.1' }))
  it('contradictions are refused', () => {
    assert.throws(() => rangeOf({ last: '1h', from: 'now-2h' }), /--last is a range of its own/)
    assert.throws(() => rangeOf({ to: 'now' }), /--to needs --from/)
    assert.throws(() => rangeOf({ last: 'soon' }), /--last soon/)
  })
  it('fields stand after commas or apart', () =>
    assert.deepEqual(namesOf(['src.ip,dst.ip', 'service', ' a , ']), ['src.ip', 'dst.ip', 'service', 'a']))
})
