/** What can be done with a span of time that was selected in a chart. */
import { IconArrowsDiff, IconX, IconZoomIn } from '@tabler/icons-react'
import { formatDuration } from '../../shared/schema/units.ts'
import { rangeText } from '../data/times.ts'
import { TEXTS } from '../texts.ts'
import { Button } from './button.tsx'
import styles from './selection-bar.module.css'

interface SelectionBarProps {
  readonly fromMs: number
  readonly toMs: number
  /** Of the middle of the selection, and of the chart, in pixels. */
  readonly x: number
  readonly width: number
  readonly onExplain: () => void
  readonly onZoom: () => void
  readonly onClear: () => void
}

/** About half of its own width. */
const HALF = 170

export function SelectionBar({ fromMs, toMs, x, width, onExplain, onZoom, onClear }: SelectionBarProps) {
  const left = Math.max(Math.min(HALF, width / 2), Math.min(width - HALF, x))
  return (
    <div className={styles['bar']} style={{ left }} role="toolbar" aria-label={TEXTS.selection.label}>
      <span className={styles['time']}>
        {rangeText(fromMs, toMs)} <span className={styles['faint']}>{formatDuration(toMs - fromMs)}</span>
      </span>
      <Button small variant="quiet" aria-keyshortcuts="e" onClick={onExplain}>
        <IconArrowsDiff size={15} aria-hidden /> {TEXTS.selection.explain}
      </Button>
      <Button small variant="subtle" aria-keyshortcuts="Enter" onClick={onZoom}>
        <IconZoomIn size={15} aria-hidden /> {TEXTS.selection.zoom}
      </Button>
      <Button small icon variant="subtle" aria-label={TEXTS.selection.clear} onClick={onClear}>
        <IconX size={15} aria-hidden />
      </Button>
    </div>
  )
}
