/** Which zones, subnets or VPCs talk to each other: rows send, columns receive. */
import { estimatedCost } from '../../../shared/prices.ts'
import { format } from '../../../shared/schema/units.ts'
import { narrowed, usePageSearch, useView } from '../../app/search.ts'
import { exactnessOf } from '../../data/exactness.ts'
import { useQuestion } from '../../data/hooks.ts'
import { toNumber } from '../../data/numbers.ts'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { shareText } from '../../parts/share-bar.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { LEAVES } from './clauses.ts'
import { crossing, useEnds, type Pair } from './ends.ts'
import { moneyText, usePrices } from './money.tsx'
import { ENDS, vpcCodec } from './state.ts'
import { texts } from './texts.ts'
import styles from './vpc.module.css'

/** Rows and columns that are drawn; the largest. */
const MOST = 8

export function Zones() {
  const [view] = useView()
  const [{ zones: by }, set] = usePageSearch(vpcCodec)
  const prices = usePrices()
  const ends = useEnds(by)
  const all = useQuestion({ groupBy: [], measures: ['bytes'], scope: 'all', filter: narrowed(view, LEAVES) })
  const names = largest(ends.pairs)
  const known = ends.pairs.reduce((sum, { bytes }) => sum + bytes, 0)
  const most = Math.max(1, ...ends.pairs.map(({ bytes }) => bytes))
  const crossed = crossing(ends.pairs)
  const cost = by === 'az' ? estimatedCost(prices, 'crossZone', crossed) : null
  const bytes = new Map(ends.pairs.map((pair) => [`${pair.from} ${pair.to}`, pair.bytes]))
  return (
    <Panel
      title={texts.zones.title[by]}
      basis={
        ends.data
          ? {
              parts: [texts.zones.basis(shareText(known / (toNumber(all.data?.meta.totals.bytes) || known || 1)))],
              exactness: exactnessOf(ends.data.meta),
            }
          : undefined
      }
      state={stateOf(ends, { is: ends.pairs.length === 0, why: texts.zones.none })}
      actions={
        <Segments
          label={texts.zones.by}
          value={by}
          onChange={(zones) => set({ zones })}
          segments={ENDS.map((value) => ({ value, label: texts.zones.names[value] }))}
        />
      }
    >
      <p className={styles['sentence']}>
        {texts.zones.crossing(
          format(crossed, 'B'),
          shareText(known > 0 ? crossed / known : null),
          cost === null ? null : moneyText(cost, prices),
        )}
      </p>
      <div
        className={styles['scroll']}
        tabIndex={0}
        role="region"
        aria-label={texts.zones.matrix(texts.zones.names[by])}
      >
        <table className={styles['matrix']} aria-label={texts.zones.matrix(texts.zones.names[by])}>
          <thead>
            <tr>
              <th scope="col">{texts.zones.from}</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  <Value of={[{ field: `dst.${by}`, value: name }]}>{name}</Value>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((from) => (
              <tr key={from}>
                <th scope="row">
                  <Value of={[{ field: `src.${by}`, value: from }]}>{from}</Value>
                </th>
                {names.map((to) => {
                  const value = bytes.get(`${from} ${to}`) ?? 0
                  return (
                    <td
                      key={to}
                      className={from === to ? styles['within'] : undefined}
                      style={{ '--heat': `${Math.round((value / most) * 100)}%` } as React.CSSProperties}
                    >
                      {value === 0 ? (
                        <span className={styles['faint']}>0</span>
                      ) : (
                        <Value
                          of={[
                            { field: `src.${by}`, value: from },
                            { field: `dst.${by}`, value: to },
                          ]}
                        >
                          <NumberText value={value} unit="B" />
                        </Value>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

/** The names that carry most, in the order of the alphabet. */
function largest(pairs: readonly Pair[]): readonly string[] {
  const sums = new Map<string, number>()
  for (const { from, to, bytes } of pairs)
    for (const name of new Set([from, to])) sums.set(name, (sums.get(name) ?? 0) + bytes)
  return [...sums]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([name]) => name)
    .toSorted()
}
