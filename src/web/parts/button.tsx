import type { ButtonHTMLAttributes, Ref } from 'react'
import styles from './button.module.css'

interface Look {
  /** `filled` for the one thing to do here, `quiet` for a way on in the accent colour, `subtle` for what stays in the background. */
  readonly variant?: 'default' | 'filled' | 'subtle' | 'quiet'
  readonly small?: boolean
  /** Only an icon; then `aria-label` says what it does. */
  readonly icon?: boolean
}

/** Class names of a button, for links that look like one. */
export function buttonClass({ variant = 'default', small = false, icon = false }: Look = {}): string {
  return [
    styles['button'],
    variant === 'default' ? '' : styles[variant],
    small ? styles['small'] : '',
    icon ? styles['icon'] : '',
  ]
    .filter(Boolean)
    .join(' ')
}

export function Button({
  variant,
  small,
  icon,
  className,
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement> & { readonly ref?: Ref<HTMLButtonElement> }) {
  const look = { ...(variant ? { variant } : {}), ...(small ? { small } : {}), ...(icon ? { icon } : {}) }
  return (
    <button
      type="button"
      title={icon ? rest['aria-label'] : undefined}
      {...rest}
      className={`${buttonClass(look)} ${className ?? ''}`}
    />
  )
}
