import { COUNTER_STRUCTURES, type CounterEntry } from '../../src/shared/schema/counters.ts'
import type { Generator } from './generator.ts'

/** docs/reference/counters.md */
export const countersReference: Generator = {
  name: 'counters-reference',
  build: () => ({ 'docs/reference/counters.md': page() }),
}

function page(): string {
  const parts = COUNTER_STRUCTURES.map(({ label, format, content }) => {
    const rows = content
      .filter((entry): entry is Exclude<typeof entry, number> => typeof entry !== 'number')
      .map((entry: CounterEntry) => `| \`${entry.name}\` | ${entry.kind} | ${entry.unit} | ${entry.description} |`)
    return `## ${label}

sFlow structure 0:${format}.

| Name | Kind | Unit | What it is |
|---|---|---|---|
${rows.join('\n')}
`
  })
  return `# Counters

Generated from \`src/shared/schema/counters.ts\`. What devices count of themselves and send in the counter samples of sFlow, kept as time
series beside the flows, a file for each UTC day in \`counters/\` of the data folder. \`POST /api/counters\` gives them over time:
a \`counter\` as its rate a second, a \`gauge\` as it was; a \`state\` is a code. \`POST /api/interfaces\` sets interfaces beside
their flows ([how to compare them](../how-to/compare-flows-with-counters.md)).

A rate is the difference of two samples by the time between them. It is null, never 0, where that is not known: before the first
sample, where samples are more than 15 minutes apart, where the device started anew (its uptime says so) or a counter was set
back. A counter that wraps at 32 bits goes on. Of each source one sample a second is kept at most.

${parts.join('\n')}`
}
