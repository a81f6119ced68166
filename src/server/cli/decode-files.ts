/** `weir decode`: capture → pipeline without enrichers → JSON lines. */
import { WeirError } from '../../shared/api/errors.ts'
import { CONFIG } from '../config/schema.ts'
import { Counters } from '../counters.ts'
import type { Batch } from '../intake/batch.ts'
import { flowOf } from '../intake/flow-text.ts'
import { Pipeline } from '../intake/pipeline.ts'
import { openDatagrams } from '../intake/sources/files.ts'
import { print, say, sayCaptureProblems } from './output.ts'

/** Writes the flows of all files, one after the other; templates of one hold for the next. */
export async function decodeFiles(files: readonly string[], withCounters: boolean): Promise<void> {
  const config = CONFIG.parse({})
  const counters = new Counters()
  let lines = ''
  const pipeline = new Pipeline({
    counters,
    limits: config.limits,
    samplingOverride: config.sampling,
    enrichers: [],
    sink: {
      take(batch) {
        lines += linesOf(batch)
        batch.clear()
        return batch
      },
    },
  })
  for (const path of files) {
    const file = await openDatagrams(path)
    for await (const datagram of file.datagrams) {
      if (datagram.cut) counters.add('source.truncated', 1)
      pipeline.receive(datagram.payload, datagram.sourceAddress, datagram.timeMs)
      if (lines !== '') {
        await print(lines)
        lines = ''
      }
    }
    sayCaptureProblems(file.name, file.summary)
    if (file.summary.datagrams === 0)
      throw new WeirError('failed', `${file.name}: no UDP datagram in its ${file.summary.frames} frames`)
  }
  pipeline.flush()
  await print(lines)
  if (withCounters) say(JSON.stringify(countersOf(counters)))
  if (counters.get('exporters') === 0) {
    throw new WeirError(
      'failed',
      `${files.join(', ')}: none of the ${counters.get('datagrams')} datagrams is NetFlow v5, NetFlow v9, IPFIX or sFlow v5 (${Object.keys(counters.losses()).join(', ')})`,
    )
  }
}

const FIGURES = ['datagrams', 'bytes', 'records', 'flows', 'options', 'templates', 'waitingSets'] as const

function countersOf(counters: Counters): object {
  return { ...Object.fromEntries(FIGURES.map((name) => [name, counters.get(name)])), lost: counters.losses() }
}

function linesOf(batch: Batch): string {
  let lines = ''
  for (let row = 0; row < batch.rows; row++) lines += `${JSON.stringify(flowOf(batch, row))}\n`
  return lines
}
