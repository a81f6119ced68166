/** Step 3: what has arrived, ticking from live data. */
import { IconAlertTriangle, IconCheck, IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { SelectField } from '../../parts/field.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Tag } from '../../parts/tag.tsx'
import { arrivalSteps, type Exporter, type Health, type Step } from './arrival.ts'
import styles from './get-data.module.css'
import { texts } from './texts.ts'
import { useDeltas } from './use-deltas.ts'

interface WatchProps {
  readonly health: Health
  readonly exporters: readonly Exporter[]
  readonly exporter: Exporter | undefined
  readonly onChoose: (address: string) => void
  /** When the exporters were asked, epoch milliseconds. */
  readonly asOf: number
}

/** What the small picture looks back over, and how often it gains a bar. */
const SPAN_MS = 60_000

export function Watch({ health, exporters, exporter, onChoose, asOf }: WatchProps) {
  const steps = arrivalSteps(health, exporter, asOf)
  const done = steps.filter((step) => step.state === 'done').length
  return (
    <Panel
      title={texts.watch.title}
      className={`${styles['step']} ${styles['watch']}`}
      actions={
        <Tag tone={done === steps.length ? 'ok' : steps.some((step) => step.state === 'attention') ? 'warn' : 'plain'}>
          {texts.watch.done(done, steps.length)}
        </Tag>
      }
    >
      <div className={styles['inner']}>
        <SelectField
          label={texts.watch.exporter}
          mono
          disabled={exporters.length === 0}
          value={exporter?.address ?? ''}
          options={
            exporters.length === 0
              ? [{ value: '', label: texts.watch.any }]
              : exporters.map((one) => ({ value: one.address, label: one.address }))
          }
          onChange={onChoose}
        />
        <Pulse key={exporter?.address ?? ''} exporter={exporter} asOf={asOf} />
        <ol className={styles['steps']}>
          {steps.map((step) => (
            <StepItem key={step.id} step={step} />
          ))}
        </ol>
        <Link to="/health">{texts.watch.exporterPage}</Link>
      </div>
    </Panel>
  )
}

function StepItem({ step }: { readonly step: Step }) {
  const Icon = step.state === 'done' ? IconCheck : step.state === 'attention' ? IconAlertTriangle : IconDots
  return (
    <li data-step={step.id} data-state={step.state}>
      <span className={styles['mark']}>
        <Icon size={13} aria-hidden />
        <span className="visually-hidden">{texts.watch.states[step.state]}</span>
      </span>
      <div>
        <div className={styles['stepTitle']}>{step.title}</div>
        <div className={styles['stepDetail']}>{step.detail}</div>
      </div>
    </li>
  )
}

/** Datagrams of the last minute, one bar for each time that Weir was asked. */
function Pulse({ exporter, asOf }: { readonly exporter: Exporter | undefined; readonly asOf: number }) {
  const bars = useDeltas(exporter?.datagrams, asOf, SPAN_MS)
  const top = Math.max(1, ...bars.map((bar) => bar.count))
  const sum = bars.reduce((total, bar) => total + bar.count, 0)
  return (
    <div className={styles['pulse']} role="img" aria-label={texts.watch.pulse(sum)}>
      <div aria-hidden>
        <span>{texts.watch.datagrams}</span>
        <span>{texts.watch.lastMinute}</span>
      </div>
      <svg className={styles['bars']} viewBox="0 0 300 30" preserveAspectRatio="none" aria-hidden>
        <line x1="0" y1="29.5" x2="300" y2="29.5" stroke="var(--line-strong)" />
        {bars.map((bar) => {
          const height = bar.count === 0 ? 0 : Math.max(2, (bar.count / top) * 28)
          return (
            <rect
              key={bar.at}
              x={300 - ((asOf - bar.at) / SPAN_MS) * 300 - 4}
              y={29 - height}
              width="4"
              height={height}
              fill="var(--accent)"
            />
          )
        })}
      </svg>
    </div>
  )
}
