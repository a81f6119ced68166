import { readFileSync } from 'node:fs'

/** Weir's version, as package.json has it. The file stands two folders up from both src/server and dist/server. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version
