/** What a person should know or mend. Each check looks at the facts and says what it finds, with the remedy. */
import type { AnswerOf } from '../../shared/api/contract.ts'
import { LOSSES, type LossName } from '../../shared/losses.ts'
import { format, formatDuration } from '../../shared/schema/units.ts'
import type { SourceStatus } from '../sources/source.ts'
import type { ExporterStatus, ListenerStatus, StoreStatus } from '../messages.ts'
import { EXPORTER_CHECKS } from './exporter-findings.ts'
import { LATELY_MS } from './samples.ts'

export type Finding = AnswerOf<'health'>['findings'][number]

const DAY_MS = 86_400_000
/** How long before the disk is used up it is told. */
const SOON_DAYS = 14

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
  /** Names of files in the data folder that named filters could not be read from. */
  readonly damagedFilters: readonly string[]
  /** Sources of flow logs. */
  readonly sources: readonly SourceStatus[]
  /** The address that page and API answer on, where it can be reached from other machines. */
  readonly openAddress: string | null
}

/** Errors first, then warnings. */
export function findingsOf(facts: Facts): Finding[] {
  const order = ['error', 'warn', 'info']
  return CHECKS.flatMap((check) => check(facts)).toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
}

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

const sumsTrouble = ({ store: { sums } }: Facts): Finding[] => [
  ...sums.damaged.map(({ file, reason }): Finding => ({
    level: 'error',
    code: 'store.sumsDamaged',
    message: `Sums of flows, ${file} in the data folder, are damaged and left out of every answer: ${reason}`,
    remedy:
      'Where the flows of that day are kept, the sums are made anew within minutes. Where they are gone, put back a copy of the file and start Weir again.',
  })),
  ...(sums.lastError === null
    ? []
    : [
        {
          level: 'warn' as const,
          code: 'store.sums',
          message: `Sums of flows cannot be kept, so questions over long ranges take longer: ${sums.lastError}`,
          remedy: 'Free disk space, or look into the log; Weir makes up for it as soon as it can.',
        },
      ]),
]

const diskFull = ({ disk, store }: Facts): Finding[] => {
  // Half of what retention leaves free by itself.
  if (!disk || disk.free > Math.min(disk.size / 8, 5e9)) return []
  const full = disk.free < Math.min(disk.size / 40, 1e9)
  const perFlow =
    store.flows > 0 && store.bytesOnDisk > 0
      ? `, room for about ${format(disk.free / (store.bytesOnDisk / store.flows), 'flows')} flows`
      : ''
  return [
    {
      level: full ? 'error' : 'warn',
      code: 'disk.full',
      message: `${format(disk.free, 'B')} of ${format(disk.size, 'B')} are free on the disk that holds the data${perFlow}.`,
      remedy: 'Free disk space, keep less (retention), or move the data folder to a larger disk (--data).',
    },
  ]
}

/** Where the disk will not hold what is asked for. */
const retentionShort = ({ store: { retention }, disk }: Facts): Finding[] => {
  const { kept, bytesPerDay, limitBytes, roomBytes, rawDays, fullInDays } = retention
  const asked = kept.find(({ name }) => name === 'raw')?.ageMs ?? null
  const findings: Finding[] = []
  if (limitBytes !== null && disk && roomBytes !== null && roomBytes > disk.free)
    findings.push({
      level: 'warn',
      code: 'retention.disk',
      message: `Data may take ${format(limitBytes, 'B')} (retention.disk), ${format(roomBytes, 'B')} more than now, but only ${format(disk.free, 'B')} are free on the disk.`,
      remedy: `Set retention.disk to ${format(limitBytes - roomBytes + disk.free * 0.9, 'B')} or less, or move the data folder to a larger disk (--data).`,
    })
  if (asked !== null && rawDays !== null && rawDays < Math.floor(asked / DAY_MS))
    findings.push({
      level: 'warn',
      code: 'retention.short',
      message: `At ${format(bytesPerDay, 'B')} a day there is room for ${days(rawDays)} of flows; ${formatDuration(asked)} are asked for (retention.raw).`,
      remedy: 'Give it more disk (retention.disk, --data), or ask for less.',
    })
  else if (asked === null && fullInDays !== null && fullInDays <= SOON_DAYS)
    findings.push({
      level: 'info',
      code: 'retention.full',
      message: `At ${format(bytesPerDay, 'B')} a day the room on the disk is used up ${fullInDays === 0 ? 'today' : `in ${days(fullInDays)}`}: then the oldest day of flows goes for each that comes.`,
      remedy: 'Nothing, or give it more disk (retention.disk, --data).',
    })
  return findings
}

const days = (n: number) => (n === 1 ? '1 day' : `${n.toLocaleString('en')} days`)

const smallBuffers = ({ listeners }: Facts): Finding[] => {
  const small = listeners.filter((listener) => listener.receiveBufferGot < listener.receiveBufferAsked)
  const first = small[0]
  if (!first) return []
  return [
    {
      level: 'info',
      code: 'receiveBuffer.small',
      message: `The kernel gave ${format(first.receiveBufferGot, 'B')} of receive buffer instead of ${format(first.receiveBufferAsked, 'B')} to ${small.map((listener) => listener.url).join(', ')}.`,
      remedy: `Raise the limit: sysctl -w net.core.rmem_max=${first.receiveBufferAsked}, then start Weir again.`,
    },
  ]
}

const noListeners = ({ listeners, sources, intakeAnswers }: Facts): Finding[] =>
  listeners.length > 0 || sources.length > 0 || !intakeAnswers
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

const filtersLost = ({ damagedFilters }: Facts): Finding[] =>
  damagedFilters.length === 0
    ? []
    : [
        {
          level: 'warn',
          code: 'filters.damaged',
          message: `The file of named filters was damaged when Weir started; it is kept as ${damagedFilters.join(', ')} in the data folder.`,
          remedy:
            'Mend it and put it back as filters.json while Weir is stopped, or name the filters anew; then move it away.',
        },
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

const sourcesFail = ({ sources }: Facts): Finding[] =>
  sources.flatMap(({ name, state, trouble, remedy }): Finding[] =>
    trouble === null
      ? []
      : [
          {
            level: state === 'failing' ? 'error' : 'warn',
            code: 'source.failing',
            message: `Source ${name}: ${trouble}`,
            remedy: remedy ?? 'It is tried again by itself.',
          },
        ],
  )

const CHECKS: readonly ((facts: Facts) => Finding[])[] = [
  intakeSilent,
  storeError,
  countersError,
  lost,
  damagedPartitions,
  sumsTrouble,
  diskFull,
  retentionShort,
  ...EXPORTER_CHECKS,
  smallBuffers,
  noListeners,
  sourcesFail,
  openToAll,
  notRemembered,
  filtersLost,
  recovered,
]
