/** The embedded store conforms where it answers from the sums that it keeps. */
import { openDuckStore } from './duckdb.ts'
import { conforms } from './store.ts'

const questions = 100
conforms({ name: 'DuckDB, from sums of half of the flows', huge: false, seed: 17, questions }, () =>
  openDuckStore(true),
)
conforms({ name: 'DuckDB, from sums, counts up to 2^64 − 1', huge: true, seed: 19, questions }, () =>
  openDuckStore(true),
)
