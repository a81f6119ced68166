/** What stands around every page: navigation at the left, query and time above. */
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Notices } from '../parts/notices.tsx'
import { ValueMenuProvider } from '../parts/value-menu.tsx'
import { TEXTS } from '../texts.ts'
import { onShellCommand, shellCommand } from './commands.ts'
import { useKeys } from './keys.tsx'
import { setSwitched, switched } from './memory.ts'
import { Navigation } from './navigation.tsx'
import styles from './shell.module.css'
import { TopBar, useBasisSlot } from './top-bar.tsx'

const Jump = lazy(() => import('./jump.tsx'))
const KeyMap = lazy(() => import('./key-map.tsx'))

export function Shell() {
  const [rail, setRail] = useState(() => switched('rail'))
  const [jumping, setJumping] = useState(false)
  const [keys, setKeys] = useState(false)
  const { basis, setBasis, Provider } = useBasisSlot()
  useKeys()

  useEffect(() => onShellCommand('keys', () => setKeys(true)), [])
  useEffect(() => (jumping ? undefined : onShellCommand('jump', () => setJumping(true))), [jumping])

  return (
    <ValueMenuProvider>
      <a className={styles['skip']} href="#page">
        {TEXTS.shell.skip}
      </a>
      <div className={styles['shell']}>
        <Navigation
          rail={rail}
          onRail={(now) => {
            setSwitched('rail', now)
            setRail(now)
          }}
          onJump={() => shellCommand('jump')}
        />
        <div className={styles['scroll']}>
          <TopBar basis={basis} />
          <main id="page" tabIndex={-1} className={styles['page']}>
            <Provider value={setBasis}>
              <Outlet />
            </Provider>
          </main>
        </div>
      </div>
      <Notices />
      <Suspense>
        {jumping ? <Jump /> : null}
        {keys ? <KeyMap onClose={() => setKeys(false)} /> : null}
      </Suspense>
    </ValueMenuProvider>
  )
}
