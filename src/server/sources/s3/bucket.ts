/** A bucket: its objects, read so that a connection that breaks costs nothing, and its listings. */
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import { awsClient } from '../aws.ts'
import type { SettingsOf } from '../settings.ts'
import type { SourceContext } from '../source.ts'

export interface OpenObject {
  readonly key: string
  readonly etag: string
  readonly bytes: number
  readonly modifiedMs: number
  /** All of it. Where a connection breaks, the rest is asked for. Rejects with `CutShort` where that does not help either. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** A part of it. */
  range(from: number, end: number): Promise<Uint8Array>
  /** Lets go of it unread. */
  close(): void
}

export interface Listed {
  readonly key: string
  readonly etag: string
  readonly bytes: number
  readonly modifiedMs: number
}

export interface Level {
  readonly folders: readonly string[]
  readonly objects: readonly Listed[]
}

/** An object that is there, but is not what it said that it is. */
export class CutShort extends Error {
  override readonly name = 'CutShort'
}

/** Connections for one reading of an object. */
const MOST_TRIES = 6
const FIRST_WAIT_MS = 500

export class Bucket {
  readonly name: string
  private readonly client: S3Client
  private readonly context: SourceContext

  constructor(settings: SettingsOf<'s3'>, context: SourceContext) {
    this.name = settings.bucket
    this.context = context
    this.client = new S3Client({
      ...awsClient(settings),
      forcePathStyle: settings.pathStyle,
      followRegionRedirects: true,
      // Of parts of objects there are no checksums; of whole ones they are asked for.
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
  }

  close(): void {
    this.client.destroy()
  }

  /** Rejects as the client of AWS does, or with `CutShort` where it is shorter than it was said to be. */
  async open(
    {
      key,
      etag: toldEtag,
      bytes,
    }: { readonly key: string; readonly etag: string | null; readonly bytes: number | null },
    signal: AbortSignal,
  ): Promise<OpenObject> {
    const asked = { Bucket: this.name, Key: key, ChecksumMode: 'ENABLED' as const }
    const answer = await this.client.send(new GetObjectCommand(asked), { abortSignal: signal })
    const body = answer.Body as Readable
    // What fails before someone reads it is not to end the process.
    body.on('error', () => undefined)
    const etag = plainTag(answer.ETag)
    const length = answer.ContentLength ?? 0
    if (etag === toldEtag && bytes !== null && length < bytes) {
      body.destroy()
      throw new CutShort(`${length} bytes came of ${bytes}`)
    }
    return {
      key,
      etag,
      bytes: length,
      modifiedMs: answer.LastModified?.getTime() ?? this.context.now(),
      chunks: this.chunks(key, etag, length, body, signal),
      range: (from, end) => this.range(key, etag, from, end, signal),
      close: () => void body.destroy(),
    }
  }

  /** One level below a prefix, or all that is below it; a page after the other. */
  async *list(options: {
    readonly prefix: string
    readonly isLevel: boolean
    readonly after?: string | undefined
    readonly signal: AbortSignal
  }): AsyncGenerator<Level> {
    const { prefix, isLevel, after, signal } = options
    let token: string | undefined
    do {
      const answer = await this.client.send(
        new ListObjectsV2Command({
          Bucket: this.name,
          Prefix: prefix,
          ...(isLevel ? { Delimiter: '/' } : {}),
          ...(token === undefined ? (after === undefined ? {} : { StartAfter: after }) : { ContinuationToken: token }),
        }),
        { abortSignal: signal },
      )
      yield {
        folders: (answer.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []),
        objects: (answer.Contents ?? []).flatMap(({ Key, ETag, Size, LastModified }) =>
          Key === undefined || Key.endsWith('/')
            ? []
            : [{ key: Key, etag: plainTag(ETag), bytes: Size ?? 0, modifiedMs: LastModified?.getTime() ?? 0 }],
        ),
      }
      token = answer.IsTruncated ? answer.NextContinuationToken : undefined
    } while (token !== undefined)
  }

  private async *chunks(
    key: string,
    etag: string,
    length: number,
    first: Readable,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    let body = first
    let at = 0
    for (let tries = 1; ; tries++) {
      try {
        for await (const chunk of body as AsyncIterable<Uint8Array>) {
          at += chunk.length
          yield chunk
        }
        if (at >= length) return
        throw new CutShort(`${at} bytes came of ${length}`)
      } catch (error) {
        // Nothing is left to ask for where all came and is wrong.
        if (signal.aborted || at >= length || isAnswer(error)) throw error
        if (tries === MOST_TRIES) throw new CutShort(`${at} bytes came of ${length}: ${(error as Error).message}`)
      } finally {
        body.destroy()
      }
      if (tries > 1) await this.context.wait(FIRST_WAIT_MS * 2 ** tries, signal)
      body = await this.rest(key, etag, at, signal)
    }
  }

  private async rest(key: string, etag: string, from: number, signal: AbortSignal): Promise<Readable> {
    const asked = { Bucket: this.name, Key: key, Range: `bytes=${from}-`, IfMatch: `"${etag}"` }
    const answer = await this.client.send(new GetObjectCommand(asked), { abortSignal: signal })
    const body = answer.Body as Readable
    body.on('error', () => undefined)
    return body
  }

  private async range(key: string, etag: string, from: number, end: number, signal: AbortSignal): Promise<Uint8Array> {
    for (let tries = 1; ; tries++) {
      try {
        const asked = { Bucket: this.name, Key: key, Range: `bytes=${from}-${end - 1}`, IfMatch: `"${etag}"` }
        const answer = await this.client.send(new GetObjectCommand(asked), { abortSignal: signal })
        const bytes = await (answer.Body as { transformToByteArray(): Promise<Uint8Array> }).transformToByteArray()
        if (bytes.length === end - from) return bytes
        throw new CutShort(`${bytes.length} bytes came of ${end - from}`)
      } catch (error) {
        if (signal.aborted || isAnswer(error) || tries === MOST_TRIES) throw error
      }
      await this.context.wait(FIRST_WAIT_MS * 2 ** tries, signal)
    }
  }
}

/** Whether it is what AWS answered, and no break of the way. */
export function isAnswer(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  return status !== undefined && status >= 400 && status < 500
}

function plainTag(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '')
}
