/** One measured figure, what it should be, and what a peer needs for the same work. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  /** At least (`min`) or at most (`max`). */
  readonly want?: { readonly min: number } | { readonly max: number }
  readonly peer?: { readonly name: string; readonly value: number; readonly better: 'higher' | 'lower' } | undefined
}

/** The figures as a Markdown table: also what the performance page shows. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { want, peer } = figure
    const wanted = want === undefined ? '' : 'min' in want ? `≥ ${number(want.min)}` : `≤ ${number(want.max)}`
    const ok =
      want === undefined ? '' : ('min' in want ? figure.value >= want.min : figure.value <= want.max) ? 'yes' : 'NO'
    const ratio = peer ? (peer.better === 'higher' ? figure.value / peer.value : peer.value / figure.value) : 0
    return [
      figure.what,
      `${number(figure.value)} ${figure.unit}`,
      wanted,
      ok,
      peer ? `${peer.name}: ${number(peer.value)}` : '',
      peer ? `${number(ratio)}×` : '',
    ]
  })
  const head = ['Figure', 'Measured', 'Wanted', 'Reached', 'Peer', 'Better by']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] as string).length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] as number)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}

function number(value: number): string {
  if (value === 0) return '0'
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}
