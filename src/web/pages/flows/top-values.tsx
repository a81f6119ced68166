/** The most frequent values of a field among the records that match, each with its share, + and −. */
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Field } from '../../../shared/schema/fields.ts'
import { format } from '../../../shared/schema/units.ts'
import { useView, viewParams } from '../../app/search.ts'
import { readTop, type TopRow } from '../../data/answers.ts'
import { clauseOf } from '../../data/clause.ts'
import { groupsOf } from '../../data/exactness.ts'
import { useQuestion } from '../../data/hooks.ts'
import { valueText } from '../../data/value-text.ts'
import { Button } from '../../parts/button.tsx'
import { toNumber } from '../../data/numbers.ts'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { withPill } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import styles from './flows.module.css'
import ownStyles from './top-values.module.css'
import { texts } from './texts.ts'

const LIMIT = 5

export function TopValues({ field }: { readonly field: Field }) {
  if (field.role !== 'dimension') {
    return (
      <div className={ownStyles['top']}>
        <p>{field.description}</p>
        <p className={styles['faint']}>{field.role === 'time' ? texts.fields.time : texts.fields.measure}</p>
      </div>
    )
  }
  return <Top field={field} />
}

function Top({ field }: { readonly field: Field }) {
  const [view, setView] = useView()
  const result = useQuestion({
    groupBy: [field.name],
    measures: ['flows'],
    orderBy: 'flows',
    limit: LIMIT,
    other: true,
  })
  const rows = result.data ? readTop(result.data, [field.name], 'flows') : []
  const total = toNumber(result.data?.meta.totals.flows) ?? 0
  const filter = (row: TopRow, not: boolean) =>
    setView({ pills: withPill(view.pills, clauseOf([{ field: field.name, value: row.cells[0] ?? null }]), not) })
  return (
    <div className={ownStyles['top']}>
      <p>{field.description}</p>
      <PanelBody state={stateOf(result, { is: rows.length === 0, why: texts.fields.topEmpty })}>
        <p className={styles['faint']}>
          {texts.fields.top(
            rows.filter((row) => !row.other).length,
            result.data ? groupsOf(result.data.meta) : null,
            format(total, ''),
          )}
        </p>
        <ul>
          {rows.map((row) => {
            const text = row.other ? TEXTS.other : valueText(field.name, row.cells[0] ?? null)
            const share = total === 0 ? 0 : row.value / total
            return (
              <li key={row.key} className={ownStyles['topRow']}>
                <span className={ownStyles['topName']}>
                  <span title={text} className={field.name === 'tcp.flags' ? styles['mono'] : undefined}>
                    {text}
                  </span>
                  <span className={styles['faint']}>{(share * 100).toFixed(1)} %</span>
                  <i
                    className={row.other ? ownStyles['otherBar'] : undefined}
                    style={{ width: `${Math.min(1, share) * 100}%` }}
                  />
                </span>
                {row.other ? null : (
                  <>
                    <Button icon small aria-label={texts.fields.not(text)} onClick={() => filter(row, true)}>
                      <IconMinus size={13} aria-hidden />
                    </Button>
                    <Button icon small aria-label={texts.fields.only(text)} onClick={() => filter(row, false)}>
                      <IconPlus size={13} aria-hidden />
                    </Button>
                  </>
                )}
              </li>
            )
          })}
        </ul>
      </PanelBody>
      <Link to="/explore" search={{ ...viewParams(view), by: field.name }}>
        {texts.fields.explore}
      </Link>
    </div>
  )
}
