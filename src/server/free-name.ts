import { existsSync } from 'node:fs'

/** The path, or that path with the first number behind it that no file has. */
export function freeName(path: string): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? path : `${path}.${n}`
    if (!existsSync(name)) return name
  }
}
