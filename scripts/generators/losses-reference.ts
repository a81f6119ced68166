import { FILTERED } from '../../src/shared/filtered.ts'
import { LOSSES } from '../../src/shared/losses.ts'
import type { Generator } from './generator.ts'

/** docs/reference/losses.md */
export const lossesReference: Generator = {
  name: 'losses-reference',
  build: () => ({ 'docs/reference/losses.md': page() }),
}

function page(): string {
  const rows = Object.entries(LOSSES).map(
    ([name, loss]) => `| \`${name}\` | ${loss.station} | ${loss.unit} | ${loss.meaning} | ${loss.remedy} |`,
  )
  const filtered = Object.entries(FILTERED).map(([name, { unit, meaning }]) => `| \`${name}\` | ${unit} | ${meaning} |`)
  return `# Losses

Generated from \`src/shared/losses.ts\`. These are the only places where data can be lost. Each is counted; the counts stand on Health, in
\`intake.lost\` of \`GET /api/health\`, by exporter in \`GET /api/exporters\`, and as \`weir_lost_total{name="…"}\` in [the metrics](metrics.md).
What an exporter sent and never arrived is not among them: sequence numbers tell of it (\`sequence.missing\` of \`GET /api/exporters\`).

| Name | Station | Counted in | What happened | What to do |
|---|---|---|---|---|
${rows.join('\n')}

## Kept out, as you want it

What the configuration keeps out ([how to](../how-to/filter-at-the-intake.md)) is no loss, and counted apart: in \`intake.filtered\` of
\`GET /api/health\`, on Health, and as \`weir_filtered_total{name="…"}\`.

| Name | Counted in | What |
|---|---|---|
${filtered.join('\n')}
`
}
