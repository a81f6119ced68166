/** The nearest things that are not empty. */
import { Link } from '@tanstack/react-router'
import { useView } from '../../app/search.ts'
import { useHealth } from '../../data/hooks.ts'
import { Button, buttonClass } from '../../parts/button.tsx'
import { texts } from './texts.ts'

export function EmptyRemedies() {
  const [view, setView] = useView()
  const filtered = view.q !== '' || view.pills.some((pill) => !pill.off) || view.scope !== 'all'
  if (useHealth().data?.store.flows === 0) {
    return (
      <Link to="/get-data" className={buttonClass({ variant: 'filled' })}>
        {texts.getData}
      </Link>
    )
  }
  return (
    <>
      {filtered ? <Button onClick={() => setView({ q: '', pills: [], scope: 'all' })}>{texts.clear}</Button> : null}
      {view.from === 'now-24h' && view.to === 'now' ? null : (
        <Button onClick={() => setView({ from: 'now-24h', to: 'now' })}>{texts.wider}</Button>
      )}
    </>
  )
}
