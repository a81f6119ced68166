/** When the two ends of a record were seen, over all that is kept. */
import { format } from '../../../shared/schema/units.ts'
import { toNumber } from '../../data/numbers.ts'
import { seenText, useSeen, type Seen } from '../../data/seen.ts'
import { DayStrip } from '../../parts/day-strip.tsx'
import styles from './flows.module.css'
import recordStyles from './record.module.css'
import type { FlowRecord } from './record.ts'
import { texts } from './texts.ts'

const DAY_MS = 86_400_000
/** Days in the strip. */
const SHOWN = 30

export function SeenEnds({ record }: { readonly record: FlowRecord }) {
  const addresses = [...new Set([record['src.ip'], record['dst.ip']])].flatMap((value) =>
    typeof value === 'string' ? [value] : [],
  )
  if (addresses.length === 0) return null
  return (
    <section className={recordStyles['section']}>
      <h3>{texts.record.seen}</h3>
      {addresses.map((address) => (
        <SeenAddress key={address} address={address} />
      ))}
    </section>
  )
}

function SeenAddress({ address }: { readonly address: string }) {
  const { data, error } = useSeen(address)
  if (error) return <p role="alert">{error.message}</p>
  return (
    <div className={recordStyles['seen']}>
      <strong>{address}</strong>
      {data ? (
        <>
          <DayStrip label={texts.record.days(address, SHOWN)} days={lastDays(data)} />
          <span className={styles['faint']}>
            {seenText(data)}
            {data.notIndexed.length > 0 ? texts.record.notIndexed(data.notIndexed.length) : ''}
          </span>
        </>
      ) : (
        <span className={styles['faint']}>{texts.loading}</span>
      )}
    </div>
  )
}

function lastDays({ days }: Seen) {
  const flows = new Map(
    days.map(({ day, sent, received }) => [day, (toNumber(sent?.flows) ?? 0) + (toNumber(received?.flows) ?? 0)]),
  )
  const today = Math.floor(Date.now() / DAY_MS)
  return Array.from({ length: SHOWN }, (_, i) => {
    const day = new Date((today - SHOWN + 1 + i) * DAY_MS).toISOString().slice(0, 10)
    const value = flows.get(day) ?? 0
    return { day, value, title: `${day}: ${format(value, 'flows')}` }
  })
}
