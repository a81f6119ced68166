import styles from './share-bar.module.css'

/** A share of the whole as a bar; `color` is a CSS colour. */
export function ShareBar({
  share,
  color = 'var(--accent)',
  width = 50,
}: {
  readonly share: number
  readonly color?: string
  readonly width?: number
}) {
  return (
    <span className={styles['track']} style={{ width }} aria-hidden="true">
      <span
        className={styles['bar']}
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%`, background: color }}
      />
    </span>
  )
}

/** `12.3 %`, `0.4 %`, `< 0.1 %`. */
export function shareText(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return '–'
  const percent = share * 100
  if (percent > 0 && percent < 0.05) return '< 0.1\u2009%'
  return `${percent >= 99.95 ? '100' : percent.toFixed(1)}\u2009%`
}
