/** Back, the range, forward, zoom out. */
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconClock, IconZoomOut } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useRange, useView } from '../app/search.ts'
import { rangeName, shifted, zoomedOut, type RangeTexts } from '../data/range.ts'
import { rangeText, zoneText } from '../data/times.ts'
import { Button } from '../parts/button.tsx'
import { useAnchor } from '../parts/use-anchor.ts'
import { TEXTS } from '../texts.ts'
import styles from './control.module.css'
import { remember } from './memory.ts'
import { onShellCommand } from './commands.ts'

const load = () => import('./time-panel.tsx')
const TimePanel = lazy(load)

export function TimeControls() {
  const [view, setView] = useView()
  const { fromMs, toMs, live } = useRange()
  const button = useRef<HTMLButtonElement>(null)
  const { anchor, setAnchor, close, handlers } = useAnchor()

  useEffect(() => onShellCommand('time', () => setAnchor(button.current)), [setAnchor])

  const choose = (texts: RangeTexts) => {
    remember('ranges', texts)
    setView(texts)
  }
  return (
    <span className={styles['group']}>
      <Button
        className={`${styles['control']} ${styles['square']}`}
        icon
        aria-label={TEXTS.time.back}
        onClick={() => setView(shifted(view, -1))}
      >
        <IconChevronLeft size={16} aria-hidden />
      </Button>
      <Button
        ref={button}
        className={styles['control']}
        title={rangeText(fromMs, toMs)}
        aria-label={TEXTS.time.label(`${rangeName(view)} ${zoneText(toMs)}`)}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onPointerEnter={() => void load()}
        {...handlers}
      >
        <IconClock size={16} stroke={1.6} aria-hidden />
        <span className={styles['cut']}>{rangeName(view)}</span>{' '}
        <span className={styles['quiet']}>{zoneText(toMs)}</span>
        <IconChevronDown size={14} aria-hidden />
      </Button>
      {live ? null : (
        <Button
          className={`${styles['control']} ${styles['square']}`}
          icon
          aria-label={TEXTS.time.forward}
          onClick={() => setView(shifted(view, 1))}
        >
          <IconChevronRight size={16} aria-hidden />
        </Button>
      )}
      <Button
        className={`${styles['control']} ${styles['square']} ${styles['roomy']}`}
        icon
        aria-label={TEXTS.time.zoomOut}
        onClick={() => setView(zoomedOut(view))}
      >
        <IconZoomOut size={16} stroke={1.6} aria-hidden />
      </Button>
      {anchor ? (
        <Suspense>
          <TimePanel anchor={anchor} present={view} onChoose={choose} onClose={close} />
        </Suspense>
      ) : null}
    </span>
  )
}
