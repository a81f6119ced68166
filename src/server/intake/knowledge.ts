/** What an exporter's option records say of the numbers in its flows: names of interfaces, applications and the like. */
import type { Exporter } from './exporter.ts'
import { takeOption, totalsOf } from './totals.ts'

export const NAME_KINDS = ['interface', 'application', 'vrf', 'sampler'] as const
export type NameKind = (typeof NAME_KINDS)[number]

export interface Name {
  readonly name: string
  readonly description: string
}

/** Characters kept of a name or description. */
const LONGEST = 255

export class Knowledge {
  /** Made when the first name comes: most exporters send none. */
  private kinds: Partial<Record<NameKind, Map<number, Name>>> | null = null
  private count = 0
  /** Names of applications as octets, made when they are asked for. */
  private readonly octets = new Map<number, Uint8Array>()

  /** The names of one kind, by number. */
  of(kind: NameKind): ReadonlyMap<number, Name> {
    return this.kinds?.[kind] ?? NONE
  }

  /** The name of an application in UTF-8, or null where it is not known. */
  applicationOctets(id: number): Uint8Array | null {
    const known = this.octets.get(id)
    if (known !== undefined) return known
    const name = this.of('application').get(id)?.name
    if (name === undefined || name === '') return null
    const octets = Buffer.from(name)
    this.octets.set(id, octets)
    return octets
  }

  *all(): Generator<Name & { readonly kind: NameKind; readonly id: number }> {
    for (const kind of NAME_KINDS) for (const [id, name] of this.of(kind)) yield { kind, id, ...name }
  }

  /** Takes a name in; an empty name or description leaves the one that is known. False where there is no room for it. */
  tell(exporter: Exporter, kind: NameKind, id: number, name: string, description: string): boolean {
    const before = this.of(kind).get(id)
    const after = {
      name: name.slice(0, LONGEST) || (before?.name ?? ''),
      description: description.slice(0, LONGEST) || (before?.description ?? ''),
    }
    if (after.name === before?.name && after.description === before.description) return true
    if (after.name === '' && after.description === '') return true
    if (!before) {
      if (!takeOption(exporter, this.count)) return false
      this.count++
    }
    this.kinds ??= {}
    const names = (this.kinds[kind] ??= new Map())
    names.set(id, after)
    if (kind === 'application') this.octets.delete(id)
    exporter.shared.notes?.note(['name', exporter.address, kind, id, after.name, after.description])
    return true
  }

  /** Gives back what it takes up of the totals. */
  forget(exporter: Exporter): void {
    totalsOf(exporter.shared).options -= this.count
    this.count = 0
    this.kinds = null
    this.octets.clear()
  }
}

const NONE: ReadonlyMap<number, Name> = new Map()

export function isNameKind(text: string): text is NameKind {
  return (NAME_KINDS as readonly string[]).includes(text)
}
