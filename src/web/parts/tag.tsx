/** A word or two about the thing beside it; its colour only underlines what the words say. */
import type { ReactNode } from 'react'
import styles from './tag.module.css'

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'accent'

export function Tag({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`${styles['tag']} ${tone === 'plain' ? '' : styles[tone]}`}>{children}</span>
}
