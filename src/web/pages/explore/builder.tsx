/** The question's parts, as controls. */
import {
  IconChartAreaLine,
  IconChartBar,
  IconChartLine,
  IconChevronDown,
  IconGripVertical,
  IconPlus,
  IconTable,
  IconX,
} from '@tabler/icons-react'
import { lazy, Suspense, useRef, type ReactNode } from 'react'
import { addsUp, describeMeasure } from '../../../shared/query/measures.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { Button } from '../../parts/button.tsx'
import { MenuButton, type MenuEntry } from '../../parts/menu-button.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useAnchor } from '../../parts/use-anchor.ts'
import { TEXTS } from '../../texts.ts'
import styles from './builder.module.css'
import {
  chartOf,
  CHARTS,
  COMPARED,
  EXPLORE_MEASURES,
  INTERVALS,
  TOPS,
  type ExploreChart,
  type ExploreSearch,
} from './search.ts'
import { texts } from './texts.ts'

const FieldPicker = lazy(() => import('./field-picker.tsx'))

const ICONS: Record<ExploreChart, ReactNode> = {
  stacked: <IconChartAreaLine size={16} stroke={1.6} aria-hidden />,
  lines: <IconChartLine size={16} stroke={1.6} aria-hidden />,
  bars: <IconChartBar size={16} stroke={1.6} aria-hidden />,
  table: <IconTable size={16} stroke={1.6} aria-hidden />,
}

interface BuilderProps {
  readonly search: ExploreSearch
  readonly onChange: (change: Partial<ExploreSearch>) => void
  /** The interval that the answer has: `1 min`. */
  readonly interval: string | null
  readonly actions: ReactNode
}

export function Builder({ search, onChange, interval, actions }: BuilderProps) {
  return (
    <section className={styles['builder']} aria-label={texts.question}>
      <div className={styles['row']}>
        <Choice
          label={texts.measure}
          value={describeMeasure(search.measure).label}
          entries={EXPLORE_MEASURES.map((measure) => ({
            label: describeMeasure(measure).label,
            hint: describeMeasure(measure).unit,
            checked: measure === search.measure,
            onSelect: () => onChange({ measure }),
          }))}
        />
        <GroupBy by={search.by} onChange={(by) => onChange({ by })} />
        <Choice
          label={texts.show}
          value={texts.top(search.top)}
          hint={texts.andOther}
          entries={TOPS.map((top) => ({
            label: texts.top(top),
            checked: top === search.top,
            onSelect: () => onChange({ top }),
          }))}
        />
        <Choice
          label={texts.interval}
          value={search.interval === 'auto' ? (interval ?? texts.auto) : search.interval}
          hint={search.interval === 'auto' && interval !== null ? texts.auto : undefined}
          entries={INTERVALS.map((each) => ({
            label: each,
            checked: each === search.interval,
            onSelect: () => onChange({ interval: each }),
          }))}
        />
        {addsUp(search.measure) ? (
          <Choice
            label={texts.compare}
            value={texts.compared[search.compare]}
            entries={COMPARED.map((compare) => ({
              label: texts.compared[compare],
              checked: compare === search.compare,
              onSelect: () => onChange({ compare }),
            }))}
          />
        ) : null}
        <div className={styles['actions']}>{actions}</div>
      </div>
      <div className={styles['row']}>
        <Segments
          label={texts.chart}
          value={chartOf(search)}
          onChange={(chart) => onChange({ chart })}
          segments={CHARTS.filter((chart) => addsUp(search.measure) || chart === 'lines' || chart === 'table').map(
            (chart) => ({ value: chart, label: texts.charts[chart], icon: ICONS[chart] }),
          )}
        />
      </div>
    </section>
  )
}

function Choice({
  label,
  value,
  hint,
  entries,
}: {
  readonly label: string
  readonly value: string
  readonly hint?: string | undefined
  readonly entries: readonly MenuEntry[]
}) {
  return (
    <span className={styles['choice']}>
      <span className={styles['label']} aria-hidden="true">
        {label}
      </span>
      <MenuButton label={`${label}: ${value} ${hint ?? ''}`} entries={entries} className={styles['value']}>
        {value} {hint ? <span className={styles['hint']}>{hint}</span> : null}
        <IconChevronDown size={14} aria-hidden />
      </MenuButton>
    </span>
  )
}

/** Chips that can be dragged into another order, or moved by their menu. */
function GroupBy({
  by,
  onChange,
}: {
  readonly by: readonly FieldName[]
  readonly onChange: (by: readonly FieldName[]) => void
}) {
  const { anchor, close, handlers } = useAnchor()
  const dragged = useRef<FieldName | null>(null)
  const move = (name: FieldName, to: number) => {
    const rest = by.filter((each) => each !== name)
    onChange([...rest.slice(0, to), name, ...rest.slice(to)])
  }
  const remove = (name: FieldName) => onChange(by.filter((each) => each !== name))
  return (
    <span className={styles['choice']}>
      <span className={styles['label']}>{texts.groupBy}</span>
      <span className={styles['chips']}>
        {by.length === 0 ? <span className={styles['hint']}>{texts.total}</span> : null}
        {by.map((name, at) => (
          <span
            key={name}
            className={styles['chip']}
            draggable
            onDragStart={(event) => {
              dragged.current = name
              event.dataTransfer.effectAllowed = 'move'
            }}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault()
              if (dragged.current !== null && dragged.current !== name) move(dragged.current, at)
            }}
          >
            <IconGripVertical size={12} aria-hidden />
            <MenuButton
              label={texts.chip(name)}
              className={styles['chipName']}
              entries={[
                { label: texts.left, disabled: at === 0, onSelect: () => move(name, at - 1) },
                { label: texts.right, disabled: at === by.length - 1, onSelect: () => move(name, at + 1) },
                { label: texts.remove, onSelect: () => remove(name) },
              ]}
            >
              {name}
            </MenuButton>
            <button
              type="button"
              className={styles['remove']}
              aria-label={`${texts.remove} ${name}`}
              onClick={() => remove(name)}
            >
              <IconX size={12} aria-hidden />
            </button>
          </span>
        ))}
        <Button
          variant="subtle"
          icon
          small
          aria-label={texts.add}
          aria-haspopup="dialog"
          aria-expanded={anchor !== null}
          {...handlers}
        >
          <IconPlus size={15} aria-hidden />
        </Button>
        {anchor ? (
          <Suspense>
            <FieldPicker
              anchor={anchor}
              taken={by}
              onPick={(name) => onChange([...by, name])}
              onClose={close}
              label={TEXTS.fieldPicker}
            />
          </Suspense>
        ) : null}
      </span>
    </span>
  )
}
