/** `weir backup`: through the Weir that holds the folder, or in this process. */
import { resolve } from 'node:path'
import { CALLS, type AnswerOf } from '../../shared/api/contract.ts'
import { WeirError } from '../../shared/api/errors.ts'
import { format } from '../../shared/schema/units.ts'
import { httpOfHolder, tokenOfHolder } from '../holder.ts'
import { openFolder } from './ask.ts'
import type { BackupCommandOptions } from './backup.ts'
import { callLong, jsonOf } from './long-call.ts'
import { print, say } from './output.ts'
import { progress } from './progress.ts'

type Result = AnswerOf<'backup'>

export async function runBackup(options: BackupCommandOptions): Promise<void> {
  const to = resolve(options.to)
  const server = httpOfHolder(resolve(options.data))
  const result = server === null ? await here(options.data, to) : await there(server, options.data, to)
  await print(options.format === 'json' ? `${JSON.stringify(result)}\n` : textOf(result, to))
}

async function there(server: string, data: string, to: string): Promise<Result> {
  const token = tokenOfHolder(resolve(data))
  if (token === null)
    throw new WeirError(
      'failed',
      `${data}: ${server} holds it, and its file token cannot be read; run this as the user that Weir runs as`,
    )
  say(`${server} makes the copy`)
  const headers = { 'content-type': 'application/json', 'weir-token': token }
  return jsonOf(await callLong(server, CALLS.backup.path, headers, JSON.stringify({ to })))
}

async function here(data: string, to: string): Promise<Result> {
  const store = await openFolder(data)
  const bar = progress('Copying')
  try {
    return await store.backUp(to, (share) => bar.show(share))
  } finally {
    bar.end()
    await store.close()
  }
}

function textOf({ atMs, copied, unchanged, kept }: Result, to: string): string {
  const line = ({ files, bytes }: Result['copied'], what: string) =>
    `  ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'} (${format(bytes, 'B')}) ${what}\n`
  return [
    `${to} has the state of ${new Date(atMs).toISOString()}.\n`,
    line(copied, 'copied'),
    ...(unchanged.files > 0 ? [line(unchanged, 'unchanged since the last backup')] : []),
    ...(kept.files > 0 ? [line(kept, 'kept that the data folder has no more')] : []),
  ].join('')
}
