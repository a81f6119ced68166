/** Demo traffic, for those without a device at hand. */
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useState } from 'react'
import { format } from '../../../shared/schema/units.ts'
import { useDemo } from '../../data/hooks.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Tag } from '../../parts/tag.tsx'
import type { Health } from './arrival.ts'
import styles from './get-data.module.css'
import { texts } from './texts.ts'

const RATES = ['100', '500', '2000', '5000', '20000'] as const

export function Demo({ health }: { readonly health: Health }) {
  const demo = useDemo()
  const [rate, setRate] = useState<(typeof RATES)[number]>('500')
  const { running, flowsPerSecond } = health.demo
  const listening = health.intake.listeners.some((one) => one.url.startsWith('udp:'))
  return (
    <Panel
      title={texts.demo.title}
      className={styles['demo']}
      actions={running ? <Tag tone="ok">{texts.demo.running(format(flowsPerSecond, 'flows/s'))}</Tag> : null}
    >
      <div className={styles['inner']}>
        <p className={styles['demoText']}>{texts.demo.text}</p>
        <p className={styles['small']}>{listening ? texts.demo.note : texts.demo.noListener}</p>
        <div className={styles['demoRow']}>
          <Button
            variant={running ? 'default' : 'filled'}
            disabled={demo.isPending || (!running && !listening)}
            onClick={() => demo.mutate({ run: !running, ...(running ? {} : { flowsPerSecond: Number(rate) }) })}
          >
            {running ? <IconPlayerStop size={15} aria-hidden /> : <IconPlayerPlay size={15} aria-hidden />}
            {running ? texts.demo.stop : texts.demo.start}
          </Button>
          {running ? null : (
            <SelectField
              label={texts.demo.rate}
              value={rate}
              options={RATES.map((value) => ({ value, label: format(Number(value), 'flows/s') }))}
              onChange={setRate}
            />
          )}
        </div>
        {demo.error ? (
          <p role="alert" className={styles['error']}>
            {texts.demo.failed} {demo.error.message}
          </p>
        ) : null}
      </div>
    </Panel>
  )
}
