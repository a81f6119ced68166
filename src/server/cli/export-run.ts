/** `weir export`: flows into a Parquet file, from a running Weir or a data folder. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CALLS } from '../../shared/api/contract.ts'
import { WeirError } from '../../shared/api/errors.ts'
import { flowsBody } from '../../shared/api/questions.ts'
import { FLOWS_HEADER } from '../../shared/api/upkeep.ts'
import { resolveRecordQuestion } from '../../shared/query/resolve.ts'
import { format } from '../../shared/schema/units.ts'
import { httpOfHolder } from '../holder.ts'
import { checkInput } from '../issues.ts'
import { ask, DEFAULT_SERVER, namesOfFolder, openFolder } from './ask.ts'
import { timeText } from './basis.ts'
import type { ExportOptions } from './export.ts'
import { callLong } from './long-call.ts'
import { say } from './output.ts'
import { rangeOf, type RequestRange } from './range-options.ts'

export async function runExport(options: ExportOptions): Promise<void> {
  const range = rangeOf(options)
  const { server, data, out } = options
  if (server !== undefined && data !== undefined)
    throw new WeirError('badOption', 'ask a --server or a --data folder, not both')
  const holder = data === undefined ? (server ?? DEFAULT_SERVER) : httpOfHolder(resolve(data))
  if (holder === null) await fromFolder(data as string, range, out)
  else await fromServer(holder, range, out)
}

async function fromServer(server: string, range: RequestRange, out: string): Promise<void> {
  const json = { 'content-type': 'application/json' }
  const answer = await callLong(server, CALLS.exportFlows.path, json, JSON.stringify(range))
  const flows = Number(answer.headers[FLOWS_HEADER])
  await write(answer, out)
  await sayHowMuch(out, flows)
  if (flows === 0) sayNothingFits(range, server, (await ask(server, 'health', undefined)).store)
}

/** Beside the file first, so that it is whole or not there. */
async function fromFolder(data: string, range: RequestRange, out: string): Promise<void> {
  const question = resolveRecordQuestion(checkInput(flowsBody, range), namesOfFolder(data), Date.now())
  const store = await openFolder(data)
  const folder = await mkdtemp(join(out === '-' ? data : dirname(resolve(out)), '.weir-export-')).catch(
    (error: Error) => {
      throw unwritable(out, error)
    },
  )
  try {
    const file = join(folder, 'flows.parquet')
    const flows = await store.exportTo(file, question)
    if (out === '-') await write(createReadStream(file), out)
    else
      await rename(file, out).catch((error: Error) => {
        throw unwritable(out, error)
      })
    await sayHowMuch(out, flows)
    if (flows === 0) sayNothingFits(range, data, store.status())
  } finally {
    await rm(folder, { recursive: true, force: true })
    await store.close()
  }
}

async function write(from: Readable, out: string): Promise<void> {
  if (out === '-') {
    await pipeline(from, process.stdout, { end: false })
    return
  }
  const part = `${out}.part`
  try {
    await pipeline(from, createWriteStream(part))
    await rename(part, out)
  } catch (error) {
    await rm(part, { force: true })
    throw unwritable(out, error as Error)
  }
}

async function sayHowMuch(out: string, flows: number): Promise<void> {
  const size = out === '-' ? '' : ` in ${out} (${format((await stat(out)).size, 'B')})`
  say(`${flows.toLocaleString('en')} ${flows === 1 ? 'flow' : 'flows'}${size}`)
}

function sayNothingFits(
  { from, to, filter, scope }: RequestRange,
  where: string,
  { oldest, newest }: { readonly oldest: number | null; readonly newest: number | null },
): void {
  const narrowed = [...(filter === undefined ? [] : ['--filter']), ...(scope === undefined ? [] : ['--scope'])]
  const asked = `no flow${narrowed.length > 0 ? ` that ${narrowed.join(' and ')} let through` : ''} ended from ${from} to ${to}`
  const there =
    oldest === null || newest === null
      ? `${where} has no flows at all`
      : `${where} has flows from ${timeText(oldest)} to ${timeText(newest)} UTC; choose others with --from and --to`
  say(`weir: ${asked}: ${there}`)
}

function unwritable(out: string, error: Error): WeirError {
  return new WeirError('failed', `${out}: cannot be written (${error.message})`, undefined, error)
}
