/** A container of Azure Blob Storage, read with a shared access signature ("Blob service REST API": List Blobs, Get Blob). */

export interface Blob {
  readonly name: string
  readonly etag: string
  readonly changedMs: number
}

/** What Azure answered instead. The signature stands in no message. */
export class AzureRefusal extends Error {
  override readonly name = 'AzureRefusal'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, what: string) {
    super(`${what}: Azure answered ${status}${code === '' ? '' : ` ${code}`}`)
    this.status = status
    this.code = code
  }
}

/** Octets of a page of the list: 5,000 blobs whose names are 1,024 letters at most. */
const LARGEST_PAGE = 32 * 2 ** 20
const LIST_MS = 60_000
/** A blob of an hour of a busy network may be hundreds of megabytes. */
const BLOB_MS = 30 * 60_000

export class Container {
  private readonly url: URL
  private readonly signature: URLSearchParams

  /** `url`: `https://ACCOUNT.blob.core.windows.net/CONTAINER`. `signature`: what stands behind the `?`, or nothing. */
  constructor(url: string, signature: string) {
    this.url = new URL(url)
    this.signature = new URLSearchParams(signature.replace(/^\?/, ''))
  }

  /** All blobs whose names begin so. Rejects with `AzureRefusal`, or what the network says. */
  async *list(prefix: string, signal: AbortSignal): AsyncGenerator<Blob> {
    let marker = ''
    do {
      const page = await this.page(prefix, marker, signal)
      yield* blobsIn(page)
      marker = textIn(page, 'NextMarker')
    } while (marker !== '' && !signal.aborted)
  }

  /** What is in a blob. Rejects as `list`. */
  async read(name: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const url = new URL(this.url)
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${name.split('/').map(encodeURIComponent).join('/')}`
    for (const [key, value] of this.signature) url.searchParams.append(key, value)
    const { body } = await this.fetch(url, AbortSignal.any([signal, AbortSignal.timeout(BLOB_MS)]), name)
    return (body ?? []) as AsyncIterable<Uint8Array>
  }

  private async page(prefix: string, marker: string, signal: AbortSignal): Promise<string> {
    const url = new URL(this.url)
    const query = { restype: 'container', comp: 'list', ...(prefix ? { prefix } : {}), ...(marker ? { marker } : {}) }
    for (const [key, value] of [...Object.entries(query), ...this.signature]) url.searchParams.append(key, value)
    const what = `the list of ${this.url.pathname.slice(1)}`
    const response = await this.fetch(url, AbortSignal.any([signal, AbortSignal.timeout(LIST_MS)]), what)
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > LARGEST_PAGE) throw new Error(`${what}: a page of more than ${LARGEST_PAGE} bytes`)
      parts.push(part)
    }
    return Buffer.concat(parts).toString('utf8')
  }

  private async fetch(url: URL, signal: AbortSignal, what: string): Promise<Response> {
    const headers = { 'x-ms-version': '2021-12-02' }
    const response = await fetch(url, { headers, signal, redirect: 'error' })
    if (response.status === 200) return response
    const code = response.headers.get('x-ms-error-code') ?? textIn(await headOf(response), 'Code')
    throw new AzureRefusal(response.status, code, what)
  }
}

/** The beginning of an answer, which may have no end. */
async function headOf(response: Response): Promise<string> {
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>)
    return Buffer.from(part).toString('utf8', 0, 4096)
  return ''
}

function blobsIn(page: string): Blob[] {
  return Array.from(page.matchAll(/<Blob>(.*?)<\/Blob>/gs), ([, blob = '']) => ({
    name: textIn(blob, 'Name'),
    etag: textIn(blob, 'Etag'),
    changedMs: Date.parse(textIn(blob, 'Last-Modified')),
  })).filter(({ name, changedMs }) => name !== '' && Number.isFinite(changedMs))
}

/** The text of the first element of that name; empty where there is none. */
function textIn(xml: string, element: string): string {
  const found = new RegExp(`<${element}(?: [^>]*)?>([^<]*)</${element}>`).exec(xml)?.[1] ?? ''
  return found.replace(
    /&(lt|gt|quot|apos|amp|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (whole, name: string, ten?: string, hex?: string) => {
      const code = ten ? Number(ten) : hex ? Number.parseInt(hex, 16) : null
      if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      return NAMED[name.toLowerCase()] ?? whole
    },
  )
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
