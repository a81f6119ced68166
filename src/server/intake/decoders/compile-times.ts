/** Start and end of a flow, in absolute milliseconds, from whatever the template has. */
import { elementType } from '../../registry/elements.ts'
import { isReverse } from '../normalise/elements.ts'
import type { Place, Plan } from '../normalise/plan.ts'
import { LONGEST_IDLE_MS, PLAUSIBLE_AHEAD_MS, PLAUSIBLE_FROM_MS, UPTIME_AHEAD_MS } from '../normalise/time.ts'
import type { Times } from './kernel.ts'
import type { RecordWriter } from './record-writer.ts'

/** A life longer than this (49 days) is not kept where the end had to be replaced. */
const LONGEST_LIFE_MS = 2 ** 32

/**
 * Absolute times go before those that count from the message or from boot, and those before durations. Where nothing says
 * when a flow ended, it ended when it was exported; where nothing says when it began, it has no duration.
 */
export function writeTimes(w: RecordWriter, plan: Plan): void {
  const { special } = plan
  const {
    endUptime: [endUptime],
    startUptime: [startUptime],
    systemInit: [systemInit],
  } = special
  w.setValid('start')
  w.setValid('end')
  w.before.push(`const exported = run.exportMs, base = exported + ${UPTIME_AHEAD_MS}`)
  if (endUptime || startUptime) writeUptime(w, systemInit)

  const plain = plainTimes(plan)
  const lines = () => writeLines(w, plan)
  if (!plain) return lines()
  w.times(plain.form, plain.start, plain.end)
  if (plain.form === 'uptime') w.oddSets.push('up < 0')
  w.oddly(lines)
}

/** Two times of one usual form, and nothing that goes before them or beside. */
function plainTimes({ special, reverse, netScaler }: Plan): { form: Times['form']; start: Place; end: Place } | null {
  const { start, end, startDelta, endDelta, startUptime, endUptime, systemInit } = special
  const others = [startDelta, endDelta].flat().length
  if (reverse || netScaler || others > 0) return null
  if (start[0] && end[0]) {
    const [form, other] = [start[0], end[0]].map(formOf)
    return form && form === other ? { form, start: start[0], end: end[0] } : null
  }
  if (start[0] || end[0] || systemInit[0] || startUptime[0]?.length !== 4 || endUptime[0]?.length !== 4) return null
  return { form: 'uptime', start: startUptime[0], end: endUptime[0] }
}

function formOf(place: Place): 'milliseconds' | 'seconds' | null {
  const type = elementType(place.key)
  if (place.length === 4 && (type === 'dateTimeSeconds' || type === '')) return 'seconds'
  return place.length === 8 && (type === 'dateTimeMilliseconds' || type === '') ? 'milliseconds' : null
}

function writeLines(w: RecordWriter, plan: Plan): void {
  const { special } = plan
  const {
    end: [end],
    start: [start],
    endDelta: [endDelta],
    startDelta: [startDelta],
    endUptime: [endUptime],
    startUptime: [startUptime],
  } = special
  const duration = durationOf(w, plan)
  const began = start ? moment(w, start, plan.netScaler) : startDelta ? before(w, startDelta) : null
  if (end) w.line(`let end = ${moment(w, end, plan.netScaler)}`)
  else if (endDelta) w.line(`let end = ${before(w, endDelta)}`)
  else if (endUptime) {
    w.line(`const last = ${w.number(endUptime)}, ago = ${ago('last')}`)
    w.line(`const onClock = up >= 0 && ago <= ${LONGEST_IDLE_MS + UPTIME_AHEAD_MS}`)
    w.line('let end = onClock ? base - ago : exported')
  } else w.line(`let end = ${began && duration ? `${began} + ${duration}` : 'exported'}`)

  if (began) w.line(`let start = ${began}`)
  else if (startUptime) {
    w.line(`const first = ${w.number(startUptime)}`)
    const [onClock, life] =
      endUptime && !end && !endDelta ? ['onClock', 'h.life((last - first) >>> 0)'] : ['up >= 0', '0']
    w.line(`let start = ${onClock} ? base - ${ago('first')} : end - ${life}`)
  } else w.line(`let start = ${duration ? `end - ${duration}` : 'end'}`)

  const delay = special.reverseDelay[0]
  if (plan.reverse && delay && !(start && isReverse(start.key))) w.line(`start += ${w.number(delay)}`)

  if (end || start || duration) writeChecks(w)
  else w.line('if (start > end) start = end')
  w.line(w.storeDouble('end', 'end'))
  w.line(w.storeDouble('start', 'start'))
}

/**
 * An absolute time as milliseconds, by the element's data type (RFC 7011 §6.1.7 to §6.1.10); where that is not known, four
 * octets are seconds and eight are milliseconds. `microsInFraction` is for Citrix NetScaler, whose fraction counts
 * microseconds.
 */
export function moment(w: RecordWriter, place: Place, microsInFraction = false): string {
  switch (elementType(place.key)) {
    case 'dateTimeSeconds':
      return `${w.number(place)} * 1000`
    case 'dateTimeMicroseconds':
    case 'dateTimeNanoseconds':
      return `h.${microsInFraction ? 'ntpMicros' : 'ntp'}(v.getUint32(${w.at(place)}), v.getUint32(${w.at(place, 4)}), exported)`
    default:
      return place.length === 4 ? `${w.number(place)} * 1000` : w.number(place)
  }
}

/** Times that cannot be true are replaced by the message's, with the flow's duration kept where that can be. */
function writeChecks(w: RecordWriter): void {
  w.before.push(`const latest = run.receivedMs + ${PLAUSIBLE_AHEAD_MS}`)
  w.line(`if (!(end >= ${PLAUSIBLE_FROM_MS} && end <= latest)) {
const life = end - start
end = exported
start = life >= 0 && life < ${LONGEST_LIFE_MS} ? end - life : end
}
if (!(start >= ${PLAUSIBLE_FROM_MS} && start <= end)) start = end`)
}

/** `up`: milliseconds from the exporter's boot to the export, -1 where that is not known. */
function writeUptime(w: RecordWriter, systemInit: Place | undefined): void {
  if (!systemInit) {
    w.before.push('const up = run.uptimeMs')
    return
  }
  w.line(`const boot = ${moment(w, systemInit)}`)
  w.line(`const up = boot >= ${PLAUSIBLE_FROM_MS} && boot <= exported ? (exported - boot) >>> 0 : run.uptimeMs`)
}

/** How long before `base` an uptime was. Both uptimes wrap at 2^32. */
function ago(uptime: string): string {
  return `((up + ${UPTIME_AHEAD_MS} - ${uptime}) >>> 0)`
}

/** An offset in microseconds back from the export (RFC 5102 §5.9). */
function before(w: RecordWriter, place: Place): string {
  return `exported - Math.ceil(${w.number(place)} / 1000)`
}

function durationOf(w: RecordWriter, { special }: Plan): string | null {
  const {
    durationMs: [ms],
    durationMicros: [micros],
  } = special
  return ms ? w.number(ms) : micros ? `Math.floor(${w.number(micros)} / 1000)` : null
}
