/** A container of Azure Blob Storage on loopback, in the forms that "Blob service REST API" gives: List Blobs, Get Blob. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export interface AzureContainer {
  /** `http://127.0.0.1:PORT/logs` */
  readonly url: string
  /** The signature that it wants. */
  readonly sas: string
  put(name: string, content: string, changedMs: number): void
  /** Answers everything with that status and code from now on; null for no longer. */
  refuse: { readonly status: number; readonly code: string } | null
  /** The connection breaks off after so many octets of a blob; null where it does not. */
  breaksOffAfter: number | null
  /** Blobs that were read, by name, in their order. */
  readonly reads: string[]
}

/** Blobs of a page of the list: a few, so that there are several pages. */
const PAGE = 2

export async function azureContainer(test: TestContext): Promise<AzureContainer> {
  const blobs = new Map<string, { content: string; changedMs: number }>()
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const refused =
      searchParams.get('sig') === 'secret' ? container.refuse : { status: 403, code: 'AuthenticationFailed' }
    if (refused) {
      response.writeHead(refused.status, { 'x-ms-error-code': refused.code })
      response.end(`<?xml version="1.0"?><Error><Code>${refused.code}</Code></Error>`)
      return
    }
    if (searchParams.get('comp') !== 'list') {
      const name = decodeURIComponent(pathname.slice('/logs/'.length))
      const blob = blobs.get(name)
      container.reads.push(name)
      response.writeHead(blob ? 200 : 404)
      if (container.breaksOffAfter === null) response.end(blob?.content)
      else response.write(blob?.content.slice(0, container.breaksOffAfter), () => response.destroy())
      return
    }
    const names = [...blobs.keys()].filter((name) => name.startsWith(searchParams.get('prefix') ?? '')).toSorted()
    const from = Number(searchParams.get('marker') ?? 0)
    const page = names.slice(from, from + PAGE).map((name) => {
      const { content, changedMs } = blobs.get(name) as { content: string; changedMs: number }
      const etag = createHash('md5').update(content).digest('hex')
      return `<Blob><Name>${name.replaceAll('&', '&amp;')}</Name><Properties><Last-Modified>${new Date(changedMs).toUTCString()}</Last-Modified><Etag>0x${etag}</Etag></Properties></Blob>`
    })
    const next = from + PAGE < names.length ? String(from + PAGE) : ''
    response.end(
      `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs>${page.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  test.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const container: AzureContainer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs`,
    sas: 'sp=rl&sig=secret',
    put: (name, content, changedMs) => void blobs.set(name, { content, changedMs }),
    refuse: null,
    breaksOffAfter: null,
    reads: [],
  }
  return container
}
