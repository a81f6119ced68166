// Threads do not inherit the loader for TypeScript on every Node; this makes the intake thread runnable from source.
import { register } from 'tsx/esm/api'

register()
await import('../../src/server/intake/worker.ts')
