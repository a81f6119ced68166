/** The nearest things that are not empty. */
import { useView } from '../../app/search.ts'
import { Button } from '../../parts/button.tsx'
import { texts } from './texts.ts'

export function EmptyRemedies() {
  const [view, setView] = useView()
  const filtered = view.q !== '' || view.pills.some((pill) => !pill.off) || view.scope !== 'all'
  return (
    <>
      {filtered ? <Button onClick={() => setView({ q: '', pills: [], scope: 'all' })}>{texts.clear}</Button> : null}
      {view.from === 'now-24h' && view.to === 'now' ? null : (
        <Button onClick={() => setView({ from: 'now-24h', to: 'now' })}>{texts.wider}</Button>
      )}
    </>
  )
}
