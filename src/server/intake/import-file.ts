/** Takes a file in: captures and flow logs through a pipeline of their own, exported flows as they are. */
import { setImmediate } from 'node:timers/promises'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { WeirError } from '../../shared/api/errors.ts'
import { checkImportType, IMPORT_TYPES } from '../../shared/api/upkeep.ts'
import type { LogType } from '../../shared/schema/codes.ts'
import type { Counters } from '../counters.ts'
import type { FolderIntake } from './folder-intake.ts'
import { datagramsIn, isParquet, openFile, statOf, type DatagramFile } from './sources/files.ts'
import { logIn, type LogFile } from './sources/log-file.ts'
import { countLost } from './sources/pcap.ts'
import { KEYS } from '../stores/duckdb/exchange/export-keys.ts'

export type ImportResult = AnswerOf<'importFile'>

export type Importable =
  | { readonly type: 'pcap'; readonly name: string; readonly file: DatagramFile }
  | { readonly type: 'weir-parquet'; readonly name: string; readonly path: string }
  | { readonly type: LogType; readonly name: string; readonly log: LogFile }

/** What a file is, where that cannot be seen from it. */
export interface ImportAs {
  readonly type?: string | undefined
  /** Fields of a flow log without a header, with spaces between: `${srcaddr} ${dstaddr}`, or without `${}`. */
  readonly layout?: string | undefined
  /** For messages. */
  readonly name?: string
}

/** Others get their turn after so many datagrams. */
const TURN = 64

/**
 * Looks at a file; `-` is standard input. Throws `notAvailable` for what cannot be imported yet, and `failed` where it cannot be
 * read.
 */
export async function openImport(
  path: string,
  { type, layout, name = path === '-' ? 'standard input' : path }: ImportAs = {},
): Promise<Importable> {
  checkImportType(type)
  if (path !== '-') await statOf(path)
  const parquet = path === '-' || type === 'pcap' ? null : await parquetIn(path, name)
  if (parquet === 'exported') return { type: 'weir-parquet', name, path }
  if (type === 'weir-parquet') throw new WeirError('unreadable', `${name}: no Parquet file`)
  const file = await openFile(path, name)
  const datagrams = (type === undefined && !layout) || type === 'pcap' ? datagramsIn(file) : null
  if (datagrams !== null) return { type: 'pcap', name, file: datagrams }
  if (isNfcapd(file.head)) {
    file.close()
    throw new WeirError(
      'unreadable',
      `${name}: a file of nfcapd, which nfdump turns into what Weir reads: TZ=UTC nfdump -r FILE -o csv | weir import -`,
    )
  }
  const log = type === 'pcap' ? null : logIn(file, (type ?? (layout && 'aws-flow-log')) as LogType | undefined, layout)
  if (log !== null) return { type: log.type, name, log }
  file.close()
  throw new WeirError(
    'unreadable',
    `${name}: neither a capture (pcap, pcapng) nor a flow datagram, nor a flow log or an export of Weir; say which fields it has with --layout, or what it is with --type, one of ${IMPORT_TYPES.join(', ')}`,
  )
}

/** nffile.h of nfdump: the magic number, in the order of the machine that wrote it; behind it, the layout's version. */
function isNfcapd(head: Uint8Array): boolean {
  const [a, b] = head
  return (a === 0x0c && b === 0xa5) || (a === 0xa5 && b === 0x0c)
}

/** Throws `unreadable` where captures had nothing in them. */
export function refuseNothing(counters: Counters, names: readonly string[]): void {
  if (counters.get('exporters') > 0) return
  throw new WeirError('unreadable', `${names.join(', ')}: no NetFlow, IPFIX or sFlow that Weir reads in it`)
}

/** Takes it in and commits it. `show` gets 0 to 1. */
export async function importFile(
  what: Importable,
  intake: FolderIntake,
  show: (share: number) => void = () => undefined,
): Promise<ImportResult> {
  const { counters } = intake
  const before = { flows: counters.get('flows'), datagrams: counters.get('datagrams'), lost: counters.losses() }
  const waiting = counters.get('waitingSets')
  let problem: string | null = null
  let records = 0
  let exported = { rows: 0, unknown: [] as readonly string[] }
  if ('path' in what) exported = await intake.takeExported(what.path, show)
  else if ('log' in what) records = await what.log.read(intake, show)
  else {
    await receiveAll(what.file, intake, show)
    ;({ problem } = what.file.summary)
  }
  await intake.commit()
  const lost = Object.entries(counters.losses()).flatMap(([name, count]) => {
    const more = count - (before.lost[name as keyof typeof before.lost] ?? 0)
    return more > 0 ? [[name, more] as const] : []
  })
  return {
    type: what.type,
    flows: counters.get('flows') - before.flows + exported.rows,
    datagrams: counters.get('datagrams') - before.datagrams,
    records,
    lost: Object.fromEntries(lost),
    waitingSets: counters.get('waitingSets') - waiting,
    problem,
    unknownColumns: [...exported.unknown],
  }
}

async function receiveAll(file: DatagramFile, intake: FolderIntake, show: (share: number) => void): Promise<void> {
  let count = 0
  for await (const { payload, sourceAddress, sourcePort, timeMs, session } of file.datagrams) {
    intake.pipeline.receive(payload, sourceAddress, timeMs, sourcePort, session)
    await intake.room()
    if (++count % TURN !== 0) continue
    await setImmediate()
    if (file.bytes) show(Math.min(1, file.read() / file.bytes))
  }
  countLost(file.summary, intake.counters)
}

/** Null where it is no Parquet file. Throws `unreadable` where nothing in it is known. */
async function parquetIn(path: string, name: string): Promise<'exported' | 'log' | null> {
  const { openPartial, ParquetLog } = await import('./sources/parquet-log.ts')
  const file = await openPartial(path).catch(() => null)
  if (file === null) return null
  try {
    if (!isParquet(new Uint8Array(await file.slice(0, 4)))) return null
    const log = await ParquetLog.of(file, name)
    if (log.said(KEYS.format) !== undefined) return 'exported'
    if (log.isFlowLog) return 'log'
    throw new WeirError('unreadable', `${name}: a Parquet file, but neither a flow log nor an export of Weir`)
  } finally {
    await file.close()
  }
}
