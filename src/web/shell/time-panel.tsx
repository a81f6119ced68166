/** Quick and recent ranges, a calendar, and times as text; always with what they mean in plain dates. */
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/dates/styles.css'
import { DatePicker } from '@mantine/dates'
import { useState } from 'react'
import { parseTime } from '../../shared/query/time.ts'
import { QUICK_RANGES, rangeName, textsOf, type RangeTexts } from '../data/range.ts'
import { dateTimeText, rangeText, zoneText } from '../data/times.ts'
import { Button } from '../parts/button.tsx'
import { FloatingPanel } from '../parts/floating-panel.tsx'
import { TEXTS } from '../texts.ts'
import { rememberedRanges } from './memory.ts'
import styles from './time-panel.module.css'

interface TimePanelProps {
  readonly anchor: HTMLElement
  readonly present: RangeTexts
  readonly onChoose: (range: RangeTexts) => void
  readonly onClose: () => void
}

const DAY_MS = 86_400_000

export default function TimePanel({ anchor, present, onChoose, onClose }: TimePanelProps) {
  const [from, setFrom] = useState(readable(present.from))
  const [to, setTo] = useState(readable(present.to))
  const [days, setDays] = useState<[string | null, string | null]>([null, null])
  const [recent] = useState(rememberedRanges)
  const [now] = useState(() => Date.now())
  const fromMs = read(from)
  const toMs = read(to)
  const problem =
    fromMs === null
      ? TEXTS.time.unreadable(from)
      : toMs === null
        ? TEXTS.time.unreadable(to)
        : fromMs >= toMs
          ? TEXTS.time.backwards
          : null
  const choose = (range: RangeTexts) => {
    onChoose(range)
    onClose()
    anchor.focus()
  }
  const apply = () => {
    if (fromMs === null || toMs === null || problem !== null) return
    const whole = textsOf(fromMs, toMs)
    choose({
      from: from.trim().startsWith('now') ? from.trim() : whole.from,
      to: to.trim().startsWith('now') ? to.trim() : whole.to,
    })
  }
  const pickDays = (value: [string | null, string | null]) => {
    setDays(value)
    if (value[0]) setFrom(`${value[0]} 00:00`)
    if (value[0]) setTo(endOfDay(value[1] ?? value[0]))
  }
  return (
    <FloatingPanel anchor={anchor} label={TEXTS.time.panel} onClose={onClose}>
      <div className={styles['columns']}>
        <div>
          <h3 className={styles['heading']}>{TEXTS.time.quick}</h3>
          <ul className={styles['list']}>
            {[...QUICK_RANGES, { from: 'now/d', to: 'now' }].map((range) => (
              <li key={range.from}>
                <button
                  type="button"
                  className={styles['range']}
                  aria-pressed={range.from === present.from && range.to === present.to}
                  onClick={() => choose(range)}
                >
                  {rangeName(range)}
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className={styles['heading']}>{TEXTS.time.absolute}</h3>
          <DatePicker
            type="range"
            size="xs"
            value={days}
            onChange={pickDays}
            allowSingleDateInRange
            maxDate={new Date(now)}
            weekendDays={[]}
            hideOutsideDates
            ariaLabels={TEXTS.time.calendar}
          />
        </div>
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            apply()
          }}
        >
          <h3 className={styles['heading']}>{TEXTS.time.exact}</h3>
          <label className={styles['label']}>
            {TEXTS.time.from}
            <input
              className={styles['input']}
              value={from}
              spellCheck={false}
              onChange={(event) => setFrom(event.target.value)}
            />
          </label>
          <label className={styles['label']}>
            {TEXTS.time.to}
            <input
              className={styles['input']}
              value={to}
              spellCheck={false}
              onChange={(event) => setTo(event.target.value)}
            />
          </label>
          <p className={problem ? styles['problem'] : styles['means']} role="status">
            {problem ?? `${rangeText(fromMs as number, toMs as number)}, ${zoneText(toMs as number)}`}
          </p>
          <p className={styles['hint']}>{TEXTS.time.examples}</p>
          <Button variant="filled" type="submit" disabled={problem !== null}>
            {TEXTS.time.apply}
          </Button>
          {recent.length > 0 ? (
            <>
              <h3 className={styles['heading']}>{TEXTS.time.recent}</h3>
              <ul className={styles['list']}>
                {recent.map((range) => (
                  <li key={`${range.from} ${range.to}`}>
                    <button type="button" className={styles['range']} onClick={() => choose(range)}>
                      {rangeName(range)}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </form>
      </div>
      <p className={styles['now']}>{TEXTS.time.now(dateTimeText(now), zoneText(now))}</p>
    </FloatingPanel>
  )
}

/** Local time `2026-11-17 13:05`, with or without time, or anything that the server reads as well. */
function read(text: string): number | null {
  const local = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(text.trim())
  if (!local) return parseTime(text.trim(), Date.now())
  const ms = new Date(`${local[1]}T${local[2] ?? '00:00'}`).getTime()
  return Number.isNaN(ms) ? null : ms
}

function readable(text: string): string {
  if (text.startsWith('now')) return text
  const ms = parseTime(text, Date.now())
  return ms === null ? text : localText(ms)
}

function localText(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString()
  return `${local.slice(0, 10)} ${local.slice(11, local.slice(17, 19) === '00' ? 16 : 19)}`
}

function endOfDay(day: string): string {
  const end = new Date(`${day}T00:00`).getTime() + DAY_MS
  return end > Date.now() ? 'now' : localText(end)
}
