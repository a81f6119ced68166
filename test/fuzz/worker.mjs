// Threads do not inherit the loader for TypeScript on every Node.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
