/** The panel that says what is different in a window of time: the values that make the difference, ranked. */
import { IconFilter, IconFilterOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { format, formatDuration, type Unit } from '../../../shared/schema/units.ts'
import { usePageSearch, useView } from '../../app/search.ts'
import { dateTimeText, rangeText } from '../../data/times.ts'
import { Button } from '../button.tsx'
import { Drawer } from '../drawer.tsx'
import { PanelBody, stateOf } from '../panel.tsx'
import { Segments } from '../segments.tsx'
import { shareText } from '../share-bar.tsx'
import { withPill } from '../value-menu.tsx'
import styles from './explain.module.css'
import { Named, Rows } from './rows.tsx'
import { AGAINST, explainCodec, type ExplainSearch } from './search.ts'
import { texts } from './texts.ts'
import { useComparison, type Comparison } from './use-comparison.ts'

interface ExplainProps {
  readonly window: NonNullable<ExplainSearch['explain']>
  readonly measure: Comparison['measure']
}

const UNITS = { bytes: 'bit/s', packets: 'packets/s', flows: 'flows/s' } as const satisfies Record<
  Comparison['measure'],
  Unit
>

export default function Explain({ window, measure }: ExplainProps) {
  const [view, setView] = useView()
  const [{ against }, set] = usePageSearch(explainCodec)
  const result = useComparison(window, against, measure)
  const { data } = result
  const unit = UNITS[measure]
  const length = window.toMs - window.fromMs
  const rate = (amount: number) => (amount * (measure === 'bytes' ? 8 : 1) * 1000) / length
  const onFilter = (clause: string, not: boolean) => setView({ pills: withPill(view.pills, clause, not) })
  const first = data?.rows[0]
  return (
    <Drawer
      title={texts.title}
      onClose={() => set({ explain: null })}
      foot={
        data && first ? (
          <>
            <Button variant="filled" onClick={() => onFilter(first.filter, false)}>
              <IconFilter size={15} aria-hidden /> {texts.keepFirst}
            </Button>
            <Button onClick={() => onFilter(first.filter, true)}>
              <IconFilterOff size={15} aria-hidden /> {texts.leaveFirst}
            </Button>
            <span className={styles['basis']}>
              {texts.basis(data.meta.compared.length, format(data.meta.flows.now, ''), data.meta.tookMs)}
            </span>
          </>
        ) : undefined
      }
    >
      <dl className={styles['spans']}>
        <Span
          name={texts.window}
          time={rangeText(window.fromMs, window.toMs)}
          amount={data?.total.now}
          {...{ rate, unit }}
        >
          {formatDuration(length)}
        </Span>
        <Span
          name={texts.baseline}
          time={data ? baselineText(data) : ''}
          amount={data?.total.before}
          {...{ rate, unit }}
        />
      </dl>
      <div className={styles['choice']}>
        <Segments
          label={texts.against}
          value={against}
          onChange={(next) => set({ against: next }, true)}
          segments={AGAINST.map((value) => ({ value, label: texts.choices[value] }))}
        />
      </div>
      <PanelBody
        state={stateOf(
          result,
          {
            is: data?.rows.length === 0,
            why: texts.nothing,
            remedy:
              against === 'before' ? undefined : (
                <Button onClick={() => set({ against: 'before' }, true)}>{texts.wider}</Button>
              ),
          },
          partialOf(data),
        )}
      >
        {data ? <Told {...{ data, rate, unit, onFilter }} /> : null}
      </PanelBody>
    </Drawer>
  )
}

interface ToldProps {
  readonly data: Comparison
  readonly rate: (amount: number) => number
  readonly unit: Unit
  readonly onFilter: (clause: string, not: boolean) => void
}

function Told({ data, rate, unit, onFilter }: ToldProps) {
  const { rows, within, total } = data
  const largest = Math.max(...rows.map(({ difference }) => Math.abs(difference)))
  const rising = (rows[0]?.difference ?? total.difference) > 0
  const main = rows.filter(({ difference }) => difference > 0 === rising)
  const others = rows.filter(({ difference }) => difference > 0 !== rising)
  const shared = { largest, rate, unit, onFilter }
  const clause = rows[0]?.filter ?? ''
  return (
    <>
      <Summary {...{ data, rate, unit }} />
      <div className={styles['heads']} aria-hidden="true">
        <span>{texts.value}</span>
        <span>{texts.shares}</span>
        <span>{texts.change(unit)}</span>
      </div>
      <Rows label={rising ? texts.more : texts.less} rows={main} first={1} {...shared} />
      {within && (within.rows.length > 0 || within.distinct.length > 0) ? (
        <section aria-label={texts.within(clause)}>
          <h3 className={styles['section']}>
            {texts.within(clause)} <span>{texts.ofIt}</span>
          </h3>
          <ul className={styles['inner']}>
            {within.rows.map((row) => (
              <li key={row.filter}>
                <Named row={row} />
                <span>{shareText(row.share)}</span>
              </li>
            ))}
            {within.distinct.map(({ field, before, now }) => (
              <li key={field}>
                <span className={styles['named']}>
                  <span className={styles['field']}>{field}</span>
                </span>
                <span>
                  {before.toLocaleString('en')} → <strong>{now.toLocaleString('en')}</strong> {texts.values}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {others.length > 0 ? (
        <>
          <h3 className={styles['section']}>{rising ? texts.less : texts.more}</h3>
          <Rows label={rising ? texts.less : texts.more} rows={others} first={main.length + 1} {...shared} />
        </>
      ) : null}
    </>
  )
}

/** One sentence: how much more or less, and most of it is what. */
function Summary({ data, rate, unit }: Pick<ToldProps, 'data' | 'rate' | 'unit'>) {
  const { total, rows } = data
  const first = rows[0]
  const amount = format(rate(Math.abs(total.difference)), unit)
  const share = total.change === null ? '' : ` (${total.change > 0 ? '+' : '−'}${shareText(Math.abs(total.change))})`
  const [words, by, change] = total.difference > 0 ? texts.rose(amount, share) : texts.fell(amount, share)
  const explains = first && first.share !== null && first.share >= 0.1 && first.share <= 1
  return (
    <p className={styles['summary']}>
      {total.difference === 0 ? (
        texts.same
      ) : (
        <>
          {words}
          <strong>{by}</strong>
          {change}
          {first ? (
            <>
              {explains ? texts.because(shareText(first.share)) : texts.telling}
              <Named row={first} />
              {explains
                ? ''
                : texts.withAmount(`${first.difference > 0 ? '+' : ''}${format(rate(first.difference), unit)}`)}
            </>
          ) : null}
          .
        </>
      )}
    </p>
  )
}

interface SpanProps {
  readonly name: string
  readonly time: string
  readonly amount: number | undefined
  readonly rate: (amount: number) => number
  readonly unit: Unit
  readonly children?: ReactNode
}

function Span({ name, time, amount, rate, unit, children }: SpanProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{time}</strong> <span className={styles['faint']}>{children}</span>
      </dd>
      <dd className={styles['rate']}>{amount === undefined ? '' : format(rate(amount), unit)}</dd>
    </div>
  )
}

function baselineText({ against, meta }: Comparison): string {
  if (meta.usual !== null) return texts.usual[meta.usual](against.length)
  return against.map(({ from, to }) => rangeText(from, to)).join(', ')
}

/** What is missing from the picture. */
function partialOf(data: Comparison | undefined): string | undefined {
  if (!data) return undefined
  const { left, dataFrom } = data.meta
  const parts = [
    ...(left.length > 0 ? [texts.left(left)] : []),
    ...(dataFrom === null ? [] : [texts.dataFrom(dateTimeText(dataFrom))]),
  ]
  return parts.length > 0 ? parts.join(' ') : undefined
}
