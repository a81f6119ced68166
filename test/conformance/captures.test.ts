/**
 * Every capture, element by element: what the raw reader finds against an independent decode, record by record, in the
 * order on the wire.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { CONFIG } from '../../src/server/config/schema.ts'
import { RawReader } from '../../src/server/intake/raw/raw-reader.ts'
import type { RawRecord } from '../../src/server/intake/raw/record.ts'
import { cases, datagramsOf, goldenOf, noCaptures, type AnyGoldenRecord } from '../support/captures.ts'
import { collect } from '../support/rows.ts'

/** By case: where our result differs, and why it is right. */
const DIFFERING: Readonly<Record<string, string>> = {}

test('captures agree in every element', { skip: noCaptures }, async (t) => {
  const differing = new Map<string, string>()
  let [agreeing, records, elements] = [0, 0, 0]
  for (const { name } of cases()) {
    const wanted = goldenOf<AnyGoldenRecord>(name)
    const difference = compare(wanted, await read(name))
    if (difference === null) agreeing++
    else differing.set(name, difference)
    records += wanted.length
    for (const record of wanted) elements += (record.f ?? record.recs ?? []).length
  }
  const reasons = [...differing.keys()].map((name) => `${name} (${DIFFERING[name] ?? 'not known why'})`)
  t.diagnostic(
    `${agreeing} cases agree in every element, ${differing.size} differ${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''} (${records} records, ${elements} elements and structures)`,
  )
  assert.deepEqual(
    [...differing].filter(([name]) => !(name in DIFFERING)),
    [],
  )
  assert.deepEqual([...differing.keys()].toSorted(), Object.keys(DIFFERING).toSorted())
})

/** What the raw reader says of each datagram, by number from 1; without what had waited for a template. */
async function read(name: string): Promise<Map<number, RawRecord[]>> {
  const found = new Map<number, RawRecord[]>()
  let datagram: RawRecord[] = []
  const tap = new RawReader((record) => {
    if (!record.waited) datagram.push(record)
  })
  const { pipeline } = collect({ limits: CONFIG.parse({}).limits, tap })
  for (const [i, { payload, sourceAddress, timeMs }] of (await datagramsOf(name)).entries()) {
    datagram = []
    pipeline.receive(payload, sourceAddress, timeMs)
    found.set(i + 1, datagram)
  }
  return found
}

/** Null, or the first difference. */
function compare(wanted: readonly AnyGoldenRecord[], found: ReadonlyMap<number, RawRecord[]>): string | null {
  const byDatagram = new Map<number, string[]>()
  for (const record of wanted) {
    const list = byDatagram.get(record.d) ?? []
    byDatagram.set(record.d, list)
    list.push(goldenText(record))
  }
  for (const datagram of new Set([...byDatagram.keys(), ...found.keys()])) {
    const expected = byDatagram.get(datagram) ?? []
    const ours = (found.get(datagram) ?? []).map(ourText)
    const at = Array.from({ length: Math.max(expected.length, ours.length) }, (_, i) => i).find(
      (i) => expected[i] !== ours[i],
    )
    if (at !== undefined) return `datagram ${datagram}, record ${at + 1}: ${ours[at]} (golden: ${expected[at]})`
  }
  return null
}

function goldenText({ src, od, t, k, f = [], raw, agent, sub, sample, recs = [] }: AnyGoldenRecord): string {
  if (sample !== undefined) return `${agent} ${sub} ${sample} ${recs.map((pair) => pair.join('=')).join(' ')}`
  if (t === undefined) return `${src} ${raw}`
  return `${src} ${od} ${t} ${k} ${f.map(([enterprise, element, hex]) => `${enterprise}.${element}=${hex}`).join(' ')}`
}

function ourText({ exporter, domain, template, kind, structure, records = [], fields }: RawRecord): string {
  if (structure !== undefined)
    return `${exporter} ${domain} ${structure} ${records.map((each) => `${each.structure}=${each.hex}`).join(' ')}`
  if (template === undefined) return `${exporter} ${fields.map(({ hex }) => hex).join('')}`
  const pairs = fields.map(({ element = '', hex }) => `${element.includes('.') ? element : `0.${element}`}=${hex}`)
  return `${exporter} ${domain} ${template} ${kind === 'options' ? 'opt' : 'tpl'} ${pairs.join(' ')}`
}
