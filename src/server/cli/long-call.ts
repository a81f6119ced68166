/** Calls that take as long as they take: without the time limits of `fetch`, bodies and answers as streams. */
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { refusalOf, unreachable, urlOf } from './ask.ts'

/** The answer, once it begins. Rejects with the server's own error, or with `failed` where none answers. */
export async function callLong(
  server: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Readable,
): Promise<IncomingMessage> {
  const url = urlOf(server, path)
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { method: 'POST', headers })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', (error) => reject(unreachable(server, error)))
  })
  if (typeof body === 'string') request.end(body)
  // A server that refuses stops reading: what it says counts.
  else void pipeline(body, request).catch(() => undefined)
  const response = await answered
  if (response.statusCode === 200) return response
  throw refusalOf(parsed(await text(response)), url, response.statusCode ?? 0)
}

export async function jsonOf<T>(response: IncomingMessage): Promise<T> {
  return JSON.parse(await text(response)) as T
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
