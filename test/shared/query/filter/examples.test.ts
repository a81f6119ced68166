/** The examples of docs/reference/filter-language.md, each against the flows that stand there. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { KnownNames } from '../../../../src/server/known-names.ts'
import { serviceKeysByName } from '../../../../src/server/registry/services.ts'
import { parseFilter } from '../../../../src/shared/query/filter/parse.ts'
import { field, type FieldName } from '../../../../src/shared/schema/fields.ts'
import { parseIp, parseMac } from '../../../../src/shared/schema/ip.ts'
import { evaluate } from '../../../support/evaluate-filter.ts'

const page = readFileSync(new URL('../../../../docs/reference/filter-language.md', import.meta.url), 'utf8')
const names = new KnownNames(
  async () => [
    {
      address: '192.0.2.2',
      name: 'edge-2',
      interfaces: new Map([[1, { name: 'xe-1', description: 'uplink' }]]),
    },
    {
      address: '192.0.2.1',
      name: null,
      interfaces: new Map([
        [1, { name: 'ge-0/0/1', description: '' }],
        [2, { name: 'ge-0/0/2', description: 'to the office' }],
      ]),
    },
  ],
  { '192.0.2.1': { name: 'Edge-1' } },
  () =>
    new Map([
      ['office', 'ip:10.0.0.0/24'],
      ['web', 'server.port:(80 or 443) and not @office'],
      ['loop', '@round or tcp'],
      ['round', 'udp or @loop'],
      ['broken', 'port:70000'],
    ]),
)
await names.refresh(0)

/** Flows of the page end here; the examples' "now" is half an hour later. */
const endMs = Date.UTC(2026, 10, 24, 10)
const nowMs = endMs + 1_800_000

describe('examples of the filter language', () => {
  const [header = [], ...rows] = table('| Flow |')
  const flows = rows.map((row) => new Map(header.map((name, i) => [name.trim(), row[i] ?? ''])))

  it('there are flows and examples', () => assert.ok(flows.length > 5 && table('| Filter | Flows |').length > 80))

  for (const [cell = '', matches = ''] of table('| Filter | Flows |').slice(1)) {
    const filter = code(cell)
    it(filter, () => {
      const parsed = parseFilter(filter, names, nowMs)
      assert.deepEqual(parsed.problems, [])
      const found = flows
        .filter((flow) => evaluate(parsed.filter, (name) => valueOf(flow, name)))
        .map((flow) => flow.get('Flow'))
      assert.equal(found.join(' '), matches)
    })
  }

  for (const [cell = '', message = ''] of table('| Filter | Message |').slice(1)) {
    const filter = code(cell)
    it(`refused: ${filter}`, () => {
      const { filter: meaning, problems } = parseFilter(filter, names, nowMs)
      assert.equal(meaning, null)
      const problem = problems[0]
      assert.equal(problem?.message, message)
      assert.ok(
        problem.from >= 0 && problem.from <= problem.to && problem.to <= filter.length,
        'its place is outside of the text',
      )
    })
  }
})

/** Cells of the table whose header line starts like this, header first. */
function table(start: string): string[][] {
  const lines = page.slice(page.indexOf(start)).split('\n\n')[0]?.split('\n') ?? []
  return lines
    .filter((line) => !/^\|[-|]+$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
}

function code(cell: string): string {
  return /^`(.*)`$/.exec(cell)?.[1] ?? cell
}

/** What stands in the page's table, as a number of the field's domain, or text. */
function valueOf(flow: ReadonlyMap<string, string>, name: FieldName): bigint | string | null {
  if (name === 'end') return BigInt(endMs)
  if (name === 'start') return BigInt(endMs - Number(flow.get('duration')))
  const { kind, codes, derived } = field(name)
  if (derived?.op === 'side') {
    const initiator = flow.get('initiator') ?? ''
    return initiator === ''
      ? null
      : valueOf(flow, ((initiator === 'src') === (derived.side === 'client') ? derived.src : derived.dst) as FieldName)
  }
  const text = flow.get(name) ?? ''
  if (text === '') return null
  if (kind === 'keyword') return text
  if (kind === 'ip') return parseIp(text)
  if (kind === 'mac') return parseMac(text)
  if (kind === 'code') return BigInt((codes ?? []).indexOf(text))
  if (kind === 'service') return BigInt(serviceKeysByName(text)[0] as number)
  return BigInt(text)
}
