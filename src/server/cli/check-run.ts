/** `weir check`: what is damaged in a data folder, and what was saved. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { WeirError } from '../../shared/api/errors.ts'
import { format } from '../../shared/schema/units.ts'
import { CONFIG } from '../config/schema.ts'
import type { FileReport } from '../stores/duckdb/care/check.ts'
import { addSiteFieldsOf } from '../stores/site-fields.ts'
import type { CheckCommandOptions } from './check.ts'
import { print } from './output.ts'
import { progress } from './progress.ts'

export async function runCheck({ data, repair = false, format: form }: CheckCommandOptions): Promise<void> {
  if (!existsSync(join(data, 'weir.json'))) throw new WeirError('failed', `${data}: no data folder of Weir`)
  addSiteFieldsOf(resolve(data))
  const [{ Folder }, { checkFolder }] = await Promise.all([
    import('../stores/duckdb/files/folder.ts'),
    import('../stores/duckdb/care/check.ts'),
  ])
  const folder = takeFolder((path) => Folder.take(path), data)
  const bar = progress('Reading')
  const { store } = CONFIG.parse({})
  let reports: FileReport[]
  try {
    reports = await checkFolder({
      folder,
      repair,
      threads: store.threads || availableParallelism(),
      memoryLimitBytes: store.memory,
      progress: (share) => bar.show(share),
    })
  } finally {
    bar.end()
    folder.release()
  }
  const damaged = reports.filter(({ damage }) => damage.length > 0)
  await print(form === 'json' ? `${JSON.stringify({ files: reports })}\n` : textOf(reports, damaged, repair))
  if (damaged.some(({ repaired }) => repaired === null)) process.exitCode = 1
}

function takeFolder<F>(take: (path: string) => F, data: string): F {
  try {
    return take(resolve(data))
  } catch (error) {
    if (error instanceof WeirError && error.code === 'dataLocked')
      throw new WeirError(
        'dataLocked',
        `${data}: a Weir holds it; stop that Weir, or check a copy: weir backup --data ${data} --to DIR, then weir check --data DIR`,
      )
    throw error
  }
}

function textOf(reports: readonly FileReport[], damaged: readonly FileReport[], repair: boolean): string {
  const bytes = reports.reduce((sum, report) => sum + report.bytes, 0)
  const read = `${count(reports.length, 'file', 'files')} read (${format(bytes, 'B')}), ${count(flowsIn(reports), 'flow', 'flows')}`
  if (damaged.length === 0) return `${read}: all intact.\n`
  return [
    ...damaged.flatMap((report) => [report.path, ...report.damage.map((each) => `  ${each}`), ...repairText(report)]),
    `${read}; ${count(damaged.length, 'file is', 'files are')} damaged${repair ? '' : '; --repair saves what can be read of them'}.`,
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function repairText({ path, repaired }: FileReport): string[] {
  if (repaired === null) return []
  const { rowsKept, rowsLost, valuesLost, keptAs, dropped } = repaired
  const lost = Object.entries(valuesLost).map(([name, values]) => `${name} of ${values.toLocaleString('en')}`)
  const isSums = /^(minutes|hours)/.test(path)
  return [
    isSums
      ? rowsLost === 0
        ? '  → taken away; its sums are made anew from the flows'
        : '  → taken away; its sums are lost, because the flows are no longer there'
      : `  → ${count(rowsKept, 'row', 'rows')} saved, ${rowsLost === null ? 'how many are lost cannot be said' : `${rowsLost.toLocaleString('en')} lost`}`,
    ...(lost.length > 0 ? [`  → no longer known: ${lost.join(', ')} rows`] : []),
    `  → what was damaged is kept as ${keptAs.map((file) => basename(file)).join(' and ')}`,
    ...(dropped.length > 0 ? ['  → sums of that day are made anew'] : []),
  ]
}

function flowsIn(reports: readonly FileReport[]): number {
  return reports.filter(({ path }) => path.startsWith('flows/')).reduce((sum, { rows }) => sum + rows, 0)
}

function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}
