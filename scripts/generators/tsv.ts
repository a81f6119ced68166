import { readFileSync } from 'node:fs'

/** Rows of a file in `registry/`: fields between tabs; lines that begin with # are left out. */
export function readTsv(name: string): string[][] {
  const text = readFileSync(new URL(`../../registry/${name}`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
}
