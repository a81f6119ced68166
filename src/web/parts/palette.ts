/** The design's colours for what is drawn on a canvas, and which value has which. */
import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { OTHER_KEY } from '../data/answers.ts'

export const SERIES_COLORS = 12

export interface Palette {
  readonly series: readonly string[]
  readonly other: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly line: string
  readonly lineStrong: string
  readonly surface: string
  readonly accent: string
  readonly font: string
  /** Hatched grey, for Other. */
  readonly hatch: {
    readonly image: HTMLCanvasElement
    readonly repeat: 'repeat'
    readonly scaleX: number
    readonly scaleY: number
  }
}

/** The colours of the present scheme. */
export function usePalette(): Palette {
  const scheme = useComputedColorScheme('light')
  // The scheme is what the style sheet's values depend on.
  // eslint-disable-next-line react/exhaustive-deps
  return useMemo(readPalette, [scheme])
}

/** Gives each value a colour by rank when it first appears, and keeps it. `group` names the kind of value: `service`. */
export function colorIndexes(group: string, keys: readonly string[]): ReadonlyMap<string, number> {
  const known = assigned.get(group) ?? new Map<string, number>()
  assigned.set(group, known)
  const taken = new Set(keys.flatMap((key) => known.get(key) ?? []))
  for (const key of keys) {
    if (key === OTHER_KEY || known.has(key)) continue
    const used = new Set(known.values())
    const free = indexesIn((i) => !used.has(i)) ?? indexesIn((i) => !taken.has(i)) ?? known.size % SERIES_COLORS
    known.set(key, free)
    taken.add(free)
  }
  return known
}

/** The CSS colour of a value. */
export function cssColor(index: number | undefined): string {
  return index === undefined ? 'var(--series-other)' : `var(--series-${index + 1})`
}

const assigned = new Map<string, Map<string, number>>()

function indexesIn(fits: (index: number) => boolean): number | undefined {
  for (let i = 0; i < SERIES_COLORS; i++) if (fits(i)) return i
  return undefined
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const other = read('series-other')
  return {
    series: Array.from({ length: SERIES_COLORS }, (_, i) => read(`series-${i + 1}`)),
    other,
    text: read('text'),
    text2: read('text-2'),
    text3: read('text-3'),
    line: read('line'),
    lineStrong: read('line-strong'),
    surface: read('surface'),
    accent: read('accent'),
    font: read('font'),
    hatch: hatchOf(other, read('surface')),
  }
}

function hatchOf(color: string, ground: string): Palette['hatch'] {
  const size = 6 * devicePixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const context = canvas.getContext('2d')
  if (context) {
    context.fillStyle = ground
    context.fillRect(0, 0, size, size)
    context.strokeStyle = color
    context.lineWidth = 1.5 * devicePixelRatio
    context.beginPath()
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift - 1, size + 1)
      context.lineTo(shift + size + 1, -1)
    }
    context.stroke()
  }
  return { image: canvas, repeat: 'repeat', scaleX: 1 / devicePixelRatio, scaleY: 1 / devicePixelRatio }
}
