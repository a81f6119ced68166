/** Something that a person should know, with what to do about it. */
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface NoticeProps {
  readonly level: 'info' | 'warn' | 'error'
  readonly title?: string
  readonly children?: ReactNode
}

export function Notice({ level, title, children }: NoticeProps) {
  const Icon = level === 'info' ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={`${styles['notice']} ${styles[level]}`} role={level === 'error' ? 'alert' : undefined}>
      <Icon size={16} aria-hidden />
      <div>
        {title ? <strong>{title}</strong> : null}
        {children}
      </div>
    </div>
  )
}
