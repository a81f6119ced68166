/** The table of addresses stands in the files of hours, which are kept longest. */
import type { DuckDBType } from '@duckdb/node-api'
import type { FolderName } from './cubes.ts'

export const HOSTS = 'hosts'
export const HOSTS_FOLDER: FolderName = 'hours'

/** As a statement names it. */
export function hostsTable(database: string): string {
  return `"${database}"."${HOSTS}"`
}

/** Whether flows with those columns have addresses. */
export function haveHosts(columns: ReadonlyMap<string, DuckDBType>): boolean {
  return columns.has('src_ip_lo') || columns.has('dst_ip_lo')
}
