/**
 * The database's packages. Required, not imported: before it imports a CommonJS package, Node looks for the names that each of
 * its files exports, which takes 140 ms of the processor and 14 MB here.
 */
import { createRequire } from 'node:module'
import type * as Api from '@duckdb/node-api'
import type * as Bindings from '@duckdb/node-bindings'

const require = createRequire(import.meta.url)

export const { DuckDBDataChunk, DuckDBInstance, BIGINT, DOUBLE, UBIGINT, UINTEGER, USMALLINT, UTINYINT, VARCHAR } =
  require('@duckdb/node-api') as typeof Api

export type DuckDBDataChunk = Api.DuckDBDataChunk
export type DuckDBInstance = Api.DuckDBInstance

export const duckdb = require('@duckdb/node-bindings') as typeof Bindings
