/** What a person should know or mend. Each check looks at the facts and says what it finds, with the remedy. */
import type { AnswerOf } from '../../shared/api/contract.ts'
import { LOSSES, type LossName } from '../../shared/losses.ts'
import { format } from '../../shared/schema/units.ts'
import type { ExporterStatus, ListenerStatus, StoreStatus } from '../messages.ts'
import { LATELY_MS } from './samples.ts'

export type Finding = AnswerOf<'health'>['findings'][number]

export interface Facts {
  readonly nowMs: number
  readonly lostLately: readonly (readonly [LossName, number])[]
  readonly waitingSets: number
  /** Without its answer, listeners and exporters are not known. */
  readonly intakeAnswers: boolean
  readonly listeners: readonly ListenerStatus[]
  readonly exporters: readonly ExporterStatus[]
  readonly store: StoreStatus
  /** Why what exporters tell cannot be saved, and what was wrong with what was saved before. */
  readonly stateFile: { readonly problem: string | null; readonly found: string | null }
  /** Of the file system that holds the data folder; null where it cannot be read. */
  readonly disk: { readonly free: number; readonly size: number } | null
  /** The address that page and API answer on, where it can be reached from other machines. */
  readonly openAddress: string | null
}

/** Errors first, then warnings. */
export function findingsOf(facts: Facts): Finding[] {
  const order = ['error', 'warn', 'info']
  return CHECKS.flatMap((check) => check(facts)).toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
}

const CLOCK_OFF_MS = 30_000
const SILENT_MS = 5 * 60_000
const FORGOTTEN_MS = 24 * 3_600_000
/** Most exporters that one finding names. */
const NAMED = 5

const countersError = ({ store }: Facts): Finding[] =>
  store.counters.lastError === null
    ? []
    : [
        {
          level: 'error',
          code: 'counters.error',
          message: `The counters that devices send cannot be written: ${store.counters.lastError}`,
          remedy: 'Free disk space, or look into the log; Weir goes on as soon as it can write.',
        },
      ]

const storeError = ({ store }: Facts): Finding[] =>
  store.lastError === null
    ? []
    : [
        {
          level: 'error',
          code: 'store.error',
          message: `The store cannot write: ${store.lastError}`,
          remedy: 'Free disk space, or look into the log; Weir goes on as soon as it can write.',
        },
      ]

const intakeSilent = ({ intakeAnswers }: Facts): Finding[] =>
  intakeAnswers
    ? []
    : [
        {
          level: 'error',
          code: 'intake.silent',
          message: 'The intake thread does not answer: what is sent now may be lost.',
          remedy: 'Start Weir again; the log may say why.',
        },
      ]

const lost = ({ lostLately }: Facts): Finding[] =>
  lostLately.map(([name, n]) => ({
    level: LOSSES[name].station === 'decode' ? 'warn' : 'error',
    code: name,
    message: `${n === 1 ? `1 ${LOSSES[name].unit.slice(0, -1)} was` : `${n.toLocaleString('en')} ${LOSSES[name].unit} were`} lost in the last ${LATELY_MS / 60_000} minutes. ${LOSSES[name].meaning}`,
    remedy: LOSSES[name].remedy,
  }))

const damagedPartitions = ({ store }: Facts): Finding[] =>
  store.partitions
    .filter((partition) => partition.state === 'damaged')
    .map((partition) => ({
      level: 'error',
      code: 'store.damaged',
      message: `The file of ${partition.day} is damaged and left out of every answer: ${partition.reason ?? 'unknown reason'}`,
      remedy: 'Put back a copy of the file and start Weir again, or move the file away. All other days are complete.',
    }))

const diskFull = ({ disk, store }: Facts): Finding[] => {
  if (!disk || (disk.free > disk.size / 10 && disk.free > 2e9)) return []
  const full = disk.free < disk.size / 100 || disk.free < 200e6
  const perFlow =
    store.flows > 0 && store.bytesOnDisk > 0
      ? `, room for about ${format(disk.free / (store.bytesOnDisk / store.flows), 'flows')} flows`
      : ''
  return [
    {
      level: full ? 'error' : 'warn',
      code: 'disk.full',
      message: `${format(disk.free, 'B')} of ${format(disk.size, 'B')} are free on the disk that holds the data${perFlow}.`,
      remedy: 'Free disk space, or move the data folder to a larger disk (--data).',
    },
  ]
}

const clocksOff = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter(
      (exporter) => Math.abs(exporter.clockOffsetMs ?? 0) > CLOCK_OFF_MS && exporter.clockCorrectionMs === 0,
    ),
    (exporter) =>
      `${exporter.address} by ${Math.round((exporter.clockOffsetMs as number) / 1000).toLocaleString('en')} s`,
    {
      level: 'warn',
      code: 'clock.off',
      message: 'The clock of an exporter is off, and the times of its flows with it',
      remedy:
        'Set the time on the exporter by NTP, or let Weir correct it: exporters: {"192.0.2.1": {correctClock: 30s}}.',
    },
  )

const templatesMissing = ({ exporters, waitingSets }: Facts): Finding[] =>
  waitingSets === 0
    ? []
    : ofExporters(
        exporters.filter(
          (exporter) =>
            exporter.templates.length === 0 &&
            exporter.datagrams > 0 &&
            exporter.protocols.some((protocol) => protocol === 'netflow9' || protocol === 'ipfix'),
        ),
        (exporter) => exporter.address,
        {
          level: 'info',
          code: 'template.awaited',
          message: 'Data waits for its template',
          remedy: 'It is decoded when the template comes. Let the exporter send its templates every minute.',
        },
      )

const samplingUnknown = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter(
      (exporter) => exporter.flows > 0 && !exporter.sampling.some((sampler) => sampler.source !== 'none'),
    ),
    (exporter) => exporter.address,
    {
      level: 'info',
      code: 'sampling.unknown',
      message: 'A sampling rate was never announced, so counts are taken as they are',
      remedy:
        'If the exporter samples, let it send its sampler option, or set sampling in the configuration: "192.0.2.1": 1000.',
    },
  )

const shared = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.ports.length > 1),
    (exporter) =>
      `${exporter.address} (ports ${exporter.ports.slice(0, NAMED).join(', ')}${exporter.ports.length > NAMED ? ', …' : ''})`,
    {
      level: 'info',
      code: 'exporter.shared',
      message: 'Several exporters send from one address, so they are told apart by source port',
      remedy:
        'Where NAT or a container network stands between, let them send by addresses of their own: flows and names show only the shared one.',
    },
  )

const limited = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.keptOneIn > 1),
    (exporter) => `${exporter.address} one in ${exporter.keptOneIn.toLocaleString('en')}`,
    {
      level: 'info',
      code: 'rate.limited',
      message: 'An exporter sends more than its limit, so one flow in so many is kept and counted for all',
      remedy: 'Nothing to mend; flowsPerSecond of exporters in the configuration is the limit.',
    },
  )

const missingBySequence = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.sequence.missing > 0),
    (exporter) => `${exporter.address} ${exporter.sequence.missing.toLocaleString('en')} ${exporter.sequence.unit}`,
    {
      level: 'info',
      code: 'sequence.missing',
      message: 'By sequence number, some never arrived',
      remedy: 'Where kernel.drops is zero they were lost on the way or at the exporter.',
    },
  )

const lostAtExporter = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.statistics.some(({ loss, value }) => loss && value > 0)),
    (exporter) =>
      `${exporter.address} (${exporter.statistics
        .filter(({ loss, value }) => loss && value > 0)
        .slice(0, NAMED)
        .map(({ name, value }) => `${name} ${value.toLocaleString('en')}`)
        .join(', ')})`,
    {
      level: 'info',
      code: 'exporter.loses',
      message: 'An exporter says itself that it could not observe or send all, since it started',
      remedy: 'Sample more coarsely, give its flow cache more room, or send less often; it is lost before Weir.',
    },
  )

const silent = ({ exporters, nowMs }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => nowMs - exporter.lastSeen > SILENT_MS && nowMs - exporter.lastSeen < FORGOTTEN_MS),
    (exporter) => `${exporter.address} since ${new Date(exporter.lastSeen).toISOString().slice(0, 19)}Z`,
    {
      level: 'info',
      code: 'exporter.silent',
      message: 'An exporter sends no more',
      remedy: 'Look at the exporter, its route and the firewalls between.',
    },
  )

const samplesLeftOut = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => leftOut(exporter) > 0),
    (exporter) => `${exporter.address} (${leftOut(exporter)} samples)`,
    {
      level: 'warn',
      code: 'sampling.dropped',
      message: 'Devices had to leave samples out, for want of time or memory',
      remedy: 'Sample less there: one in more packets. Until then their traffic is shown too small.',
    },
  )

function leftOut({ sampling }: ExporterStatus): number {
  return sampling.reduce((sum, { dropped = 0 }) => sum + dropped, 0)
}

const unknownFields = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.unknownElements.length > 0),
    (exporter) =>
      `${exporter.address} (${exporter.unknownElements
        .slice(0, NAMED)
        .map(({ element, name }) => (name === element ? element : `${element} ${name}`))
        .join(', ')})`,
    {
      level: 'info',
      code: 'elements.unknown',
      message: 'Elements come in that no field keeps',
      remedy: 'Nothing to mend; the details of the exporter show some of their values, and how to keep them.',
    },
  )

const smallBuffers = ({ listeners }: Facts): Finding[] => {
  const small = listeners.filter((listener) => listener.receiveBufferGot < listener.receiveBufferAsked)
  const first = small[0]
  if (!first) return []
  return [
    {
      level: 'info',
      code: 'receiveBuffer.small',
      message: `The kernel gave ${format(first.receiveBufferGot, 'B')} of receive buffer instead of ${format(first.receiveBufferAsked, 'B')} to ${small.map((listener) => listener.url).join(', ')}.`,
      remedy: LOSSES['kernel.drops'].remedy,
    },
  ]
}

const noListeners = ({ listeners, intakeAnswers }: Facts): Finding[] =>
  listeners.length > 0 || !intakeAnswers
    ? []
    : [
        {
          level: 'info',
          code: 'listeners.none',
          message: 'Weir listens on no address, so nothing comes in.',
          remedy: 'Start it with --listen udp://0.0.0.0:2055.',
        },
      ]

const openToAll = ({ openAddress }: Facts): Finding[] =>
  openAddress === null
    ? []
    : [
        {
          level: 'info',
          code: 'http.open',
          message: `Page and API answer on ${openAddress} without sign-in: who reaches it sees all flows.`,
          remedy: 'Listen on loopback (--http 127.0.0.1:3055) and put a proxy with sign-in before it.',
        },
      ]

const notRemembered = ({ stateFile: { problem, found } }: Facts): Finding[] => [
  ...(problem === null
    ? []
    : [
        {
          level: 'warn' as const,
          code: 'exporters.unsaved',
          message: `What exporters tell cannot be saved: ${problem}. After a restart data has to wait for its templates.`,
          remedy: 'Free disk space, or let Weir write to its data folder; it tries again by itself.',
        },
      ]),
  ...(found === null
    ? []
    : [
        {
          level: 'info' as const,
          code: 'exporters.setAside',
          message: `At the start: ${found}.`,
          remedy: 'Nothing to mend: templates come again by themselves.',
        },
      ]),
]

const recovered = ({ store }: Facts): Finding[] =>
  store.recovered === null
    ? []
    : [
        {
          level: 'info',
          code: 'store.recovered',
          message: `At the start: ${store.recovered}`,
          remedy: 'Nothing to mend.',
        },
      ]

const CHECKS: readonly ((facts: Facts) => Finding[])[] = [
  intakeSilent,
  storeError,
  countersError,
  lost,
  damagedPartitions,
  diskFull,
  clocksOff,
  templatesMissing,
  samplingUnknown,
  shared,
  limited,
  missingBySequence,
  lostAtExporter,
  silent,
  samplesLeftOut,
  unknownFields,
  smallBuffers,
  noListeners,
  openToAll,
  notRemembered,
  recovered,
]

/** One finding for all exporters that it is true of. */
function ofExporters(
  exporters: readonly ExporterStatus[],
  say: (exporter: ExporterStatus) => string,
  finding: Finding,
): Finding[] {
  if (exporters.length === 0) return []
  const named = exporters.slice(0, NAMED).map(say).join(', ')
  const more = exporters.length > NAMED ? ` and ${exporters.length - NAMED} more` : ''
  return [{ ...finding, message: `${finding.message}: ${named}${more}.` }]
}
