/** The embedded store conforms. */
import { openDuckStore } from './duckdb.ts'
import { conforms } from './store.ts'

conforms({ name: 'DuckDB', huge: false, seed: 11 }, () => openDuckStore(false))
conforms({ name: 'DuckDB, counts up to 2^64 − 1', huge: true, seed: 13 }, () => openDuckStore(false))
