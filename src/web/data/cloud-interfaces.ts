/** Network interfaces of a cloud, as it tells of them: asked once for all that stand on a page. */
import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../../shared/api/contract.ts'
import type { FieldName } from '../../shared/schema/fields.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { useView } from '../app/search.ts'
import { TEXTS } from '../texts.ts'
import { call, type CallError } from './client.ts'

export type CloudInterface = AnswerOf<'cloudInterfaces'>['interfaces'][number]

/** AWS is asked every five minutes. */
const FRESH_MS = 60_000
const FIELDS: ReadonlySet<FieldName> = new Set(['interface.id', 'src.interface.id', 'dst.interface.id'])

/** The interface that a value of a field names. */
export function interfaceIdOf(field: FieldName, value: JsonValue): string | null {
  return FIELDS.has(field) && value !== null ? String(value) : null
}

/** As it was at the end of the view; undefined where nothing is known of it, or `id` is null. */
export function useCloudInterface(id: string | null): CloudInterface | undefined {
  const [{ to }] = useView()
  const { data } = useQuery<ReadonlyMap<string, CloudInterface>, CallError>({
    queryKey: ['cloudInterfaces', to],
    queryFn: async ({ signal }) => {
      const { interfaces } = await call('cloudInterfaces', { at: to }, signal)
      return new Map(interfaces.map((each) => [each.id, each]))
    },
    enabled: id !== null,
    staleTime: FRESH_MS,
  })
  return id === null ? undefined : data?.get(id)
}

/** What people call it; empty where it has no name. */
export function interfaceName({ name, description }: CloudInterface): string {
  return name || description
}

/** The names of its security groups. */
export function groupNames({ groups }: CloudInterface): string {
  return groups.map(({ id, name }) => name || id).join(', ')
}

/** What is known of it, a line each. */
export function interfaceLines(of: CloudInterface): string[] {
  const { instance, zone, addresses, groups, tags } = of
  return [
    interfaceName(of),
    [instance, zone].filter((text) => text !== '').join(' · '),
    addresses.join(', '),
    groups.length > 0 ? TEXTS.cloudInterface.groups(groupNames(of)) : '',
    tags.map(([key, value]) => `${key}=${value}`).join(', '),
  ].filter((line) => line !== '')
}
