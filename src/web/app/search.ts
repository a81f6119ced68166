/**
 * The state of the page lives in the URL: `?from=now-6h&q=service:https&pills=!port:53&by=src.ip`.
 * All of it is text; what all pages share is read here, and each page reads its own with a codec.
 */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { BodyOf } from '../../shared/api/contract.ts'
import { rangeOf, type Range } from '../data/range.ts'

export type Params = Readonly<Record<string, string | undefined>>
export const SHARED_PARAMS = ['from', 'to', 'q', 'pills', 'scope', 'refresh'] as const
export type PagePath = '/' | '/explore' | '/flows' | '/vpc' | '/health' | '/get-data'
export type Scope = NonNullable<BodyOf<'query'>['scope']>

/** A filter beside the query bar's, which can be turned round or off by itself. */
export interface Pill {
  readonly text: string
  readonly not: boolean
  readonly off: boolean
}

/** What is looked at: the same on all pages. */
export interface View {
  /** As in the URL: date math, ISO 8601 or epoch milliseconds. */
  readonly from: string
  readonly to: string
  /** Text of the query bar. */
  readonly q: string
  readonly pills: readonly Pill[]
  readonly scope: Scope
  /** Milliseconds between refreshes; 0 for none. */
  readonly refreshMs: number
}

export const DEFAULT_VIEW: View = { from: 'now-1h', to: 'now', q: '', pills: [], scope: 'all', refreshMs: 5000 }

/** Reads and writes part of the URL's state. */
export interface Codec<T> {
  read(params: Params): T
  /** Undefined takes the parameter out of the URL: defaults are not written. */
  write(value: T): Params
}

export const viewCodec: Codec<View> = {
  read: (params) => ({
    from: params['from'] ?? DEFAULT_VIEW.from,
    to: params['to'] ?? DEFAULT_VIEW.to,
    q: params['q'] ?? '',
    pills: readPills(params['pills']),
    scope: readScope(params['scope']),
    refreshMs: readRefresh(params['refresh']),
  }),
  write: (view) => ({
    from: unless(view.from, DEFAULT_VIEW.from),
    to: unless(view.to, DEFAULT_VIEW.to),
    q: unless(view.q, ''),
    pills: view.pills.length > 0 ? view.pills.map(writePill).join(';') : undefined,
    scope: unless(typeof view.scope === 'object' ? view.scope.exporter : view.scope, 'all'),
    refresh:
      view.refreshMs === DEFAULT_VIEW.refreshMs
        ? undefined
        : view.refreshMs === 0
          ? 'off'
          : `${view.refreshMs / 1000}s`,
  }),
}

/** The view, and how to change it: a step in the history, unless it replaces the present one. */
export function useView(): [View, (change: Partial<View>, replace?: boolean) => void] {
  return usePart(viewCodec)
}

/** A page's own part of the URL's state. */
export function usePageSearch<T extends object>(codec: Codec<T>): [T, (change: Partial<T>, replace?: boolean) => void] {
  return usePart(codec)
}

/** The view's parameters with a change made to them, for links. */
export function viewParams(view: View, change: Partial<View> = {}): Params {
  return viewCodec.write({ ...view, ...change })
}

/** The view's range in milliseconds, as of now. */
export function useRange(): Range {
  const [view] = useView()
  return rangeOf(view.from, view.to)
}

/** Query bar and pills as one filter; undefined where there is none. */
export function filterOf(view: Pick<View, 'q' | 'pills'>): string | undefined {
  const parts = view.pills
    .filter((pill) => !pill.off)
    .map((pill) => (pill.not ? `not (${pill.text})` : `(${pill.text})`))
  if (view.q.trim() !== '') parts.unshift(parts.length > 0 ? `(${view.q.trim()})` : view.q.trim())
  if (parts.length === 0) return undefined
  return parts.length === 1 && !view.q ? (parts[0] as string).replace(/^\((.*)\)$/s, '$1') : parts.join(' and ')
}

/** The view's filter and one more. */
export function narrowed(view: Pick<View, 'q' | 'pills'>, clause: string): string {
  const filter = filterOf(view)
  return filter === undefined ? clause : `(${filter}) and (${clause})`
}

/** Search text of a URL → parameters. */
export function parseSearch(text: string): Params {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Parameters → search text that a person can read: only what must be escaped is. */
export function stringifySearch(params: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [`${name}=${escape(value)}`] : [],
  )
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

function usePart<T extends object>(codec: Codec<T>): [T, (change: Partial<T>, replace?: boolean) => void] {
  const params: Params = useSearch({ strict: false })
  const navigate = useNavigate()
  const value = useMemo(() => codec.read(params), [codec, params])
  const change = (part: Partial<T>, replace = false) =>
    void navigate({
      to: '.',
      search: (now: Params) => ({ ...now, ...codec.write({ ...codec.read(now), ...part }) }),
      replace,
      resetScroll: false,
    })
  return [value, change]
}

/** Percent-encodes what a query value cannot hold, and no more: `:`, `/`, `,`, `;`, `@`, `$` and brackets stay, a space is `+`. */
function escape(value: string): string {
  return encodeURIComponent(value).replace(/%(3A|2F|2C|3B|40|24|20|5B|5D)/g, (_, code: string) =>
    code === '20' ? '+' : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Pills stand apart by `;`; `~` is off, `!` is not, and a backslash keeps the character after it. */
function readPills(text: string | undefined): Pill[] {
  return (text?.match(/(?:\\.|[^;\\])+/gs) ?? []).flatMap((part) => {
    const [, off, not, inner = ''] = /^(~?)(!?)(.*)$/s.exec(part) ?? []
    return inner === '' ? [] : [{ text: inner.replace(/\\(.)/gs, '$1'), not: not === '!', off: off === '~' }]
  })
}

function writePill(pill: Pill): string {
  return `${pill.off ? '~' : ''}${pill.not ? '!' : ''}${pill.text.replace(/[\\;]|^[~!]/g, '\\$&')}`
}

function readScope(text: string | undefined): Scope {
  if (!text || text === 'all') return 'all'
  return text === 'ingress' || text === 'deduplicated' ? text : { exporter: text }
}

function readRefresh(text: string | undefined): number {
  if (text === undefined) return DEFAULT_VIEW.refreshMs
  const seconds = /^(\d{1,5})s$/.exec(text)
  return seconds ? Number(seconds[1]) * 1000 : 0
}

function unless(value: string, usual: string): string | undefined {
  return value === usual ? undefined : value
}
