/** All that is known of one exporter. */
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { LOSSES, type LossName } from '../../../shared/losses.ts'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import { clauseOf } from '../../data/clause.ts'
import type { Exporter } from '../../data/hooks.ts'
import { agoText, dateTimeText } from '../../data/times.ts'
import { buttonClass } from '../../parts/button.tsx'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { Drawer } from '../../parts/drawer.tsx'
import { exact } from '../../data/numbers.ts'
import { protocolName } from '../../parts/protocols.ts'
import { Tag } from '../../parts/tag.tsx'
import styles from './health.module.css'
import { Interfaces } from './interfaces.tsx'
import { texts } from './texts.ts'
import { UnknownElements } from './unknown-elements.tsx'

type Template = Exporter['templates'][number]
type TemplateField = Template['fields'][number]
/** IPFIX's length of fields that say their own (RFC 7011 §7). */
const VARIABLE = 65_535

const hasTemplates = (protocol: string): boolean => protocol === 'ipfix' || protocol === 'netflow9'

export function ExporterDrawer({
  exporter,
  asOf,
  onClose,
}: {
  readonly exporter: Exporter
  readonly asOf: number
  readonly onClose: () => void
}) {
  const pills = clauseOf([{ field: 'exporter', value: exporter.address }])
  return (
    <Drawer
      over
      title={exporter.name === '' ? exporter.address : `${exporter.name}, ${exporter.address}`}
      onClose={onClose}
      foot={
        <>
          <Link to="/flows" search={{ pills }} className={buttonClass({ variant: 'filled' })}>
            {texts.drawer.records}
          </Link>
          <Link to="/explore" search={{ pills }} className={buttonClass()}>
            {texts.drawer.explore}
          </Link>
        </>
      }
    >
      <div className={styles['sections']}>
        <Section title={texts.drawer.summary}>
          <Summary exporter={exporter} asOf={asOf} />
        </Section>
        <Section title={texts.interfaces.title}>
          <Interfaces exporter={exporter.address} />
        </Section>
        <Section title={texts.drawer.losses}>
          <Losses exporter={exporter} />
        </Section>
        <Section title={texts.drawer.sampling}>
          {exporter.sampling.length === 0 ? (
            <p>{texts.drawer.samplingNone}</p>
          ) : (
            <DataTable
              label={texts.drawer.sampling}
              columns={SAMPLING}
              rows={exporter.sampling}
              rowKey={(one) => `${one.domain} ${one.sampler}`}
            />
          )}
        </Section>
        <Section title={texts.drawer.templates}>
          {exporter.templates.length === 0 ? (
            <p>{exporter.protocols.some(hasTemplates) ? texts.drawer.templatesGone : texts.drawer.templatesNone}</p>
          ) : (
            exporter.templates.map((one) => (
              <TemplateDetails key={`${one.domain} ${one.id}`} template={one} asOf={asOf} />
            ))
          )}
        </Section>
        <Section title={texts.drawer.unknown}>
          <UnknownElements elements={exporter.unknownElements} />
        </Section>
      </div>
    </Drawer>
  )
}

const SAMPLING: readonly DataColumn<Exporter['sampling'][number]>[] = [
  { id: 'domain', label: texts.drawer.samplingColumns.domain, align: 'right', cell: (one) => one.domain },
  { id: 'sampler', label: texts.drawer.samplingColumns.sampler, cell: (one) => one.sampler || '–' },
  { id: 'rate', label: texts.drawer.samplingColumns.rate, align: 'right', cell: (one) => exact(one.rate) },
  { id: 'source', label: texts.drawer.samplingColumns.source, cell: (one) => one.source },
  {
    id: 'dropped',
    label: texts.drawer.samplingColumns.dropped,
    align: 'right',
    cell: (one) => (one.dropped === undefined ? '–' : exact(one.dropped)),
  },
]

const FIELDS: readonly DataColumn<TemplateField & { readonly at: number }>[] = [
  {
    id: 'element',
    label: texts.drawer.fieldColumns.element,
    align: 'right',
    cell: (field) => <code>{field.element}</code>,
  },
  { id: 'name', label: texts.drawer.fieldColumns.name, grow: true, cell: (field) => field.name },
  {
    id: 'length',
    label: texts.drawer.fieldColumns.length,
    align: 'right',
    cell: (field) => (field.length === VARIABLE ? texts.drawer.variable : field.length),
  },
  {
    id: 'known',
    label: texts.drawer.fieldColumns.known,
    cell: (field) => (field.known ? texts.drawer.kept : <span className={styles['warn']}>{texts.drawer.notKept}</span>),
  },
]

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Summary({ exporter, asOf }: { readonly exporter: Exporter; readonly asOf: number }) {
  const { about } = texts.drawer
  const time = (ms: number): string => `${dateTimeText(ms, true)}, ${agoText(asOf - ms)}`
  const lines: readonly [string, string][] = [
    [about.protocols, exporter.protocols.map(protocolName).join(', ') || '–'],
    [about.domains, exporter.domains.join(', ') || '–'],
    [about.firstSeen, time(exporter.firstSeen)],
    [about.lastSeen, time(exporter.lastSeen)],
    [about.datagrams, exact(exporter.datagrams)],
    [about.records, exact(exporter.records)],
    [about.flows, exact(exporter.flows)],
    [about.options, exact(exporter.options)],
    [about.sequence, texts.drawer.missing(exporter.sequence.missing, exporter.sequence.unit)],
    [about.resets, exact(exporter.sequence.resets)],
    [about.outOfOrder, texts.drawer.outOfOrder(exporter.sequence.reordered, exporter.sequence.duplicates)],
    [about.clock, clockText(exporter.clockOffsetMs, exporter.clockCorrectionMs)],
    ...toldLines(exporter),
    ...deviceLines(exporter.device),
  ]
  return (
    <dl className={styles['about']}>
      {lines.map(([term, text]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What the device says of itself; nothing where it says nothing. */
function deviceLines({ samples, name, release, latest }: Exporter['device']): readonly [string, string][] {
  const { about, busy, load, free } = texts.drawer
  const used = latest['cpu.1m']
  const waiting = latest['host.load.1m']
  const total = latest['memory.total'] ?? latest['host.memory']
  const rest = latest['memory.free'] ?? latest['host.memory.free']
  return [
    ...(samples > 0 ? [[about.samples, exact(samples)] as const] : []),
    ...(name === null ? [] : [[about.device, release ? `${name}, ${release}` : name] as const]),
    ...(used === undefined ? [] : [[about.processor, busy(used)] as const]),
    ...(waiting === undefined ? [] : [[about.load, load(waiting, latest['host.cpus'] ?? null)] as const]),
    ...(total === undefined || rest === undefined
      ? []
      : [[about.memory, free(format(rest, 'B'), format(total, 'B'))] as const]),
  ].map(([term, text]) => [term, text])
}

/** What it has told of itself and of its numbers; nothing of what it has not. */
function toldLines({ ports, interfaces, applications, vrfs, statistics }: Exporter): readonly [string, string][] {
  const { about } = texts.drawer
  const names = texts.drawer.names(interfaces.length, applications, vrfs.length)
  return [
    ...(ports.length > 0 ? [[about.ports, ports.join(', ')] as const] : []),
    ...(names === '' ? [] : [[about.names, names] as const]),
    ...statistics.map(({ domain, name, value }) => [texts.drawer.counts(name, domain), exact(value)] as const),
  ].map(([term, text]) => [term, text])
}

function clockText(offset: number | null, correction: number): string {
  if (offset === null) return texts.drawer.clockUnknown
  if (correction !== 0) return texts.drawer.corrected(clockText(offset, 0))
  const off = formatDuration(Math.abs(Math.round(offset)))
  return offset < 0 ? texts.drawer.behind(off) : texts.drawer.ahead(off)
}

function Losses({ exporter }: { readonly exporter: Exporter }) {
  const lost = Object.entries(exporter.lost).filter(([, count]) => count > 0)
  if (lost.length === 0) return <p>{texts.drawer.lossesNone}</p>
  return (
    <dl className={styles['about']}>
      {lost.map(([name, count]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt className={styles['mono']} style={{ gridColumn: '1 / -1' }}>
            {name} <span className={styles['bad']}>{exact(count)}</span>
          </dt>
          <dd style={{ gridColumn: '1 / -1' }}>
            {LOSSES[name as LossName].meaning} {LOSSES[name as LossName].remedy}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A template's fields are drawn only once somebody opens it: an exporter may have hundreds of them. */
function TemplateDetails({ template, asOf }: { readonly template: Template; readonly asOf: number }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles['template']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{texts.drawer.templateTitle(template.id, template.domain)}</strong>
        <Tag>{template.options ? texts.drawer.templateKind.options : texts.drawer.templateKind.data}</Tag>
        <small>
          {texts.drawer.templateDetail(template.fields.length, template.records, agoText(asOf - template.lastSeen))}
        </small>
      </summary>
      {open ? (
        <DataTable
          label={texts.drawer.templateTitle(template.id, template.domain)}
          columns={FIELDS}
          rows={template.fields.map((field, at) => ({ ...field, at }))}
          rowKey={(field) => String(field.at)}
        />
      ) : null}
    </details>
  )
}
