/** Structures of sFlow version 5: names and members, by kind, enterprise and format. */
import { STRUCTURES } from './sflow-structures.generated.ts'

export type StructureKind = 'sample' | 'flow' | 'counters'

export interface Structure {
  readonly name: string
  /** In the order on the wire; none where the layout is not known. */
  readonly members: readonly Member[]
}

export interface Member {
  readonly name: string
  readonly type: MemberType | readonly Member[]
  /** Whether there are several, after a u32 with their number. */
  readonly array: boolean
}

/** As registry/sflow-structures.tsv explains them. */
export type MemberType = 'u32' | 'i32' | 'u64' | 'f32' | 'ip4' | 'ip6' | 'ip' | 'mac' | 'uuid' | 'text' | 'bytes'

/** The structure, or one that is named by its numbers where none is registered. */
export function structureOf(kind: StructureKind, enterprise: number, format: number): Structure {
  return structures().get(`${kind} ${enterprise}:${format}`) ?? { name: `${enterprise}:${format}`, members: [] }
}

let read: ReadonlyMap<string, Structure> | undefined

/** Read when first asked for: start does not wait for it. */
function structures(): ReadonlyMap<string, Structure> {
  read ??= new Map(
    STRUCTURES.trim()
      .split('\n')
      .map((line) => {
        const [kind, enterprise, format, name = '', members = ''] = line.split('\t')
        return [`${kind} ${enterprise}:${format}`, { name, members: parseMembers(members) }]
      }),
  )
  return read
}

/** `name:type`, `name:type[]`, `name{…}`, `name{…}[]` with spaces between. */
function parseMembers(text: string): Member[] {
  const members: Member[] = []
  for (const [, name = '', type, within = '', array] of text.matchAll(/(\w+)(?::(\w+)|\{([^}]*)\})(\[\])?/g))
    members.push({ name, type: type ? (type as MemberType) : parseMembers(within), array: array !== undefined })
  return members
}
