/**
 * A copy of a data folder while it is written to. DuckDB writes what it changes to free blocks and turns to them with the next
 * checkpoint: between two checkpoints a file's copy is what the last one made of it. So all files get a checkpoint at one
 * moment, between two commits, and none until they are copied; commits go on meanwhile.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { WeirError } from '../../../../shared/api/errors.ts'
import { LOG_BYTES } from '../files/database.ts'
import { Folder, makeFolder } from '../files/folder.ts'

export interface BackupResult {
  /** The moment whose state it is, epoch milliseconds. */
  readonly atMs: number
  readonly copied: { readonly files: number; readonly bytes: number }
  /** The same since an earlier backup. */
  readonly unchanged: { readonly files: number; readonly bytes: number }
  /** Left in the backup, though the data folder has them no more. */
  readonly kept: { readonly files: number; readonly bytes: number }
}

export interface BackupOptions {
  readonly dataDir: string
  readonly to: string
  readonly connection: DuckDBConnection
  /** Runs something while nothing is committed. */
  readonly between: <T>(run: () => Promise<T>) => Promise<T>
  /** 0 to 1, by bytes. */
  readonly progress?: ((share: number) => void) | undefined
}

/** In the backup: what its files were copied from, by their path. */
const MANIFEST = 'backup.json'
const UNFINISHED = `${MANIFEST}.part`
/** Of the process that holds a folder, and not of the data, or made anew from the data. */
const NOT_DATA = new Set([
  'lock',
  'http.json',
  'token',
  'tmp',
  'catalog.json',
  'catalog.json.new',
  'hosts.duckdb',
  'hosts.duckdb.wal',
  MANIFEST,
])
/** DuckDB's header and its two database headers: another one shows a checkpoint (storage format, "headers"). */
const HEADER_BYTES = 3 * 4096

/** What is wrong with a target that copies cannot be written to, and what mends it. */
const TARGET_ERRORS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'free disk space there'],
  ['EDQUOT', 'free disk space there'],
  ['EROFS', 'make it writable'],
  ['EACCES', 'let the user that Weir runs as write there'],
  ['EISDIR', 'move that folder away'],
  ['EPERM', 'let the user that Weir runs as write there'],
])

/** By the code of what keeps a target from being taken. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['dataLocked', 'another backup goes there now; wait for its end, or choose another folder'],
  ['dataNewer', 'a newer Weir made the backup there; choose another folder'],
])

interface Copied {
  readonly bytes: number
  readonly modifiedMs: number
  /** Of the copy, when it was made. */
  readonly copyModifiedMs: number
}
type Manifest = Readonly<Record<string, Copied>>

/** Rejects with `badTarget` where the mend is at the target, else with `failed`. */
export async function backUp(options: BackupOptions): Promise<BackupResult> {
  const dataDir = resolve(options.dataDir)
  const to = resolve(options.to)
  await checkTarget(dataDir, to)
  await begin(to)
  const target = take(to)
  try {
    return await copyAll({ ...options, dataDir, to })
  } catch (error) {
    if (error instanceof WeirError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const mend = TARGET_ERRORS.get(code ?? '')
    throw new WeirError(
      mend ? 'badTarget' : 'failed',
      `backup to ${to}: ${message}; ${mend ? `${mend}; ` : ''}what was copied before is kept, and the next backup goes on with it`,
      undefined,
      error,
    )
  } finally {
    target.release()
  }
}

async function copyAll({ dataDir, to, connection, between, progress }: BackupOptions): Promise<BackupResult> {
  const before = await readManifest(to)
  const manifest: Record<string, Copied> = {}
  const result = { copied: nothing(), unchanged: nothing(), kept: nothing() }
  await connection.run(`SET wal_autocheckpoint = '1TiB'`)
  try {
    const { atMs, logs } = await between(async () => ({
      logs: await checkpointAll(dataDir, connection),
      atMs: Date.now(),
    }))
    const files = await filesOf(dataDir, logs)
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    let done = 0
    for (const { path, bytes, modifiedMs } of files) {
      const known = before[path]
      const same = known?.bytes === bytes && known.modifiedMs === modifiedMs && (await isStill(join(to, path), known))
      if (same) manifest[path] = known
      else {
        const copyModifiedMs = await copyWhole(join(dataDir, path), join(to, path))
        if (copyModifiedMs === null) continue
        manifest[path] = { bytes, modifiedMs, copyModifiedMs }
        // Of those that are there, so that a backup that is broken off is gone on with.
        await writeManifest(to, { ...before, ...manifest })
      }
      count(same ? result.unchanged : result.copied, bytes)
      done += bytes
      progress?.(total > 0 ? done / total : 1)
    }
    const here = new Set(files.map(({ path }) => path))
    for (const { path, bytes } of await filesOf(to, new Set())) if (!here.has(path)) count(result.kept, bytes)
    await writeManifest(to, manifest)
    return { atMs, ...result }
  } finally {
    await connection.run(`SET wal_autocheckpoint = '${LOG_BYTES}'`)
  }
}

/** A backup goes to an empty folder, or to an earlier backup: nothing else is written over. */
async function checkTarget(dataDir: string, to: string): Promise<void> {
  const inside = (a: string, b: string) => !relative(a, b).startsWith('..')
  if (inside(dataDir, to) || inside(to, dataDir))
    throw new WeirError('badTarget', `backup to ${to}: choose a folder apart from the data folder ${dataDir}`)
  let there: string[]
  try {
    there = await readdir(to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw unwritable(to, error)
  }
  if (!there.every((name) => name === UNFINISHED) && !there.includes(MANIFEST))
    throw new WeirError('badTarget', `backup to ${to}: neither empty nor an earlier backup; choose another folder`)
}

/** So that a backup that ends before it has copied anything is known for one. Rejects with `badTarget`. */
async function begin(to: string): Promise<void> {
  try {
    makeFolder(to)
    if ((await stat(join(to, MANIFEST)).catch(() => null)) === null) await writeManifest(to, {})
  } catch (error) {
    throw unwritable(to, error)
  }
}

/** Throws `badTarget` where another backup goes there, or where it is a newer Weir's. */
function take(to: string): Folder {
  try {
    return Folder.take(to)
  } catch (error) {
    throw unwritable(to, error)
  }
}

function unwritable(to: string, error: unknown): WeirError {
  const why = error instanceof WeirError && error.cause ? error.cause : error
  const { code, message } = why as NodeJS.ErrnoException
  const told = TAKEN.get(code ?? '') ?? `${message}; ${TARGET_ERRORS.get(code ?? '') ?? 'choose another folder'}`
  return new WeirError('badTarget', `backup to ${to}: ${told}`, undefined, error)
}

/** What is in the logs of attached files goes into the files. Gives where those logs stand, which are no part of a copy. */
async function checkpointAll(dataDir: string, connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const logs = new Set<string>()
  const reader = await connection.runAndReadAll(
    'SELECT database_name, path FROM duckdb_databases() WHERE path IS NOT NULL',
  )
  for (const [name, path] of reader.getRows() as [string, string][]) {
    const log = `${resolve(path)}.wal`
    if (!log.startsWith(dataDir + sep)) continue
    logs.add(log)
    if ((await stat(log).catch(() => null)) !== null) await connection.run(`CHECKPOINT "${name}"`)
  }
  return logs
}

interface Found {
  /** Below the folder, with slashes. */
  readonly path: string
  readonly bytes: number
  readonly modifiedMs: number
}

async function filesOf(folder: string, without: ReadonlySet<string>): Promise<Found[]> {
  const found: Found[] = []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).replaceAll(sep, '/')
    if (!entry.isFile() || without.has(file) || path.endsWith('.part') || NOT_DATA.has(path.split('/')[0] as string))
      continue
    const now = await stat(file).catch(() => null)
    if (now) found.push({ path, bytes: now.size, modifiedMs: now.mtimeMs })
  }
  return found.toSorted((a, b) => a.path.localeCompare(b.path))
}

async function isStill(file: string, { bytes, copyModifiedMs }: Copied): Promise<boolean> {
  const now = await stat(file).catch(() => null)
  return now?.size === bytes && now.mtimeMs === copyModifiedMs
}

/**
 * Copies beside and renames, so that a copy is whole or not there; gives when it was made, null where the file has gone meanwhile.
 * Where the file system can, both share their blocks.
 */
async function copyWhole(from: string, to: string): Promise<number | null> {
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  try {
    for (let attempt = 0; ; attempt++) {
      const before = await headerOf(from)
      await copyFile(from, part, constants.COPYFILE_FICLONE)
      if (!from.endsWith('.duckdb') || before.equals(await headerOf(from))) break
      if (attempt > 0) throw new Error(`${from} was written anew while it was copied`)
    }
    const file = await open(part, 'r+')
    await file.sync()
    await file.close()
    await rm(`${to}.wal`, { force: true })
    await rename(part, to)
    return (await stat(to)).mtimeMs
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && (await stat(from).catch(() => null)) === null) return null
    throw error
  }
}

async function headerOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const bytes = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await file.read(bytes, 0, HEADER_BYTES, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** What cannot be read is none: everything is copied then. */
async function readManifest(to: string): Promise<Manifest> {
  try {
    const { files } = JSON.parse(await readFile(join(to, MANIFEST), 'utf8')) as { files?: Manifest }
    return files ?? {}
  } catch {
    return {}
  }
}

async function writeManifest(to: string, files: Manifest): Promise<void> {
  const part = join(to, UNFINISHED)
  await writeFile(part, `${JSON.stringify({ files }, null, 2)}\n`)
  await rename(part, join(to, MANIFEST))
}

function nothing() {
  return { files: 0, bytes: 0 }
}

function count(of: { files: number; bytes: number }, bytes: number): void {
  of.files++
  of.bytes += bytes
}
