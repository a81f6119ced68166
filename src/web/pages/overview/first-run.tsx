/** Before the first flow: where to send it, and traffic to look at meanwhile. */
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { format } from '../../../shared/schema/units.ts'
import type { Health } from '../../data/hooks.ts'
import { buttonClass } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { DemoButton } from '../../parts/demo-button.tsx'
import { TEXTS } from '../../texts.ts'
import styles from './first-run.module.css'
import { texts } from './texts.ts'

const SHOWN = 4

export function FirstRun({ health }: { readonly health: Health }) {
  const targets = targetsOf(health)
  const { datagrams, records } = health.intake
  return (
    <section className={styles['first']} aria-labelledby="first-title">
      <h2 id="first-title" className={styles['title']}>
        {texts.first.title}
      </h2>
      <p className={styles['lead']}>{texts.first.listens}</p>
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <h3 className={styles['heading']}>
            {targets.length > 0 ? (targets[0]?.local ? texts.first.here : texts.first.point) : texts.first.nowhere}
          </h3>
          <ul className={styles['targets']}>
            {targets.slice(0, SHOWN).map(({ text }) => (
              <li key={text}>
                <code>{text}</code>
                <CopyButton
                  text={text}
                  label={TEXTS.value.copy}
                  done={TEXTS.copied}
                  failed={TEXTS.notCopied}
                  variant="subtle"
                  icon
                  small
                />
              </li>
            ))}
          </ul>
          <Link to="/get-data" className={buttonClass({ variant: 'filled' })}>
            {texts.first.how} <IconArrowRight size={15} aria-hidden />
          </Link>
        </div>
        <div className={styles['column']}>
          <h3 className={styles['heading']}>{texts.first.demo}</h3>
          <p>{texts.first.demoWhy}</p>
          <DemoButton filled={false} />
        </div>
      </div>
      <p className={styles['waiting']} role="status">
        <span className={styles['dot']} />
        {health.demo.running
          ? texts.first.demoRunning
          : datagrams > 0 && records === 0
            ? texts.first.arrived(format(datagrams, ''))
            : texts.first.waiting}
      </p>
    </section>
  )
}

/** Where a device may send to: each listener by an address that others can reach. */
function targetsOf(health: Health): { readonly text: string; readonly local: boolean }[] {
  return health.intake.listeners.flatMap(({ url }) => {
    const { hostname, port, protocol } = new URL(
      url.replace(/^(udp|tcp|tls):/, (scheme) => (scheme === 'udp:' ? 'http:' : 'https:')),
    )
    if (protocol !== 'http:') return []
    const any = hostname === '0.0.0.0' || hostname === '[::]'
    const local = hostname === '127.0.0.1' || hostname === '[::1]'
    const hosts = any
      ? (health.addresses ?? []).slice(0, 1).map((address) => (address.includes(':') ? `[${address}]` : address))
      : [hostname]
    return (hosts.length > 0 ? hosts : ['127.0.0.1']).map((host) => ({
      text: `${host}:${port}`,
      local: local || (any && hosts.length === 0),
    }))
  })
}
