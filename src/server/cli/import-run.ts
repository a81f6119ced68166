/** `weir import`: files → a data folder, or the Weir that holds it. */
import { createReadStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import { CALLS } from '../../shared/api/contract.ts'
import { WeirError } from '../../shared/api/errors.ts'
import { LOSSES, type LossName } from '../../shared/losses.ts'
import { addSiteFields } from '../../shared/schema/fields.ts'
import { readConfig } from '../config/config.ts'
import { httpOfHolder } from '../holder.ts'
import { FolderIntake } from '../intake/folder-intake.ts'
import { importFile, openImport, refuseNothing, type Importable, type ImportResult } from '../intake/import-file.ts'
import { statOf } from '../intake/sources/files.ts'
import { importedBefore, noteImported, sha256Of } from '../stores/imported.ts'
import { ownFields } from '../stores/own-fields.ts'
import { addSiteFieldsOf, keepSiteFields } from '../stores/site-fields.ts'
import type { ImportOptions } from './import.ts'
import { callLong, jsonOf } from './long-call.ts'
import { say } from './output.ts'
import { progress } from './progress.ts'

export async function runImport(paths: readonly string[], options: ImportOptions): Promise<void> {
  const server = options.to ?? httpOfHolder(resolve(options.data))
  const results = server === null ? await intoFolder(paths, options) : await intoServer(server, paths, options)
  say(resultText(results, server ?? options.data))
}

async function intoFolder(paths: readonly string[], options: ImportOptions): Promise<ImportResult[]> {
  // All files are looked at first, so that a wrong one costs nothing.
  const all = await Promise.all(paths.map((path) => openImport(path, options)))
  const dataDir = resolve(options.data)
  const config = options.config === undefined ? undefined : await readConfig(options.config, {})
  if (config) addSiteFields(config.fields)
  else addSiteFieldsOf(dataDir)
  const hashes = await Promise.all(paths.map(async (path) => (path === '-' ? null : sha256Of(path))))
  const known = hashes.map((sha256, i) =>
    sha256 === null || options.again ? null : importedBefore(dataDir, sha256, paths[i] as string, '--again'),
  )
  passOver(known)
  const files = all.filter((_, i) => known[i] === null)
  await addExportedFields(files)
  const intake = await FolderIntake.open(options.data, say, config)
  keepSiteFields(dataDir, ownFields())
  const bar = progress('Importing')
  const results: ImportResult[] = []
  try {
    for (const [i, file] of files.entries()) {
      results.push(await importFile(file, intake, (share) => bar.show((i + share) / files.length)))
      const sha256 = hashes[all.indexOf(file)]
      if (sha256) noteImported(dataDir, { sha256, name: file.name, atMs: Date.now() })
    }
  } finally {
    bar.end()
    await intake.close()
  }
  const captures = files.filter(({ type }) => type === 'pcap').map(({ name }) => name)
  if (captures.length > 0) refuseNothing(intake.counters, captures)
  return results
}

async function intoServer(server: string, paths: readonly string[], options: ImportOptions): Promise<ImportResult[]> {
  const results: ImportResult[] = []
  const known: (WeirError | null)[] = []
  for (const path of paths) {
    const name = path === '-' ? 'standard input' : basename(path)
    const query = new URLSearchParams({ name, again: String(options.again ?? false) })
    if (options.type !== undefined) query.set('type', options.type)
    if (options.layout !== undefined) query.set('layout', options.layout)
    const headers: Record<string, string> = { 'content-type': 'application/octet-stream' }
    if (path !== '-') headers['content-length'] = String((await statOf(path)).size)
    const body = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 })
    try {
      results.push(await jsonOf(await callLong(server, `${CALLS.importFile.path}?${query.toString()}`, headers, body)))
      known.push(null)
    } catch (error) {
      if (!(error instanceof WeirError) || error.code !== 'importedBefore') throw error
      known.push(error)
    }
  }
  passOver(known)
  return results
}

/** Says which files were imported before. Throws where all of them were. */
function passOver(known: readonly (WeirError | null)[]): void {
  const first = known.find((error) => error !== null)
  if (first && !known.includes(null)) throw first
  for (const error of known) if (error) say(`  ${error.message}.`)
}

/** The site's own fields where the flows were exported, so that these come along. */
async function addExportedFields(files: readonly Importable[]): Promise<void> {
  const exported = files.flatMap((file) => ('path' in file ? [file.path] : []))
  if (exported.length === 0) return
  const { siteFieldsOf } = await import('../stores/duckdb/exchange/import.ts')
  for (const path of exported) addSiteFields(await siteFieldsOf(path))
}

function resultText(results: readonly ImportResult[], where: string): string {
  const sum = (of: (result: ImportResult) => number) => results.reduce((total, result) => total + of(result), 0)
  const number = (of: (result: ImportResult) => number) => sum(of).toLocaleString('en')
  const lost = new Map<LossName, number>()
  for (const result of results)
    for (const [name, count] of Object.entries(result.lost) as [LossName, number][])
      lost.set(name, (lost.get(name) ?? 0) + count)
  const waiting = sum(({ waitingSets }) => waitingSets)
  const unknown = [...new Set(results.flatMap(({ unknownColumns }) => unknownColumns))]
  const of = (['datagrams', 'records'] as const)
    .filter((what) => sum((result) => result[what]) > 0)
    .map((what) => `${number((result) => result[what])} ${what}`)
  return [
    `${number(({ flows }) => flows)} flows${of.length > 0 ? ` of ${of.join(' and ')}` : ''} are in ${where}.`,
    ...results.flatMap(({ problem }) => (problem === null ? [] : [`  ${problem}; what came before was read.`])),
    ...Array.from(
      lost,
      ([name, count]) => `  ${count.toLocaleString('en')} ${LOSSES[name].unit} lost, ${name}: ${LOSSES[name].meaning}`,
    ),
    ...(waiting > 0
      ? [`  ${waiting.toLocaleString('en')} sets of data have no template in the capture and are left out.`]
      : []),
    ...(unknown.length > 0 ? [`  Columns without a field here are left out: ${unknown.join(', ')}.`] : []),
  ].join('\n')
}
