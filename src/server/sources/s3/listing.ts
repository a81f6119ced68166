/**
 * The parts of a bucket that hold logs. Below the folder of a region AWS has one for each day, so that what is new can be
 * listed without what is old; other parts are listed whole.
 */
import type { Bucket, Listed } from './bucket.ts'
import { dayFolders, yearFolder } from './keys.ts'

/** All objects whose keys begin with `prefix`, or only those directly in it. */
export interface Root {
  readonly prefix: string
  readonly kind: 'days' | 'hive days' | 'all' | 'level'
}

/** Folders that are looked into for days; a bucket with more is listed whole. */
const MOST_FOLDERS = 5000
/** Where `AWSLogs/aws-account-id=…/aws-service=…/aws-region=…/` stands below some folders of others. */
const DEEPEST = 8

/** In the order of their keys, as far as that goes. */
export async function rootsOf(bucket: Bucket, prefix: string, signal: AbortSignal): Promise<readonly Root[]> {
  const roots: Root[] = []
  let looked = 0
  const look = async (folder: string, depth: number): Promise<boolean> => {
    if (++looked > MOST_FOLDERS || depth > DEEPEST) return false
    const below: string[] = []
    let hasObjects = false
    for await (const level of bucket.list({ prefix: folder, isLevel: true, signal })) {
      below.push(...level.folders)
      hasObjects ||= level.objects.length > 0
      if (below.length > MOST_FOLDERS) return false
    }
    const years = below.map((name) => yearFolder(name.slice(folder.length)))
    const kind = years.find((year) => year !== null)
    if (kind) {
      roots.push({ prefix: folder, kind: kind === 'hive' ? 'hive days' : 'days' })
      return true
    }
    if (hasObjects) roots.push({ prefix: folder, kind: 'level' })
    for (const name of below) if (!(await look(name, depth + 1))) return false
    return true
  }
  return (await look(prefix, 0)) ? roots : [{ prefix, kind: 'all' }]
}

/** Objects of a root whose folders are of that moment's day or later, after that key. */
export async function* objectsOf(
  bucket: Bucket,
  { prefix, kind }: Root,
  sinceMs: number,
  signal: AbortSignal,
  after: string | null = null,
): AsyncGenerator<readonly Listed[]> {
  const first = kind === 'all' || kind === 'level' ? '' : prefix + dayFolders(sinceMs, kind === 'hive days')
  const start = after !== null && after > first ? after : first
  const options = { prefix, isLevel: kind === 'level', signal, after: start === '' ? undefined : start }
  for await (const { objects } of bucket.list(options)) yield objects
}
