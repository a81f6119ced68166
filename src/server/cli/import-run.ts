/** `weir import`: captures → decoders → enrichers → data folder, or the Weir that holds it. */
import { resolve } from 'node:path'
import { LOSSES, type LossName } from '../../shared/losses.ts'
import { WeirError } from '../../shared/api/errors.ts'
import { addSiteFields } from '../../shared/schema/fields.ts'
import { readConfig } from '../config/config.ts'
import type { Counters } from '../counters.ts'
import { httpOfHolder } from '../holder.ts'
import { FolderIntake } from '../intake/folder-intake.ts'
import { openDatagrams, type DatagramFile } from '../intake/sources/files.ts'
import { keepSiteFields } from '../stores/site-fields.ts'
import { countLost } from '../intake/sources/pcap.ts'
import type { ImportOptions } from './import.ts'
import { say, sayCaptureProblems } from './output.ts'
import { progress, type Progress } from './progress.ts'

const TYPES = ['pcap']
/** The bar is moved every so many datagrams. */
const SHOW_EVERY = 500

export async function runImport(paths: readonly string[], options: ImportOptions): Promise<void> {
  if (options.type !== undefined && !TYPES.includes(options.type))
    throw new WeirError('notAvailable', `--type ${options.type} is not available yet; captures are (pcap, pcapng)`)
  const server = options.to ?? httpOfHolder(resolve(options.data))
  if (server !== null)
    throw new WeirError(
      'notAvailable',
      `${server} takes no imports yet; stop that Weir and import into its folder with --data, or send the capture to its listener: weir replay ${paths[0]} --to HOST:PORT`,
    )
  // All files are looked at first, so that a wrong one costs nothing.
  const files = await Promise.all(paths.map((path) => openImport(path)))
  const config = options.config === undefined ? undefined : await readConfig(options.config, {})
  addSiteFields(config?.fields ?? [])
  const intake = await FolderIntake.open(options.data, say, config)
  if (config) keepSiteFields(resolve(options.data), config.fields)
  const bar = progress('Importing')
  try {
    for (const [i, file] of files.entries()) await importFile(file, intake, bar, (share) => (i + share) / files.length)
    await intake.commit()
  } finally {
    bar.end()
    await intake.close()
  }
  say(resultText(intake.counters, options.data))
  if (intake.counters.get('exporters') === 0)
    throw new WeirError('failed', `${paths.join(', ')}: no NetFlow, IPFIX or sFlow that Weir reads in it`)
}

async function importFile(
  file: DatagramFile,
  intake: FolderIntake,
  bar: Progress,
  shareOf: (share: number) => number,
): Promise<void> {
  let count = 0
  for await (const { payload, sourceAddress, sourcePort, timeMs, session } of file.datagrams) {
    intake.pipeline.receive(payload, sourceAddress, timeMs, sourcePort, session)
    await intake.room()
    if (++count % SHOW_EVERY === 0 && file.bytes) bar.show(shareOf(Math.min(1, file.read() / file.bytes)))
  }
  countLost(file.summary, intake.counters)
  sayCaptureProblems(file.name, file.summary)
}

/** What cannot be read as a capture may be a log of another kind, which a later Weir imports. */
async function openImport(path: string): Promise<DatagramFile> {
  try {
    return await openDatagrams(path)
  } catch (error) {
    if (error instanceof WeirError && error.detail?.['kind'] === 'unknown')
      throw new WeirError('notAvailable', `${error.message}; other files cannot be imported yet`)
    throw error
  }
}

function resultText(counters: Counters, dataDir: string): string {
  const number = (name: Parameters<Counters['get']>[0]) => counters.get(name).toLocaleString('en')
  const lost = Object.entries(counters.losses()) as [LossName, number][]
  const waiting = counters.get('waitingSets')
  return [
    `${number('flows')} flows of ${number('datagrams')} datagrams are in ${dataDir}.`,
    ...lost.map(
      ([name, count]) => `  ${count.toLocaleString('en')} ${LOSSES[name].unit} lost, ${name}: ${LOSSES[name].meaning}`,
    ),
    ...(waiting > 0
      ? [`  ${waiting.toLocaleString('en')} sets of data have no template in the capture and are left out.`]
      : []),
  ].join('\n')
}
