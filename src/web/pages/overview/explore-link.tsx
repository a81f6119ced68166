import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Params } from '../../app/search.ts'
import { buttonClass } from '../../parts/button.tsx'
import { texts } from './texts.ts'

/** The way from a panel to its question. */
export function ExploreLink({ search, named = false }: { readonly search: Params; readonly named?: boolean }) {
  return (
    <Link
      to="/explore"
      search={search}
      className={buttonClass({ variant: 'quiet', small: true, icon: !named })}
      aria-label={texts.exploreThis}
      title={texts.exploreThis}
    >
      {named ? texts.explore : null}
      <IconArrowRight size={15} aria-hidden />
    </Link>
  )
}
