/** Step 1: what sends flows. */
import {
  IconCircleCheckFilled,
  IconRouter,
  IconServer,
  IconShield,
  IconTerminal2,
  IconTopologyStar3,
  IconServer2,
} from '@tabler/icons-react'
import type { ComponentType, KeyboardEvent } from 'react'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Panel } from '../../parts/panel.tsx'
import { protocolsOf, type Device } from './devices/device.ts'
import { DEVICES } from './devices/index.ts'
import styles from './get-data.module.css'
import { texts } from './texts.ts'

interface ChooseProps {
  readonly device: Device
  readonly onChoose: (device: Device) => void
  /** Address and port for what is not in the list; empty while not known. */
  readonly endpoint: string
}

const GROUPS = ['network', 'host'] as const

const ICONS: Record<string, ComponentType<{ readonly size: number; readonly 'aria-hidden': boolean }>> = {
  fortinet: IconShield,
  'linux-softflowd': IconTerminal2,
  hsflowd: IconServer,
  'open-vswitch': IconTopologyStar3,
  'arista-eos': IconServer2,
}

export function Choose({ device, onChoose, endpoint }: ChooseProps) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = DEVICES[(DEVICES.indexOf(device) + step + DEVICES.length) % DEVICES.length]
    if (!next) return
    onChoose(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-device="${next.id}"]`)?.focus()
  }
  return (
    <Panel title={texts.choose.title} className={`${styles['step']} ${styles['choose']}`}>
      <div className={styles['inner']}>
        <div
          role="radiogroup"
          aria-label={texts.choose.title}
          tabIndex={-1}
          onKeyDown={move}
          className={styles['inner']}
          style={{ padding: 0 }}
        >
          {GROUPS.map((group) => (
            <div key={group} role="presentation">
              <p className={styles['group']}>{texts.choose[group]}</p>
              <div role="presentation" className={styles['cards']}>
                {DEVICES.filter((one) => one.group === group).map((one) => (
                  <Card key={one.id} device={one} chosen={one === device} onChoose={() => onChoose(one)} />
                ))}
              </div>
            </div>
          ))}
        </div>
        <div className={styles['anything']}>
          {texts.choose.anythingElse}
          {endpoint === '' ? null : (
            <>
              <code>{endpoint}</code>
              <CopyButton
                text={endpoint}
                label={texts.configure.copy}
                done={texts.configure.copied}
                failed={texts.configure.copyFailed}
                variant="subtle"
                icon
                small
              />
            </>
          )}
          <p>{texts.choose.anyProtocol}</p>
        </div>
      </div>
    </Panel>
  )
}

function Card({
  device,
  chosen,
  onChoose,
}: {
  readonly device: Device
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const Icon = ICONS[device.id] ?? IconRouter
  return (
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      tabIndex={chosen ? 0 : -1}
      data-device={device.id}
      className={styles['card']}
      onClick={onChoose}
    >
      <Icon size={16} aria-hidden />
      {device.name}
      <span>{protocolsOf(device).map(short).join(', ')}</span>
      {chosen ? <IconCircleCheckFilled size={16} aria-hidden className={styles['chosen']} /> : null}
    </button>
  )
}

/** Protocol names for a narrow card. */
function short(protocol: string): string {
  return protocol.replace('NetFlow ', '').replace('sFlow v5', 'sFlow')
}
