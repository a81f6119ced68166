/** All figures in one run, one table. See scripts/bench.mjs. */
import { cpus } from 'node:os'
import { dashboards } from './dashboards.ts'
import { decode } from './decode.ts'
import { endToEnd } from './end-to-end.ts'
import { footprint } from './footprint.ts'
import { page } from './page.ts'
import { store } from './store.ts'
import { table, type Figure } from './support/figure.ts'

const PARTS: Record<string, () => Promise<Figure[]>> = { decode, store, footprint, page, endToEnd, dashboards }

const asked = process.argv.slice(2)
for (const name of asked) {
  if (!(name in PARTS)) {
    console.error(`no bench ${name}; there are ${Object.keys(PARTS).join(', ')}`)
    process.exit(2)
  }
}
const figures: Figure[] = []
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.error(`measuring: ${name} …`)
  figures.push(...(await part()))
}
console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}\n`)
console.log(table(figures))
