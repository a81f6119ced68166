/**
 * Who may ask. Without sign-in this is what keeps other people's pages out: a request must name this server in `Host`
 * (against DNS rebinding), and may come from no other origin.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isIP } from 'node:net'
import { WeirError } from '../../shared/api/errors.ts'
import { isLoopback } from '../config/address.ts'
import { PUSHED } from './push.ts'

/** `names`: host names by which people reach this server besides its address. */
export function addGuard(app: FastifyInstance, names: readonly string[]): void {
  const known = new Set(names.map((name) => bare(name.toLowerCase())))
  app.addHook('onRequest', (request, _reply, done) => {
    // The key of a source says more than the name that a cloud calls this server by, which may be that of a proxy.
    if (request.routeOptions.url?.startsWith(PUSHED)) return done()
    done(hostProblem(request, known) ?? originProblem(request, known) ?? undefined)
  })
}

function hostProblem(request: FastifyRequest, known: ReadonlySet<string>): WeirError | null {
  const name = hostName(request.headers.host)
  if (name !== null && isOwn(name, request.socket.localAddress ?? '', known)) return null
  return new WeirError(
    'wrongHost',
    `Host ${request.headers.host ?? '(none)'} is not this server; if people reach Weir by that name, start it with --http-name ${name ?? 'NAME'}`,
  )
}

function originProblem(request: FastifyRequest, known: ReadonlySet<string>): WeirError | null {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin === undefined) {
    // A link from elsewhere may open the page; a page elsewhere may not ask (Fetch Metadata Request Headers §2).
    const fits =
      site === undefined ||
      site === 'same-origin' ||
      site === 'none' ||
      request.headers['sec-fetch-mode'] === 'navigate'
    return fits ? null : wrongOrigin('another site')
  }
  const from = /^https?:\/\/([^/]+)$/i.exec(origin)?.[1]?.toLowerCase()
  const same = from !== undefined && (from === request.headers.host?.toLowerCase() || known.has(hostName(from) ?? ''))
  return same ? null : wrongOrigin(origin)
}

function wrongOrigin(from: string): WeirError {
  return new WeirError(
    'wrongOrigin',
    `a page of ${from} may not ask here; open Weir's own page, or ask without an Origin header`,
  )
}

/** The address that the connection came in on, a loopback name on a loopback connection, or a name that was given. */
function isOwn(name: string, localAddress: string, known: ReadonlySet<string>): boolean {
  if (known.has(name)) return true
  const local = localAddress.replace(/^::ffff:/i, '')
  return isLoopback(local) ? isLoopback(name) && (name === 'localhost' || isIP(name) !== 0) : name === local
}

/** `Host` without port, brackets and case; null where it is none. */
function hostName(host: string | undefined): string | null {
  const found = /^(\[[\da-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(host ?? '')
  return found ? bare((found[1] as string).toLowerCase().replace(/\.$/, '')) : null
}

function bare(name: string): string {
  return name.replace(/^\[|\]$/g, '')
}
