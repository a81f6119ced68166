import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** The folder, or the nearest above it that is there. */
export async function existing(folder: string): Promise<string> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (
      await stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      )
    )
      return path
  }
}
