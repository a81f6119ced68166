/** All figures in one run, one table. See scripts/bench.mjs. */
import { cpus } from 'node:os'
import { cloudwatch } from './cloudwatch.ts'
import { dashboards } from './dashboards.ts'
import { decode } from './decode.ts'
import { endToEnd } from './end-to-end.ts'
import { filter } from './filter.ts'
import { footprint } from './footprint.ts'
import { logs } from './logs.ts'
import { page } from './page.ts'
import { store } from './store.ts'
import { table, type Figure } from './support/figure.ts'
import { volume } from './volume.ts'

const PARTS: Record<string, () => Promise<Figure[]>> = {
  decode,
  logs: () => logs(),
  filter,
  store,
  footprint,
  page,
  endToEnd,
  dashboards,
  cloudwatch,
}

/** Only where it is asked for, with options of its own: it takes long. */
const [first, ...options] = process.argv.slice(2)
const asked = first === 'volume' ? [first] : process.argv.slice(2)
for (const name of asked) {
  if (!(name in PARTS) && name !== 'volume') {
    console.error(`no bench ${name}; there are ${Object.keys(PARTS).join(', ')}, and volume, alone`)
    process.exit(2)
  }
}
const figures: Figure[] = []
if (first === 'volume') figures.push(...(await volume(options)))
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.error(`measuring: ${name} …`)
  figures.push(...(await part()))
}
console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}\n`)
console.log(table(figures))
