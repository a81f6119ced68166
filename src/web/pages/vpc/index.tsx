/** VPC: what flow logs of a cloud say that others do not: what is rejected, which way traffic takes, what it costs. */
import { Link } from '@tanstack/react-router'
import { useView } from '../../app/search.ts'
import { useQuestion } from '../../data/hooks.ts'
import { toNumber } from '../../data/numbers.ts'
import { Button, buttonClass } from '../../parts/button.tsx'
import { PageHead, useViewHint } from '../../parts/page-head.tsx'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { TEXTS } from '../../texts.ts'
import { Costs } from './costs.tsx'
import { Coverage } from './coverage.tsx'
import { Leaving } from './leaving.tsx'
import { Paths } from './paths.tsx'
import { Reach } from './reach.tsx'
import { Rejects } from './rejects.tsx'
import { texts } from './texts.ts'
import styles from './vpc.module.css'
import { Zones } from './zones.tsx'

export function Page() {
  const logs = useQuestion({
    groupBy: ['source.type'],
    measures: ['flows'],
    filter: 'interface.id:* or vpc.id:* or action:*',
    scope: 'all',
    limit: 1,
  })
  const none = toNumber(logs.data?.meta.totals.flows) === 0
  return (
    <>
      <PageHead title={TEXTS.pages.vpc} hint={useViewHint()} />
      {logs.data && !none ? (
        <Panels />
      ) : (
        <PanelBody state={stateOf(logs, { is: none, why: texts.empty.title, remedy: <Remedies /> })}>{null}</PanelBody>
      )}
    </>
  )
}

function Panels() {
  return (
    <div className={styles['page']}>
      <Rejects />
      <div className={styles['half']}>
        <Paths />
        <Costs />
      </div>
      <div className={styles['uneven']}>
        <Zones />
        <Leaving />
      </div>
      <Reach />
      <Coverage />
    </div>
  )
}

function Remedies() {
  const [view, setView] = useView()
  return (
    <>
      <span className={styles['how']}>{texts.empty.how}</span>
      <Link to="/get-data" className={buttonClass({ variant: 'filled' })}>
        {texts.empty.getData}
      </Link>
      {view.from === 'now-24h' && view.to === 'now' ? null : (
        <Button onClick={() => setView({ from: 'now-24h', to: 'now' })}>{texts.empty.wider}</Button>
      )}
    </>
  )
}
