import { cssColor } from './palette.ts'
import styles from './swatch.module.css'

/** The colour of a series beside its name; hatched for Other. */
export function Swatch({ color }: { readonly color: number | undefined }) {
  return (
    <span
      className={`${styles['swatch']} ${color === undefined ? styles['other'] : ''}`}
      style={color === undefined ? undefined : { background: cssColor(color) }}
      aria-hidden="true"
    />
  )
}
