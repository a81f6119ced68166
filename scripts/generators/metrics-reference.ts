import { METRICS } from '../../src/server/health/metrics.ts'
import type { Generator } from './generator.ts'

/** docs/reference/metrics.md */
export const metricsReference: Generator = {
  name: 'metrics-reference',
  build: () => ({ 'docs/reference/metrics.md': page() }),
}

function page(): string {
  const rows = METRICS.map(
    (metric) =>
      `| \`${metric.name}\` | ${metric.type} | ${(metric.labels ?? []).map((label) => `\`${label}\``).join(' ')} | ${metric.help} |`,
  )
  return `# Metrics

Generated from \`src/server/health/metrics.ts\`. \`GET /metrics\` answers in Prometheus' text format:

\`\`\`
scrape_configs:
  - job_name: weir
    static_configs:
      - targets: ['127.0.0.1:3055']
\`\`\`

Two questions worth an alert: \`rate(weir_lost_total[5m]) > 0\` (something is lost) and \`rate(weir_flows_total[5m]) == 0\` (nothing comes in).

| Name | Type | Labels | What it is |
|---|---|---|---|
${rows.join('\n')}
`
}
