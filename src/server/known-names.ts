/** What filters may name: registered services, exporters and interfaces as they are called, and named filters. */
import type { Range } from '../shared/query/filter/ast.ts'
import { likeAny } from '../shared/query/filter/like.ts'
import type { Names } from '../shared/query/filter/names.ts'
import { parseIp } from '../shared/schema/ip.ts'
import { rangeOf, type SettingsByAddress } from './intake/exporter-settings.ts'
import type { ExporterNames } from './messages.ts'
import { serviceKeysByName } from './registry/services.ts'

/** What exporters tell of names is asked for anew after this time. */
const FRESH_MS = 5000

interface KnownExporter {
  readonly address: bigint
  readonly name: string | null
  readonly interfaces: readonly { readonly index: number; readonly names: readonly string[] }[]
}

export class KnownNames implements Names {
  private readonly ask: () => Promise<readonly ExporterNames[]>
  private readonly namedFilters: () => ReadonlyMap<string, string>
  private readonly configured: readonly { readonly name: string; readonly range: Range }[]
  private known: readonly KnownExporter[] = []
  private askedAtMs = Number.NEGATIVE_INFINITY
  private asking: Promise<void> | null = null

  /** `ask`: what exporters have told; `settings`: what the configuration calls them. */
  constructor(
    ask: () => Promise<readonly ExporterNames[]>,
    settings: SettingsByAddress,
    namedFilters: () => ReadonlyMap<string, string>,
  ) {
    this.ask = ask
    this.namedFilters = namedFilters
    this.configured = Object.entries(settings).flatMap(([address, { name = '' }]) => {
      const range = rangeOf(address)
      return name !== '' && range ? [{ name, range }] : []
    })
  }

  get filters(): ReadonlyMap<string, string> {
    return this.namedFilters()
  }

  /** The same with other named filters. */
  with(filters: ReadonlyMap<string, string>): Names {
    return {
      serviceKeys: (name) => this.serviceKeys(name),
      exporters: (name) => this.exporters(name),
      interfaces: (name) => this.interfaces(name),
      filters,
    }
  }

  /** To be awaited before filters are read. Where the exporters' names cannot be had, those from before stay. */
  refresh(nowMs: number): Promise<void> {
    if (this.asking) return this.asking
    if (nowMs - this.askedAtMs < FRESH_MS) return Promise.resolve()
    this.askedAtMs = nowMs
    this.asking = this.ask()
      .then((exporters) => {
        this.known = exporters.flatMap(read)
      })
      .catch(() => undefined)
      .finally(() => {
        this.asking = null
      })
    return this.asking
  }

  serviceKeys(name: string): readonly number[] {
    return serviceKeysByName(name)
  }

  exporters(name: string): readonly Range[] {
    const fits = nameTest(name)
    return [
      ...this.configured.flatMap((each) => (fits(each.name) ? [each.range] : [])),
      ...this.known.flatMap((each) =>
        each.name !== null && fits(each.name) ? [{ low: each.address, high: each.address }] : [],
      ),
    ]
  }

  interfaces(name: string): ReadonlyMap<bigint, readonly number[]> {
    const fits = nameTest(name)
    const found = new Map<bigint, readonly number[]>()
    for (const { address, interfaces } of this.known) {
      const indices = interfaces.flatMap(({ index, names }) => (names.some(fits) ? [index] : []))
      if (indices.length > 0) found.set(address, indices)
    }
    return found
  }
}

function read({ address, name, interfaces }: ExporterNames): KnownExporter[] {
  const value = parseIp(address)
  if (value === null) return []
  return [
    {
      address: value,
      name,
      interfaces: Array.from(interfaces, ([index, told]) => ({
        index,
        names: [told.name, told.description].filter((each) => each !== ''),
      })),
    },
  ]
}

/** Whatever the case; `*` stands for any letters. */
function nameTest(name: string): (text: string) => boolean {
  const [first = '', ...others] = name.split(/\*+/)
  return likeAny([[first, ...others]])
}
