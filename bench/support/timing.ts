/** Times of questions: each asked several times, over ranges that differ, so that no answer is there already. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const TURNS = 20

/** Milliseconds, sorted. */
export class Times {
  private readonly sorted: readonly number[]

  constructor(times: readonly number[]) {
    this.sorted = times.toSorted((a, b) => a - b)
  }

  quantile(q: number): number {
    return this.sorted[Math.min(this.sorted.length - 1, Math.floor(this.sorted.length * q))] as number
  }

  get median(): number {
    return this.quantile(0.5)
  }

  get p95(): number {
    return this.quantile(0.95)
  }
}

export async function timed(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await ask()
  return performance.now() - began
}

/** Asks once without counting it, then `turns` times. */
export async function warm(ask: (turn: number) => Promise<unknown>, turns = TURNS): Promise<Times> {
  await ask(0)
  const times: number[] = []
  for (let turn = 1; turn <= turns; turn++) times.push(await timed(() => ask(turn)))
  return new Times(times)
}

/** Makes the kernel forget what it has in memory of the files of a folder. */
export function forgetFiles(folder: string): void {
  execFileSync('python3', ['-c', FORGET, ...filesOf(folder)])
}

const FORGET = `import os, sys
for path in sys.argv[1:]:
    fd = os.open(path, os.O_RDONLY)
    os.fsync(fd)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(fd)`

export function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesOf(path) : [path]
  })
}
