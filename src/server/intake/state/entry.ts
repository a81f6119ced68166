/**
 * What is remembered of exporters over a restart, one thing a line: CRC-32 of the rest as 8 hex digits, a space, a JSON
 * array of the kind and its values.
 */
import { crc32 } from 'node:zlib'

/** Changes when an older Weir could no longer read what this one writes. */
export const FORMAT = 1

/** Whose it is: address, source port (0 for all of its ports), protocol, number of the domain. */
const DOMAIN = ['text', 'whole', 'text', 'whole'] as const

/** The values of each kind, after those of its key. */
const FORMS = {
  /** The first line of a file: the number of its format. */
  format: { key: [], values: ['whole'] },
  /** First seen, last seen (epoch ms), protocols with commas between. */
  exporter: { key: ['text'], values: ['whole', 'whole', 'text'] },
  /** The exporter and all that it has told is forgotten. */
  forgotten: { key: ['text'], values: [] },
  /** Its source ports are told apart. */
  shared: { key: ['text'], values: [] },
  /** Id; scopes or -1, number of fields, field specifiers in Base64, last seen (epoch ms). */
  template: { key: [...DOMAIN, 'whole'], values: ['whole', 'whole', 'text', 'whole'] },
  /** The template of that id is no more. */
  withdrawn: { key: [...DOMAIN, 'whole'], values: [] },
  /** Of what (sampler, interface, domain) and its id; the rate. */
  rate: { key: [...DOMAIN, 'text', 'whole'], values: ['whole'] },
  /** When the exporter booted (epoch ms). */
  boot: { key: DOMAIN, values: ['whole'] },
  /** Properties that records have in common, by their number; as option-structures.ts writes them. */
  common: { key: [...DOMAIN, 'whole'], values: ['text'] },
  /** An element that the exporter made up; its name and the number of its data type, or -1. */
  element: { key: ['text', 'text'], values: ['text', 'whole'] },
  /** Kind of thing and its id; name, description. */
  name: { key: ['text', 'text', 'whole'], values: ['text', 'text'] },
} as const satisfies Record<string, { key: readonly ValueForm[]; values: readonly ValueForm[] }>

type ValueForm = 'text' | 'whole'
type Kind = keyof typeof FORMS
type Values<F extends readonly ValueForm[]> = { [I in keyof F]: F[I] extends 'text' ? string : number }
type EntryOf<K extends Kind> = readonly [K, ...Values<(typeof FORMS)[K]['key']>, ...Values<(typeof FORMS)[K]['values']>]

export type Entry = { [K in Kind]: EntryOf<K> }[Kind]

/** Of the same key, the last entry holds. A withdrawal has the key of its template. */
export function keyOf(entry: Entry): string {
  const [kind] = entry
  const [, ...values] = entry.slice(0, 1 + FORMS[kind].key.length)
  return JSON.stringify([kind === 'withdrawn' ? 'template' : kind, ...values])
}

export function lineOf(entry: Entry): string {
  const text = JSON.stringify(entry)
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`
}

/** The entry of a line (without its end), or null where it is none. */
export function entryOf(line: string): Entry | null {
  const text = line.slice(9)
  if (line[8] !== ' ' || crc32(text) !== Number.parseInt(line.slice(0, 8), 16)) return null
  let entry: unknown
  try {
    entry = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(entry)) return null
  const [kind, ...values] = entry as [unknown, ...unknown[]]
  if (typeof kind !== 'string' || !Object.hasOwn(FORMS, kind)) return null
  const { key, values: more } = FORMS[kind as Kind]
  const forms: readonly ValueForm[] = [...key, ...more]
  const fits =
    values.length === forms.length &&
    values.every((value, i) => (forms[i] === 'text' ? typeof value === 'string' : Number.isSafeInteger(value)))
  return fits ? (entry as unknown as Entry) : null
}

/** What a file says, and what is wrong with it. */
export interface Read {
  readonly entries: readonly Entry[]
  /** The number of its format where it is newer than this Weir, else that of the line (from 1) that is damaged, or none. */
  readonly problem: { readonly newer: number } | { readonly damagedLine: number } | null
}

/** Reads a whole file. A last line without its end was being written when the process ended, and is left out. */
export function readEntries(text: string): Read {
  const entries: Entry[] = []
  const lines = text.split('\n')
  lines.pop()
  for (const [i, line] of lines.entries()) {
    const entry = entryOf(line)
    if (!entry || (entry[0] === 'format') !== (i === 0)) return { entries, problem: { damagedLine: i + 1 } }
    if (entry[0] !== 'format') entries.push(entry)
    else if (entry[1] > FORMAT) return { entries, problem: { newer: entry[1] } }
  }
  return { entries, problem: null }
}
