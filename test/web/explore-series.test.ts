import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { averageOf, OTHER_KEY, readBefore, readSeries, readTop, statsOf, totalOf } from '../../src/web/data/answers.ts'
import type { QueryAnswer } from '../../src/web/data/hooks.ts'
import { bandsOf, layOut, type FlowLink } from '../../src/web/parts/flow-layout.ts'
import { colorIndexes } from '../../src/web/parts/palette.ts'
import { timeScale } from '../../src/web/parts/time-scale.ts'
import { answerMeta } from '../support/answer-meta.ts'
import { bucketsOf, chartSeries, rowsOf, sorted, tableOf } from '../../src/web/pages/explore/rows.ts'

const MINUTE = 60_000

/** An answer by minute from 0; rows are [minute, service, bps, bytes], the Other rows last. */
function answer(
  minutes: number,
  named: readonly (readonly [number, string | null, number, number | string])[],
  other: readonly (readonly [number, number, number])[] = [],
): QueryAnswer {
  return {
    columns: [
      { name: 'time', kind: 'time' },
      { name: 'service', kind: 'service' },
      { name: 'bps', kind: 'u64', unit: 'bit/s' },
      { name: 'bytes', kind: 'u64', unit: 'B' },
    ],
    rows: [
      ...named.map(([minute, ...rest]) => [minute * MINUTE, ...rest]),
      ...other.map(([minute, bps, bytes]) => [minute * MINUTE, null, bps, bytes]),
    ],
    meta: answerMeta({
      to: minutes * MINUTE,
      interval: MINUTE,
      otherRow: other.length > 0 ? named.length : null,
    }),
  }
}

describe('an answer as series', () => {
  it('is largest first with Other last, and no value stands for what nothing says', () => {
    const series = readSeries(
      answer(
        3,
        [
          [0, 'https', 8, 60],
          [0, null, 24, 180],
          [1, 'https', 16, 120],
          [1, null, 8, 60],
          [2, null, 8, 60],
        ],
        [[1, 800, 6000]],
      ),
      ['service'],
      'bps',
      'bytes',
    )
    assert.deepEqual(
      series.groups.map(({ key, cells, other, values, total }) => ({ key, cells, other, values, total })),
      [
        { key: '[null]', cells: [null], other: false, values: [24, 8, 8], total: 300 },
        { key: '["https"]', cells: ['https'], other: false, values: [8, 16, 0], total: 180 },
        { key: OTHER_KEY, cells: [null], other: true, values: [0, 800, 0], total: 6000 },
      ],
    )
    assert.deepEqual(totalOf(series), [32, 824, 8])
  })

  it('numbers past 2^53 come as text and still count', () => {
    const series = readSeries(answer(1, [[0, 'https', 8, '18014398509481984']]), ['service'], 'bps', 'bytes')
    assert.equal(series.groups[0]?.total, 2 ** 54)
  })

  it('a minute without traffic between others is a zero, ten are a gap, and the ends are gaps', () => {
    const row = (minute: number): [number, string, number, number] => [minute, 'https', 8, 60]
    const series = readSeries(answer(20, [row(2), row(3), row(5), row(16), row(17)]), ['service'], 'bps', 'bytes')
    const gap = null
    assert.deepEqual(series.groups[0]?.values, [
      gap,
      gap,
      8,
      8,
      0,
      8,
      gap,
      gap,
      gap,
      gap,
      gap,
      gap,
      gap,
      gap,
      gap,
      gap,
      8,
      8,
      gap,
      gap,
    ])
  })

  it('under a filter, a silence is a zero wherever others were heard', () => {
    const heard = answer(
      12,
      Array.from({ length: 12 }, (_, minute) => [minute, 'ntp', 1, 1] as const),
    )
    const series = readSeries(answer(12, [[0, 'https', 8, 60]]), ['service'], 'bps', 'bytes', heard)
    assert.deepEqual(series.groups[0]?.values, [8, ...Array.from({ length: 11 }, () => 0)])
  })

  it('without an interval, the rows are a top list', () => {
    const top = readTop({ ...answer(1, [[0, 'https', 8, 60]], [[0, 16, 120]]) }, ['service'], 'bytes')
    assert.deepEqual(
      top.map(({ cells, other, value }) => [cells, other, value]),
      [
        [['https'], false, 60],
        [[null], true, 120],
      ],
    )
  })
})

describe('statistics of a series', () => {
  it('are over the buckets that are known', () => {
    assert.deepEqual(statsOf([4, null, 2, 6]), { min: 2, avg: 4, p95: 6, max: 6, last: 6 })
  })

  it('p95 is the value that 95 of 100 do not exceed', () => {
    assert.equal(statsOf(Array.from({ length: 100 }, (_, i) => i + 1)).p95, 95)
  })

  it('of nothing are nothing', () => {
    assert.deepEqual(statsOf([null, null]), { min: null, avg: null, p95: null, max: null, last: null })
  })

  it('a rate’s average is its counter over the time that is no gap, whatever the buckets', () => {
    const row = (minute: number): [number, string, number, number] => [minute, 'https', 8, 60]
    const series = readSeries(
      { ...answer(20, [row(2), row(3), row(16)]), meta: { ...answer(20, []).meta, to: 16.5 * MINUTE } },
      ['service'],
      'bps',
      'bytes',
    )
    assert.equal(series.coveredMs, 2.5 * MINUTE)
    assert.equal(averageOf('bps', { values: [], total: 180 }, series), (180 * 8) / 150)
  })
})

describe('what does not add up', () => {
  const asked = answer(3, [
    [0, 'https', 8, 60],
    [2, 'dns', 16, 120],
  ])
  const of = (name: string): QueryAnswer => ({
    ...asked,
    columns: asked.columns.map((column) => (column.name === 'bps' ? { name, kind: 'f64' } : column)),
    totals: [
      [0, 9, 60],
      [2 * MINUTE, 17, 120],
    ],
  })

  it('has the total that was answered, not the sum of its parts', () => {
    const series = readSeries(of('bps.max'), ['service'], 'bps.max', 'bytes')
    assert.deepEqual(totalOf(series), [9, 0, 17])
  })

  it('is nothing in a bucket without traffic where it is a ratio', () => {
    const series = readSeries(of('bytes/packet'), ['service'], 'bytes/packet', 'bytes')
    assert.deepEqual(totalOf(series), [9, null, 17])
    assert.deepEqual(series.groups.find((group) => group.cells[0] === 'dns')?.values, [null, null, 16])
  })

  it('is drawn without Other where there are more series than colours', () => {
    const many = Array.from({ length: 14 }, (_, i) => ({ key: `${i}`, label: '', color: i, values: [1] }))
    const all = [...many, { key: OTHER_KEY, label: 'Other', color: undefined, values: [5] }]
    assert.deepEqual(
      chartSeries(all, 'unique(src.ip)').map(({ key }) => key),
      many.slice(0, 12).map(({ key }) => key),
    )
  })
})

describe('the table under the chart', () => {
  const data = answer(
    2,
    [
      [0, 'https', 8, 60],
      [1, 'https', 8, 60],
      [0, 'dns', 16, 120],
    ],
    [[0, 800, 6000]],
  )
  const series = readSeries(data, ['service'], 'bps', 'bytes')
  const drawn = series.groups.map((group, i) => ({
    key: group.key,
    label: group.key,
    color: group.other ? undefined : i,
    values: group.values,
  }))
  const { rows, total } = rowsOf(series, drawn, 'bps')

  it('adds up: shares to one, rows to the total', () => {
    assert.equal(total.total, 6240)
    assert.equal(
      rows.reduce((sum, row) => sum + row.total, 0),
      total.total,
    )
    assert.ok(Math.abs(rows.reduce((sum, row) => sum + (row.share ?? 0), 0) - 1) < 1e-12)
  })

  it('sorts by any column and keeps Other last', () => {
    const names = (sort: { column: string; descending: boolean }) =>
      sorted(rows, sort, ['service']).map((row) => row.cells[0])
    assert.deepEqual(names({ column: 'service', descending: false }), ['dns', 'https', null])
    assert.deepEqual(names({ column: 'service', descending: true }), ['https', 'dns', null])
    assert.deepEqual(names({ column: 'max', descending: false }), ['https', 'dns', null])
  })

  it('goes into a file as it stands, and every bucket can', () => {
    const table = tableOf([...rows, total], ['service'], 'bps')
    assert.deepEqual(
      table.columns.map((column) => column.name),
      ['service', 'bps.min', 'bps.avg', 'bps.p95', 'bps.max', 'bps.last', 'bytes.total', 'share'],
    )
    assert.deepEqual(
      table.rows.map((row) => row[0]),
      ['dns', 'https', 'Other', 'Total'].toSorted((a, b) => order(a) - order(b)),
    )
    assert.deepEqual(bucketsOf(series, ['service'], 'bps').rows[0], [
      '1970-01-01T00:00:00.000Z',
      rows[0]?.cells[0],
      rows[0]?.values[0],
    ])
  })

  const order = (name: string) =>
    [...rows.map((row) => (row.kind === 'other' ? 'Other' : row.cells[0])), 'Total'].indexOf(name)

  it('the chart names twelve series and draws the rest within Other', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({
      key: `k${i}`,
      label: `k${i}`,
      color: i % 12,
      values: [1, null],
    }))
    const charted = chartSeries(
      [...many, { key: OTHER_KEY, label: 'Other', color: undefined, values: [5, null] }],
      'bps',
    )
    assert.equal(charted.length, 13)
    assert.deepEqual(charted.at(-1)?.values, [13, null])
  })
})

describe('colours', () => {
  it('a value keeps its colour when its rank changes, and twelve at once are all different', () => {
    const first = new Map(colorIndexes('test', ['a', 'b', 'c']))
    const again = colorIndexes('test', ['c', 'a', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'])
    for (const key of ['a', 'b', 'c']) assert.equal(again.get(key), first.get(key))
    const shown = ['c', 'a', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'].map((key) => again.get(key))
    assert.equal(new Set(shown).size, 12)
  })
})

describe('axis', () => {
  it('has three to five lines above zero, the topmost not below the largest value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e15, noNaN: true }), (max) => {
        const { top, step } = timeScale(0, 1, max, 600, 300)
        const lines = Math.round(top / step)
        assert.ok(lines >= 3 && lines <= 5 && top >= max * (1 - 1e-12), `${max}: ${lines} lines of ${step}`)
      }),
    )
  })

  it('finds the time of a place and the place of a time', () => {
    const scale = timeScale(1000, 5000, 10, 600, 300)
    for (const time of [1000, 2345, 5000]) assert.ok(Math.abs(scale.timeAt(scale.x(time)) - time) < 1e-6)
    assert.equal(scale.timeAt(-50), 1000)
    assert.equal(scale.timeAt(5000), 5000)
  })
})

describe('flow diagram', () => {
  const node = fc.constantFrom('a', 'b', 'c', 'd', 'e', OTHER_KEY).map((key) => ({ key, label: key }))
  const links: fc.Arbitrary<FlowLink[]> = fc.uniqueArray(
    fc.record({ from: node, to: node, value: fc.integer({ min: 1, max: 1e9 }) }),
    {
      selector: (link) => `${link.from.key} ${link.to.key}`,
      minLength: 1,
    },
  )

  it('fits its height, and nodes are as high as their bands', () => {
    fc.assert(
      fc.property(links, (given) => {
        const layout = layOut(given, 300)
        for (const side of ['from', 'to'] as const) {
          for (const placed of layout[side]) {
            const value = given
              .filter((link) => link[side].key === placed.key)
              .reduce((sum, link) => sum + link.value, 0)
            assert.equal(placed.value, value)
            assert.ok(Math.abs(placed.height - value * layout.scale) < 1e-6)
            assert.ok(placed.y >= 0 && placed.y + placed.height <= 300.001)
          }
          assert.equal(
            layout[side].findIndex((placed) => placed.key === OTHER_KEY),
            layout[side].some((placed) => placed.key === OTHER_KEY) ? layout[side].length - 1 : -1,
          )
        }
        assert.equal(bandsOf(layout, 0, 100).length, given.length)
      }),
    )
  })
})

describe('another period in the answer', () => {
  const plain = answer(
    2,
    [
      [0, 'https', 8, 60],
      [1, 'https', 16, 120],
      // It had traffic in the other period alone.
      [1, 'dns', 0, 0],
    ],
    [[1, 4, 30]],
  )
  const was: readonly (readonly [number, number])[] = [
    [4, 30],
    [4, 30],
    [2, 15],
    [8, 60],
  ]
  const both: QueryAnswer = {
    ...plain,
    columns: [...plain.columns, { name: 'bps.before', kind: 'u64' }, { name: 'bytes.before', kind: 'u64' }],
    rows: plain.rows.map((row, i) => [...row, ...(was[i] ?? [])]),
    meta: {
      ...plain.meta,
      compare: { from: 0, to: 1, dataFrom: null, totals: { bytes: 135, packets: 0, flows: 0 } },
    },
  }
  const series = readSeries(both, ['service'], 'bps', 'bytes')

  it('has what each group was, and all of them bucket by bucket', () => {
    const before = readBefore(both, ['service'], 'bps', 'bytes', series)
    assert.deepEqual(before?.values, [4, 14])
    assert.equal(before?.total, 135)
    const drawn = series.groups.map(({ key, values }) => ({ key, label: key, color: 1, values }))
    const { rows, total } = rowsOf(series, drawn, 'bps', before)
    assert.deepEqual(
      rows.map(({ key, change }) => [key, change]),
      [
        ['https', 200],
        ['dns', -100],
        [OTHER_KEY, -50],
      ].map(([key, change]) => [
        key === OTHER_KEY ? key : series.groups.find((group) => group.cells[0] === key)?.key,
        change,
      ]),
    )
    assert.equal(total.change, (100 * (210 - 135)) / 135)
  })

  it('is not known where it was not kept from its start, and a gap stays one', () => {
    const cut: QueryAnswer = {
      ...both,
      meta: { ...both.meta, compare: { from: 0, to: 1, dataFrom: 1, totals: { bytes: 0, packets: 0, flows: 0 } } },
    }
    assert.equal(readBefore(cut, ['service'], 'bps', 'bytes', series), null)
    assert.equal(readBefore(plain, ['service'], 'bps', 'bytes', series), null)
  })
})
