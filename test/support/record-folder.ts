// Records test/fixtures/folder-1 anew, a data folder as format 1 was first written. It is there to stay as it is: later versions
// must open it. node --import tsx test/support/record-folder.ts
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { keepSiteFields } from '../../src/server/stores/site-fields.ts'
import { addSiteFields } from '../../src/shared/schema/fields.ts'
import type { PlainFlow } from './batches.ts'
import { counterBatchOf } from './counters.ts'
import { keep, openStore } from './store.ts'

const target = fileURLToPath(new URL('../fixtures/folder-1', import.meta.url))
const NOON = Date.UTC(2026, 10, 24, 12)
const DAY_MS = 86_400_000
const FIELDS = [
  { name: 'my.ticket', element: '4000', kind: 'u64', label: 'Ticket', description: 'A field of the site.' },
] as const

const folder = mkdtempSync(join(tmpdir(), 'weir-folder-'))
addSiteFields(FIELDS)
const store = await openStore(folder)
const flows = Array.from({ length: 100 }, (_, i): PlainFlow & { readonly 'my.ticket': number } => ({
  start: NOON + i * 1000 - 30_000,
  end: NOON + i * 1000 + (i < 50 ? 0 : DAY_MS),
  received: NOON + i * 1000 + DAY_MS,
  exporter: '192.0.2.1',
  'src.ip': i % 2 === 0 ? `10.0.0.${i}` : `2001:db8::${i.toString(16)}`,
  'dst.ip': '198.51.100.1',
  'src.port': 50_000 + i,
  'dst.port': 443,
  proto: 6,
  bytes: 1000 + i,
  packets: 10,
  app: i % 3 === 0 ? 'web' : null,
  'my.ticket': i,
}))
await keep(store, flows)
for (const [i, octets] of [0, 6000, 18_000].entries())
  await store.appendCounters(
    counterBatchOf([{ receivedMs: NOON + i * 60_000, uptimeMs: 1e9 + i * 60_000, values: { 'in.bytes': octets } }]),
    Math.floor(NOON / DAY_MS),
  )
await store.close()
keepSiteFields(folder, FIELDS)

rmSync(target, { recursive: true, force: true })
for (const file of [
  'weir.json',
  'fields.json',
  'flows/2026-11-24.duckdb',
  'flows/2026-11-25.duckdb',
  'counters/2026-11-24.duckdb',
]) {
  mkdirSync(dirname(join(target, file)), { recursive: true })
  writeFileSync(join(target, `${file}.gz`), gzipSync(readFileSync(join(folder, file)), { level: 9 }))
}
rmSync(folder, { recursive: true })
