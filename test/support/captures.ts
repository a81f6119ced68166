/** Captures and their independent decode, where the folder with them lies beside the project. */
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { readCapture, type Datagram } from '../../src/server/intake/sources/pcap.ts'

const folder = fileURLToPath(new URL('../../../shared/captures', import.meta.url))

/** For `test(name, { skip })`: the reason why there are none, or false. */
export const noCaptures: string | false = existsSync(`${folder}/CASES.tsv`)
  ? false
  : 'the captures (../shared/captures) are not there'

/** A row of CASES.tsv. */
export interface Case {
  readonly name: string
  readonly format: string
  readonly features: readonly string[]
  readonly datagrams: number
  readonly flowRecords: number
  readonly optionsRecords: number
  readonly counterSamples: number
}

/** What the independent decoder read: a record's elements as `[enterprise, element, hex]` in the order on the wire. */
export interface GoldenRecord {
  /** Number of the datagram, from 1. */
  readonly d: number
  readonly src: string
  /** Version of the protocol. */
  readonly v: number | string
  /** Template; not of versions without. */
  readonly t?: number
  /** Observation domain; not of v5. */
  readonly od?: number
  /** Flow or option record. */
  readonly k: 'tpl' | 'opt'
  readonly f?: readonly (readonly [enterprise: number, element: number, hex: string])[]
  /** A record of a version without templates as it stands on the wire, in hex. */
  readonly raw?: string
}

/** Those of some formats, or all. */
export function cases(...formats: string[]): Case[] {
  if (noCaptures) return []
  const [head = [], ...rows] = readFileSync(`${folder}/CASES.tsv`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
  const cell = (row: readonly string[], name: string) => row[head.indexOf(name)] ?? ''
  return rows
    .filter((row) => formats.length === 0 || formats.includes(cell(row, 'format')))
    .map((row) => ({
      name: cell(row, 'case'),
      format: cell(row, 'format'),
      features: cell(row, 'features').split(','),
      datagrams: Number(cell(row, 'datagrams')),
      flowRecords: Number(cell(row, 'flow_records')),
      optionsRecords: Number(cell(row, 'options_records')),
      counterSamples: Number(cell(row, 'sflow_counter_samples')),
    }))
}

export async function datagramsOf(name: string): Promise<Datagram[]> {
  const datagrams: Datagram[] = []
  for await (const datagram of readCapture(createReadStream(`${folder}/pcap/${name}.pcap`))) datagrams.push(datagram)
  return datagrams
}

/** A sample of sFlow as the independent decoder read it: its records as `[enterprise:format, hex]`. */
export interface GoldenSample {
  readonly d: number
  readonly agent: string
  readonly sub: number
  readonly sample: string
  readonly recs: readonly (readonly [structure: string, hex: string])[]
}

export type AnyGoldenRecord = Partial<Omit<GoldenRecord, 'd'>> & Partial<GoldenSample> & { readonly d: number }

export function goldenOf<T extends AnyGoldenRecord = GoldenRecord>(name: string): T[] {
  const { records } = JSON.parse(gunzipSync(readFileSync(`${folder}/golden/${name}.json.gz`)).toString()) as {
    records: T[]
  }
  return records
}
