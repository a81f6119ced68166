/**
 * How long completion takes over a data folder, such as one made by `weir demo --data FOLDER --history 30d`:
 * `node --import tsx bench/suggest.ts FOLDER [RANGE]`.
 */
import type { AnswerOf } from '../src/shared/api/contract.ts'
import { Server } from './support/server.ts'

const TYPED = [
  'src.ip:',
  'src.ip:10.1',
  'ip:192.168.',
  'dst.port:44',
  'service:ht',
  'https',
  'proto:t',
  'exporter:',
  'in.if:',
  'src.as:1',
  'proto:udp and dst.ip:1',
  'service:https and src.port:5',
  'ip:10.0.0.0/8 and not port:443 and service:',
]
const ROUNDS = 5

const [folder, range = '30d'] = process.argv.slice(2)
if (folder === undefined) {
  console.error('which folder? node --import tsx bench/suggest.ts FOLDER [RANGE]')
  process.exit(2)
}
const server = await Server.start(folder)
try {
  const { newest, flows } = (await server.call('health')).store
  console.log(`${flows.toLocaleString('en')} flows, over ${range} to the newest\n`)
  console.log('| typed | p50 | p95 | looked at | offers |\n|---|---|---|---|---|')
  for (const text of TYPED) {
    const took: number[] = []
    let last: AnswerOf<'suggest'> | undefined
    for (let i = 0; i < ROUNDS; i++) {
      const began = performance.now()
      last = await suggest(text, (newest ?? Date.now()) + i)
      took.push(performance.now() - began)
    }
    took.sort((a, b) => a - b)
    const at = (share: number) => `${Math.round(took[Math.floor((ROUNDS - 1) * share)] as number)} ms`
    const { meta, items } = last as AnswerOf<'suggest'>
    console.log(
      `| \`${text}\` | ${at(0.5)} | ${at(1)} | ${meta.flows.toLocaleString('en')}${meta.complete ? ' (all)' : ''} | ${items.length} |`,
    )
  }
} finally {
  await server.stop()
}

/** Over a range that nobody has asked about yet. */
async function suggest(filter: string, toMs: number): Promise<AnswerOf<'suggest'>> {
  const asked = new URLSearchParams({ filter, from: String(toMs - lengthMs(range)), to: String(toMs) })
  const response = await fetch(`${server.http}/api/suggest?${asked}`)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as AnswerOf<'suggest'>
}

function lengthMs(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 }
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? 1)
}
