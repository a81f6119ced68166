/** Charts of block characters. */

const EIGHTHS = ' ▁▂▃▄▅▆▇█'

export interface Axis {
  /** Text of a value at the left. */
  readonly label: (value: number) => string
  /** Texts below, by column. */
  readonly ticks: readonly { readonly column: number; readonly text: string }[]
}

/** Bars from the bottom, one column each; null is a gap. The lines, without a line feed at the end. */
export function barChart(values: readonly (number | null)[], height: number, axis: Axis): string[] {
  const top = niceTop(Math.max(0, ...values.map((value) => value ?? 0)))
  const labelled = new Map([0, 0.5, 1].map((share) => [Math.round(share * height), axis.label(share * top)]))
  const margin = Math.max(...[...labelled.values()].map((label) => label.length))
  const lines: string[] = []
  for (let row = height; row >= 1; row--) {
    const bars = values.map((value) => eighth((((value ?? 0) / top) * height - (row - 1)) * 8)).join('')
    lines.push(`${(labelled.get(row) ?? '').padStart(margin)} ┤${bars}`.trimEnd())
  }
  lines.push(`${(labelled.get(0) ?? '').padStart(margin)} ┼${'─'.repeat(values.length)}`)
  lines.push(tickLine(axis.ticks, margin + 2))
  return lines
}

/** One line of bars an eighth of a line fine; null is a gap. All zeros where `top` is 0. */
export function sparkline(values: readonly (number | null)[], top: number): string {
  return values
    .map((value) =>
      value === null ? ' ' : top > 0 ? (EIGHTHS[Math.max(1, Math.ceil((value / top) * 8))] ?? '█') : '▁',
    )
    .join('')
}

function eighth(eighths: number): string {
  return EIGHTHS[Math.max(0, Math.min(8, Math.round(eighths)))] as string
}

/** The next number above that is 1, 2, 2.5 or 5 times a power of ten. */
function niceTop(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= most) ?? 10) * power
}

/** Texts that would run into the one before are left out. */
function tickLine(ticks: Axis['ticks'], margin: number): string {
  let line = ''
  for (const { column, text } of ticks) {
    const at = margin + column
    if (line === '' || line.length + 2 <= at) line = line.padEnd(at) + text
  }
  return line
}
