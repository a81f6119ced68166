import { Link, Outlet } from '@tanstack/react-router'
import { TEXTS } from '../texts.ts'

export function Shell() {
  return (
    <>
      <nav>
        <Link to="/">{TEXTS.pages.overview}</Link> <Link to="/explore">{TEXTS.pages.explore}</Link> <Link to="/flows">{TEXTS.pages.flows}</Link>{' '}
        <Link to="/health">{TEXTS.pages.health}</Link> <Link to="/get-data">{TEXTS.pages.getData}</Link>
      </nav>
      <main>
        <Outlet />
      </main>
    </>
  )
}
