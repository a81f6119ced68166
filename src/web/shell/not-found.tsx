import { Link } from '@tanstack/react-router'
import { TEXTS } from '../texts.ts'

export function NotFound() {
  return (
    <p style={{ padding: 16 }}>
      {TEXTS.notFound} <Link to="/">{TEXTS.pages.overview}</Link>
    </p>
  )
}
