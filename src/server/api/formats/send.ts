/** Sends a table in the form asked for, as fast as the client takes it, page by page. */
import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { FORMATS, type FormatName } from '../../../shared/api/formats.ts'
import { fileName } from './choose.ts'
import { WRITERS } from './index.ts'
import type { Chunk, Row, TableColumn, TableWriter } from './table-writer.ts'

export interface TablePage {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly Row[]
  /** What the answer rests on. */
  readonly meta: object
}

/**
 * Begins when the first page is there, so that what is wrong with the question is answered as an error. What goes wrong later
 * breaks the connection off: a client that checks that the answer ended sees it.
 */
export async function sendTable(
  reply: FastifyReply,
  call: string,
  format: Exclude<FormatName, 'json'>,
  pages: AsyncIterator<TablePage>,
): Promise<FastifyReply> {
  const first = await pages.next()
  if (first.done) throw new Error(`${call} gave no page`)
  const { columns, rows, meta } = first.value
  const metaText = ascii(JSON.stringify({ ...meta, sql: undefined }))
  const writer = WRITERS[format](columns, metaText)
  // The first page is written before the answer begins, so that what cannot be written is an error too.
  const begin = [...writer.begin(), ...writer.page(rows)]
  return reply
    .header('content-type', FORMATS[format].type)
    .header('content-disposition', `attachment; filename="${fileName(call, format)}"`)
    .header('weir-meta', metaText)
    .send(Readable.from(chunks(begin, pages, writer), { objectMode: false, highWaterMark: 1 << 18 }))
}

async function* chunks(
  begin: readonly Chunk[],
  pages: AsyncIterator<TablePage>,
  writer: TableWriter,
): AsyncGenerator<Buffer> {
  try {
    yield* joined(begin)
    for (let next = await pages.next(); !next.done; next = await pages.next()) {
      for (const chunk of writer.page(next.value.rows)) {
        yield bytesOf(chunk)
        // Others' calls come between.
        await setImmediate()
      }
    }
    yield* joined(writer.end())
  } finally {
    await pages.return?.()
  }
}

function joined(parts: Iterable<Chunk>): Buffer[] {
  const all = Buffer.concat(Array.from(parts, bytesOf))
  return all.length > 0 ? [all] : []
}

function bytesOf(chunk: Chunk): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

/** JSON text as headers can carry it. */
function ascii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
