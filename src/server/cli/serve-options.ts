/** Options of `serve`, which `doctor` takes too, in the form of the configuration file. */
import { WeirError } from '../../shared/api/errors.ts'
import { readAddress, readListener } from '../config/address.ts'
import type { ConfigFile } from '../config/schema.ts'
import type { LogLevel } from '../log.ts'

export interface ServeOptions {
  readonly config?: string
  readonly data?: string
  readonly http?: string
  readonly httpName?: readonly string[]
  readonly listen?: readonly string[]
  readonly store?: string
  readonly logLevel?: LogLevel
}

/** For options that may stand there several times. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

/** Throws `badOption` or `notAvailable`, naming the option. */
export function configOf({ data, http, httpName, listen, store, logLevel }: ServeOptions): ConfigFile {
  const urls = listen?.filter((url) => url !== 'none')
  for (const url of urls ?? []) inOption('--listen', () => readListener(url))
  if (http !== undefined) inOption('--http', () => readAddress(http))
  return {
    ...(data === undefined ? {} : { data }),
    ...(urls ? { listen: urls } : {}),
    http: { ...(http === undefined ? {} : { listen: http }), ...(httpName ? { names: [...httpName] } : {}) },
    store: store === undefined ? {} : { url: store },
    log: logLevel === undefined ? {} : { level: logLevel },
  }
}

function inOption(name: string, check: () => unknown): void {
  try {
    check()
  } catch (error) {
    throw error instanceof WeirError ? new WeirError(error.code, `${name} ${error.message}`) : error
  }
}
