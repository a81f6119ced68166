/** Start and end of a flow, in absolute milliseconds, from whatever the template has. */
import { elementType } from '../../registry/elements.ts'
import type { Place, Plan } from '../normalise/plan.ts'
import { PLAUSIBLE_AHEAD_MS, PLAUSIBLE_FROM_MS, UPTIME_AHEAD_MS } from '../normalise/time.ts'
import type { RecordWriter } from './record-writer.ts'

/** A life longer than this (49 days) is not kept where the end had to be replaced. */
const LONGEST_LIFE_MS = 2 ** 32

export function writeTimes(w: RecordWriter, plan: Plan): void {
  const { special } = plan
  const [end, endDelta, endUptime] = [special.end[0], special.endDelta[0], special.endUptime[0]]
  const [start, startDelta, startUptime] = [special.start[0], special.startDelta[0], special.startUptime[0]]
  const init = special.systemInit[0]
  const duration = special.durationMs[0] ? w.number(special.durationMs[0]) : special.durationMicros[0] ? `Math.floor(${w.number(special.durationMicros[0])} / 1000)` : null
  w.before.push(`const exported = run.exportMs, latest = received + ${PLAUSIBLE_AHEAD_MS}`)
  w.before.push(`const base = exported + ${UPTIME_AHEAD_MS}`)
  w.setValid('start')
  w.setValid('end')

  if (init) {
    w.line(`const init = ${moment(w, init)}`)
    w.line(`const up = init >= ${PLAUSIBLE_FROM_MS} && init <= exported ? (exported - init) >>> 0 : run.uptimeMs`)
  } else w.before.push('const up = run.uptimeMs')

  const life = endUptime && startUptime ? `(${w.number(endUptime)} - ${w.number(startUptime)}) >>> 0` : null
  const beginning = start
    ? moment(w, start)
    : startDelta
      ? `exported - Math.ceil(${w.number(startDelta)} / 1000)`
      : startUptime
        ? `up < 0 ? end - ${life ? `h.life(${life})` : '0'} : ${uptime(w, startUptime)}`
        : duration
          ? `end - ${duration}`
          : 'end'
  const finish = end
    ? moment(w, end)
    : endDelta
      ? `exported - Math.ceil(${w.number(endDelta)} / 1000)`
      : endUptime
        ? `up < 0 ? exported : ${uptime(w, endUptime)}`
        : start && duration
          ? `${beginning} + ${duration}`
          : 'exported'
  w.line(`let end = ${finish}`)
  w.line(`let start = ${beginning}`)
  if (end || start || duration || init) {
    w.line(`if (!(end >= ${PLAUSIBLE_FROM_MS} && end <= latest)) { const life = end - start; end = exported; start = life >= 0 && life < ${LONGEST_LIFE_MS} ? end - life : end }`)
    w.line(`if (!(start >= ${PLAUSIBLE_FROM_MS} && start <= end)) start = end`)
  } else if (startDelta || startUptime) w.line('if (start > end) start = end')
  w.line(w.storeDouble('end', 'end'))
  w.line(w.storeDouble('start', 'start'))
}

/** An absolute time as milliseconds, by the element's data type (RFC 7011 §6.1.7 to §6.1.10). */
export function moment(w: RecordWriter, place: Place): string {
  switch (elementType(place.key)) {
    case 'dateTimeSeconds':
      return `${w.number(place)} * 1000`
    case 'dateTimeMicroseconds':
    case 'dateTimeNanoseconds':
      return `h.ntp(v.getUint32(${w.at(place)}), v.getUint32(${w.at(place, 4)}))`
    default:
      return w.number(place)
  }
}

/** Milliseconds since boot, against the header's (`up` at `exported`); both wrap at 2^32. */
function uptime(w: RecordWriter, place: Place): string {
  return `base - ((up + ${UPTIME_AHEAD_MS} - ${w.number(place)}) >>> 0)`
}
