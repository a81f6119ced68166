/** Copies a text, and says whether it did. */
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

interface CopyButtonProps {
  readonly text: string
  readonly label: string
  readonly done: string
  readonly failed: string
  readonly variant?: 'default' | 'filled' | 'subtle' | 'quiet'
  /** Only the icon is shown; the label is still read out. */
  readonly icon?: boolean
  readonly small?: boolean
}

/** How long the button says what became of it, in milliseconds. */
const SAID_MS = 2500

export function CopyButton({
  text,
  label,
  done,
  failed,
  variant = 'default',
  icon = false,
  small = false,
}: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), SAID_MS)
    return () => clearTimeout(timer)
  }, [state])
  const said = state === 'done' ? done : state === 'failed' ? failed : label
  return (
    <Button
      variant={variant}
      icon={icon}
      small={small}
      aria-label={icon ? said : undefined}
      onClick={() => void copyText(text).then((ok) => setState(ok ? 'done' : 'failed'))}
    >
      {state === 'done' ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      {icon ? null : said}
      <span className="visually-hidden" role="status">
        {state === 'idle' ? '' : said}
      </span>
    </Button>
  )
}

/** The clipboard needs a secure context; over plain HTTP from another machine a selection can still be copied. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    if (copied) return true
  }
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('aria-hidden', 'true')
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}
