/** What a cloud charges for, with its bytes, and from the configured prices the estimated cost. */
import { estimatedCost, PRICED_NAMES, type Priced } from '../../../shared/prices.ts'
import { narrowed, useView } from '../../app/search.ts'
import { exactnessOf } from '../../data/exactness.ts'
import { useQuestion } from '../../data/hooks.ts'
import { toNumber } from '../../data/numbers.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { AT_NAT, INTO_TRANSIT, TO_INTERNET, TO_OTHER_REGION } from './clauses.ts'
import { crossing, useEnds } from './ends.ts'
import { moneyText, usePrices } from './money.tsx'
import { texts } from './texts.ts'
import styles from './vpc.module.css'

interface CostRow {
  readonly key: string
  readonly label: string
  readonly bytes: number | null
  readonly price: number | undefined
  readonly cost: number | null
}

export function Costs() {
  const prices = usePrices()
  const zones = useEnds('az')
  const sums = {
    nat: useSum(AT_NAT),
    internet: useSum(TO_INTERNET),
    peeringOtherRegion: useSum(TO_OTHER_REGION),
    transitGateway: useSum(INTO_TRANSIT),
  }
  const bytesOf = (name: Priced): number | null =>
    name === 'crossZone'
      ? zones.pairs.length > 0
        ? crossing(zones.pairs)
        : null
      : toNumber(sums[name].data?.meta.totals.bytes)
  const rows = PRICED_NAMES.map((key): CostRow => {
    const bytes = bytesOf(key)
    return {
      key,
      label: texts.cost.names[key],
      bytes,
      price: prices?.perGigabyte[key],
      cost: bytes === null ? null : estimatedCost(prices, key, bytes),
    }
  })
  const priced = rows.filter(({ cost }) => cost !== null)
  const total: CostRow = {
    key: 'total',
    label: texts.cost.total,
    bytes: null,
    price: undefined,
    cost: priced.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
  }
  const columns: DataColumn<CostRow>[] = [
    { id: 'name', label: texts.cost.column, grow: true, cell: ({ label }) => label },
    {
      id: 'bytes',
      label: texts.bytes,
      align: 'right',
      cell: (row) => (row === total ? null : <NumberText value={row.bytes} unit="B" />),
    },
    ...(prices
      ? ([
          {
            id: 'price',
            label: texts.cost.price,
            align: 'right',
            wide: true,
            cell: (row) =>
              row === total
                ? null
                : row.price === undefined
                  ? moneyText(null, null)
                  : `${row.price}\u2009${prices.currency}`,
          },
          { id: 'cost', label: texts.cost.cost, align: 'right', cell: ({ cost }) => moneyText(cost, prices) },
        ] satisfies DataColumn<CostRow>[])
      : []),
  ]
  return (
    <Panel
      title={texts.cost.title}
      basis={
        sums.internet.data
          ? {
              parts: [prices ? texts.cost.basis(prices.currency) : texts.cost.bytesOnly],
              exactness: exactnessOf(sums.internet.data.meta),
            }
          : undefined
      }
      state={stateOf(sums.internet, { is: false, why: '' })}
    >
      <DataTable
        label={texts.cost.title}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        total={prices && priced.length > 0 ? total : undefined}
      />
      {prices ? null : (
        <div className={styles['prices']}>
          <Notice level="info" title={texts.cost.noPrices}>
            {' '}
            {texts.cost.how}
            <pre className={styles['code']}>{texts.cost.example}</pre>
          </Notice>
        </div>
      )}
    </Panel>
  )
}

/** Bytes of what fits, whichever scope the view has: each clause counts its traffic once. */
function useSum(clause: string) {
  const [view] = useView()
  return useQuestion({ groupBy: [], measures: ['bytes'], scope: 'all', filter: narrowed(view, clause) })
}
