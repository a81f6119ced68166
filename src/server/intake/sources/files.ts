/** Files with flow datagrams in them: captures (pcap, pcapng), and datagrams as they are. Any of them may be gzipped. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { WeirError } from '../../../shared/api/errors.ts'
import { FIXED_FORMATS } from '../decoders/fixed-formats.ts'
import { recordLength } from '../decoders/fixed-records.ts'
import { recognise } from '../recognise.ts'
import { ByteStream } from './byte-stream.ts'
import { captureKind } from './pcap-frames.ts'
import { newSummary, readCapture, type CaptureSummary, type Datagram } from './pcap.ts'

export interface DatagramFile {
  /** For messages: the path, or `standard input`. */
  readonly name: string
  /** Bytes of the file, null where that is not known. */
  readonly bytes: number | null
  /** Bytes read so far. */
  readonly read: () => number
  readonly summary: CaptureSummary
  readonly datagrams: AsyncIterable<Datagram>
}

/** A raw file says neither where its datagrams came from nor when. */
const NOBODY = '0.0.0.0'
const LONGEST_DATAGRAM = 65_535
const IPFIX_HEADER = 16
/** Octets that are looked at before a file is taken for something. */
const HEAD = 4096

/** A file whose beginning was looked at; what was gzipped is plain here. */
export interface OpenFile {
  /** For messages: the path, or `standard input`. */
  readonly name: string
  /** Bytes of the file, null where that is not known. */
  readonly bytes: number | null
  /** When it was last changed; now for standard input. */
  readonly changedMs: number
  /** Bytes read so far. */
  readonly read: () => number
  /** Its first octets: 4 KiB, where it has so many. */
  readonly head: Uint8Array
  readonly chunks: AsyncIterable<Uint8Array>
  /** Lets go of it unread. */
  close(): void
}

/** Opens a file; `-` is standard input. Throws `failed` where it cannot be read. */
export async function openFile(path: string, name = path === '-' ? 'standard input' : path): Promise<OpenFile> {
  const { size, mtimeMs } = path === '-' ? { size: null, mtimeMs: Date.now() } : await statOf(path)
  let read = 0
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 })
  const plain = await unpacked(
    counting(source, (length) => (read += length)),
    name,
  )
  return {
    name,
    bytes: size,
    changedMs: Math.floor(mtimeMs),
    read: () => read,
    head: plain.head,
    chunks: plain.all,
    close: () => source.destroy(),
  }
}

/**
 * What comes, with its first 4 KiB; what was gzipped is plain. Rejects with `failed` where that is damaged, with `tooLarge`
 * where it grows to more than any log would, and with whatever `source` rejects with.
 */
export async function unpacked(source: AsyncIterable<Uint8Array>, name: string): Promise<Peeked> {
  const raw = await peekable(source)
  const once = await unpackedOnce(raw, name)
  // What CloudWatch Logs hands to Firehose is gzipped, and Firehose may gzip it again.
  return once === raw ? raw : await unpackedOnce(once, name)
}

/** Opens a file of datagrams. Throws `failed` where it cannot be read, or is of another kind (`detail.kind` is `unknown`). */
export async function openDatagrams(path: string, name?: string): Promise<DatagramFile> {
  const file = await openFile(path, name)
  const datagrams = datagramsIn(file)
  if (datagrams !== null) return datagrams
  file.close()
  throw new WeirError('failed', `${file.name}: neither a capture (pcap, pcapng) nor a flow datagram`, {
    kind: 'unknown',
  })
}

/** Null where there are none in it. */
export function datagramsIn({ name, bytes, read, head, chunks, changedMs }: OpenFile): DatagramFile | null {
  const summary = newSummary()
  const file = { name, bytes, read, summary }
  if (captureKind(head)) return { ...file, datagrams: readCapture(chunks, summary) }
  if (isFlowData(head)) return { ...file, datagrams: readRaw(chunks, name, changedMs, summary) }
  return null
}

/** Throws `failed` where there is no such file. */
export async function statOf(path: string): Promise<{ size: number; mtimeMs: number }> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new WeirError('failed', `${path} is a folder; name the files in it`)
    return found.isFile() ? found : { size: 0, mtimeMs: Date.now() }
  } catch (error) {
    if (error instanceof WeirError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new WeirError(
      'failed',
      code === 'ENOENT'
        ? `${path}: no such file`
        : code === 'EACCES'
          ? `${path}: no permission to read it`
          : `${path}: ${message}`,
    )
  }
}

async function* counting(
  source: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    count(chunk.length)
    yield chunk
  }
}

/** Parquet, "File Format": the magic number. */
export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1'
}

/** The first chunk to look at, and all of them. */
export interface Peeked {
  readonly head: Uint8Array
  readonly all: AsyncIterable<Uint8Array>
}

async function peekable(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < HEAD) {
    const next = await iterator.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  return { head, all: all() }
}

async function unpackedOnce(file: Peeked, name: string): Promise<Peeked> {
  return file.head[0] === 0x1f && file.head[1] === 0x8b ? peekable(gunzip(file.all, name)) : file
}

/**
 * Of flow logs gzip makes a tenth, of those that say over and over that nothing was seen a fiftieth; at most it makes a
 * thousandth (RFC 1951). What is small is let be: a short file may be all the same line.
 */
const MOST_GROWTH = 200
const GROWN = 1 << 26

async function* gunzip(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let packed = 0
  let plain = 0
  const source = Readable.from(counting(chunks, (length) => (packed += length)))
  const unzip = createGunzip({ chunkSize: 1 << 18 })
  // Where the source fails, what reads from here is to learn why.
  source.once('error', (error) => unzip.destroy(error))
  try {
    for await (const chunk of source.pipe(unzip) as AsyncIterable<Uint8Array>) {
      plain += chunk.length
      if (plain > GROWN && plain > packed * MOST_GROWTH)
        throw new WeirError(
          'tooLarge',
          `${name}: a zip bomb: it grows to more than ${MOST_GROWTH} times its length when it is unpacked`,
        )
      yield chunk
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error
    throw new WeirError('failed', `${name}: the compressed file is damaged (${(error as Error).message})`)
  } finally {
    source.destroy()
  }
}

function isFlowData(head: Uint8Array): boolean {
  return recognise(head) !== 'decode.notFlowData'
}

/**
 * Datagrams as they are. IPFIX messages (RFC 5655) and NetFlow of fixed records say how long they are, so that any number of
 * them may stand in a file; of the others it holds one.
 */
async function* readRaw(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  timeMs: number,
  summary: CaptureSummary,
): AsyncGenerator<Datagram> {
  const stream = new ByteStream(chunks)
  for (let number = 1; await stream.fill(1); number++) {
    await stream.fill(4)
    const said = lengthSaid(stream.peek(Math.min(4, stream.length)))
    const isThere = await stream.fill(said ?? LONGEST_DATAGRAM + 1)
    if (said === null && isThere && number === 1)
      throw new WeirError(
        'failed',
        `${name}: too long for one datagram of 64 KiB; of its kind, only captures (pcap, pcapng) hold several`,
      )
    if (said === null && number > 1)
      summary.problem = `message ${number} is neither IPFIX nor NetFlow v1, v5, v6 or v7: the file is damaged from there on`
    if (said !== null && !isThere) summary.problem = `the file ends inside message ${number}`
    summary.frames++
    summary.datagrams++
    const payload = stream.take(Math.min(said ?? LONGEST_DATAGRAM, stream.length))
    yield { timeMs, sourceAddress: NOBODY, sourcePort: 0, destinationPort: 0, payload, cut: false, session: null }
    if (said === null) return
  }
}

/** Length of the datagram that begins so, null where it does not say. */
function lengthSaid(head: Uint8Array): number | null {
  const second = head.length >= 4 ? ((head[2] as number) << 8) | (head[3] as number) : 0
  const protocol = recognise(head)
  if (protocol === 'ipfix') return second >= IPFIX_HEADER ? second : null
  const fixed = FIXED_FORMATS.find(({ name }) => name === protocol)
  return fixed ? fixed.header + second * recordLength(fixed) : null
}
