/** What servers that speak sFlow say of requests (sFlow Host Structures, HTTP Structures, Application Structures). */
import type { Batch } from '../batch.ts'
import { put16, put32, put8, putV4, putV6, slot } from '../slots.ts'
import { putText, textEnd } from './sflow-blocks.ts'

/*
 * extended socket: protocol (u32), local and remote address (4 or 16 octets each), local port (u32), remote port (u32). It
 * stands in for the header of a request that a client made of the local server.
 */
export function readSocket(
  octets: 4 | 16,
  view: DataView,
  at: number,
  end: number,
  header: boolean,
  batch: Batch,
  row: number,
): boolean {
  const ports = at + 4 + 2 * octets
  if (ports + 8 > end) return false
  if (header) return true
  put8(batch, PROTO, row, view.getUint32(at))
  put8(batch, IP_VERSION, row, octets === 4 ? 4 : 6)
  const putSide = octets === 4 ? putV4 : putV6
  putSide(batch, DST_IP, row, view, at + 4)
  putSide(batch, SRC_IP, row, view, at + 4 + octets)
  put16(batch, DST_PORT, row, view.getUint32(ports))
  put16(batch, SRC_PORT, row, view.getUint32(ports + 4))
  return true
}

/*
 * HTTP request: method (u32), protocol (u32), URI, host, referer, user agent, in the newer form forwarded-for, user, MIME type
 * (texts), in the newer form octets of the request (u64), octets of the answer (u64), duration in µs (u32), status (u32).
 */
export function readHttp(
  newer: boolean,
  view: DataView,
  start: number,
  end: number,
  batch: Batch,
  row: number,
): boolean {
  if (start + 8 > end) return false
  const texts = newer ? 7 : 6
  let at = start + 8
  let host = -1
  let user = -1
  for (let i = 0; i < texts; i++) {
    if (i === 1) host = at
    if (i === texts - 2) user = at
    at = textEnd(view, at, end)
    if (at < 0) return false
  }
  const status = at + (newer ? 20 : 12)
  if (status + 4 > end) return false
  const method = METHODS[view.getUint32(start)]
  if (method) put32(batch, HTTP_METHOD, row, batch.texts.intern(method, 0, method.length))
  putText(HTTP_URL, view, start + 8, batch, row)
  putText(HTTP_HOST, view, host, batch, row)
  putText(USER, view, user, batch, row)
  put16(batch, HTTP_STATUS, row, view.getUint32(status))
  return true
}

/*
 * application operation: application, operation, attributes, status (texts), octets of the request (u64) and of the answer
 * (u64), duration in µs (u32), status (u32).
 */
export function readOperation(view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  if (textEnd(view, at, end) < 0) return false
  putText(APP, view, at, batch, row)
  return true
}

/** By number; 0 is any other. */
const METHODS = ['', 'OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'].map((name) =>
  name === '' ? null : Uint8Array.from(name, (character) => character.charCodeAt(0)),
)

const SRC_IP = slot('src.ip')
const DST_IP = slot('dst.ip')
const SRC_PORT = slot('src.port')
const DST_PORT = slot('dst.port')
const PROTO = slot('proto')
const IP_VERSION = slot('ip.version')
const HTTP_METHOD = slot('http.method')
const HTTP_URL = slot('http.url')
const HTTP_HOST = slot('http.host')
const HTTP_STATUS = slot('http.status')
const USER = slot('user')
const APP = slot('app')
