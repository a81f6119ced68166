/** What Prometheus reads. The list says it all: the text and `docs/reference/metrics.md` derive from it. */
import { Counter, Gauge, Registry } from 'prom-client'
import { FILTERED_NAMES } from '../../shared/filtered.ts'
import { LOSSES, LOSS_NAMES } from '../../shared/losses.ts'
import type { CounterName } from '../counters.ts'
import { version } from '../version.ts'
import { cpuSeconds, type Health } from './health.ts'

/** One value, or one for each set of labels. */
type Values = number | readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]

interface Metric {
  readonly name: string
  readonly type: 'counter' | 'gauge'
  readonly help: string
  readonly labels?: readonly string[]
  readonly read: (health: Health) => Values | Promise<Values>
}

const counted = (name: CounterName) => (health: Health) => health.counters.get(name)

export const METRICS: readonly Metric[] = [
  { name: 'weir_datagrams_total', type: 'counter', help: 'Datagrams received.', read: counted('datagrams') },
  { name: 'weir_received_bytes_total', type: 'counter', help: 'Bytes of datagrams received.', read: counted('bytes') },
  { name: 'weir_records_total', type: 'counter', help: 'Flow records and samples read.', read: counted('records') },
  { name: 'weir_flows_total', type: 'counter', help: 'Flows decoded.', read: counted('flows') },
  { name: 'weir_options_total', type: 'counter', help: 'Option records read.', read: counted('options') },
  {
    name: 'weir_counter_samples_total',
    type: 'counter',
    help: 'Counter samples received: what devices count of themselves.',
    read: counted('counterSamples'),
  },
  {
    name: 'weir_templates_total',
    type: 'counter',
    help: 'Templates received that were new or changed.',
    read: counted('templates'),
  },
  { name: 'weir_stored_flows_total', type: 'counter', help: 'Flows committed to disk.', read: counted('stored') },
  { name: 'weir_commits_total', type: 'counter', help: 'Commits of the store.', read: counted('commits') },
  {
    name: 'weir_lost_total',
    type: 'counter',
    help: 'What was lost, by the place where it was; docs/reference/losses.md says what each means.',
    labels: ['name', 'station'],
    read: (health) =>
      LOSS_NAMES.map((name) => ({ labels: { name, station: LOSSES[name].station }, value: health.counters.get(name) })),
  },
  {
    name: 'weir_filtered_total',
    type: 'counter',
    help: 'What the configuration keeps out at the intake; none of it is lost.',
    labels: ['name'],
    read: (health) => FILTERED_NAMES.map((name) => ({ labels: { name }, value: health.counters.get(name) })),
  },
  {
    name: 'weir_listener_connections',
    type: 'gauge',
    help: 'Open connections of TCP and TLS listeners.',
    labels: ['listener'],
    read: async (health) =>
      (await health.listeners()).flatMap(({ url, connections }) =>
        connections === null ? [] : [{ labels: { listener: url }, value: connections }],
      ),
  },
  { name: 'weir_exporters', type: 'gauge', help: 'Exporters known.', read: counted('exporters') },
  {
    name: 'weir_waiting_sets',
    type: 'gauge',
    help: 'Sets that wait for their template.',
    read: counted('waitingSets'),
  },
  {
    name: 'weir_queued_batches',
    type: 'gauge',
    help: 'Batches on their way to the store.',
    read: counted('queuedBatches'),
  },
  {
    name: 'weir_commit_longest_seconds',
    type: 'gauge',
    help: 'Longest commit since the start.',
    read: (health) => health.counters.get('longestCommitMs') / 1000,
  },
  {
    name: 'weir_store_flows',
    type: 'gauge',
    help: 'Flows in the store.',
    read: async (health) => (await health.store()).flows,
  },
  {
    name: 'weir_store_bytes',
    type: 'gauge',
    help: 'Bytes of the store on disk.',
    read: async (health) => (await health.store()).bytesOnDisk,
  },
  {
    name: 'weir_kept_bytes',
    type: 'gauge',
    help: 'Bytes on disk: of flows (raw), of sums by minute and by hour, of counters.',
    labels: ['kept'],
    read: async (health) =>
      (await health.store()).retention.kept.map(({ name, bytesOnDisk }) => ({
        labels: { kept: name },
        value: bytesOnDisk,
      })),
  },
  {
    name: 'weir_kept_since_seconds',
    type: 'gauge',
    help: 'Start of the oldest day that is kept, in seconds since 1970.',
    labels: ['kept'],
    read: async (health) =>
      (await health.store()).retention.kept.flatMap(({ name, fromMs }) =>
        fromMs === null ? [] : [{ labels: { kept: name }, value: fromMs / 1000 }],
      ),
  },
  {
    name: 'weir_retention_deleted_bytes_total',
    type: 'counter',
    help: 'Bytes deleted because they were too old or had no room.',
    read: async (health) => (await health.store()).retention.dropped.bytes,
  },
  {
    name: 'weir_retention_room_bytes',
    type: 'gauge',
    help: 'Bytes that may still be written until the oldest day has to go.',
    read: async (health) => (await health.store()).retention.roomBytes ?? Number.NaN,
  },
  {
    name: 'weir_questions_total',
    type: 'counter',
    help: 'Questions asked.',
    read: (health) => health.questions().asked,
  },
  {
    name: 'weir_questions_failed_total',
    type: 'counter',
    help: 'Questions that failed or took too long.',
    read: (health) => health.questions().failed,
  },
  {
    name: 'weir_exporter_flows_total',
    type: 'counter',
    help: 'Flows decoded, by exporter.',
    labels: ['exporter'],
    read: async (health) =>
      (await health.exporters()).map((exporter) => ({ labels: { exporter: exporter.address }, value: exporter.flows })),
  },
  {
    name: 'weir_exporter_missing_total',
    type: 'counter',
    help: 'Missing by sequence number: lost before Weir.',
    labels: ['exporter', 'unit'],
    read: async (health) =>
      (await health.exporters()).map(({ address, sequence }) => ({
        labels: { exporter: address, unit: sequence.unit },
        value: sequence.missing,
      })),
  },
  {
    name: 'weir_exporter_out_of_order_total',
    type: 'counter',
    help: 'Messages that came late or twice, by sequence number.',
    labels: ['exporter', 'how'],
    read: async (health) =>
      (await health.exporters()).flatMap(({ address, sequence }) => [
        { labels: { exporter: address, how: 'late' }, value: sequence.reordered },
        { labels: { exporter: address, how: 'twice' }, value: sequence.duplicates },
      ]),
  },
  { name: 'weir_uptime_seconds', type: 'gauge', help: 'Since the start.', read: (health) => health.uptimeSeconds() },
  {
    name: 'weir_info',
    type: 'gauge',
    help: 'Always 1; its label is the version.',
    labels: ['version'],
    read: () => [{ labels: { version }, value: 1 }],
  },
  {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory in use.',
    read: () => process.memoryUsage.rss(),
  },
  { name: 'process_cpu_seconds_total', type: 'counter', help: 'CPU time of all threads.', read: () => cpuSeconds() },
]

/** All metrics as they are now, in Prometheus' text format. */
export async function metricsText(health: Health): Promise<{ type: string; text: string }> {
  const registry = new Registry()
  await Promise.all(
    METRICS.map(async (metric) => {
      const values = await Promise.resolve(metric.read(health)).catch(() => [])
      const options = {
        name: metric.name,
        help: metric.help,
        labelNames: [...(metric.labels ?? [])],
        registers: [registry],
      }
      const list = typeof values === 'number' ? [{ labels: {}, value: values }] : values
      if (metric.type === 'counter') {
        const counter = new Counter(options)
        for (const { labels, value } of list) counter.inc(labels, value)
      } else {
        const gauge = new Gauge(options)
        for (const { labels, value } of list) gauge.set(labels, value)
      }
    }),
  )
  return { type: registry.contentType, text: await registry.metrics() }
}
