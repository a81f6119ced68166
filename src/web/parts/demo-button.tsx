/** Starts and stops the demo traffic: real datagrams of a made-up company, sent to this Weir's own listener. */
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useDemo, useHealth } from '../data/hooks.ts'
import { TEXTS } from '../texts.ts'
import { Button } from './button.tsx'
import styles from './demo-button.module.css'

export function DemoButton({
  flowsPerSecond = 500,
  filled = true,
}: {
  readonly flowsPerSecond?: number
  readonly filled?: boolean
}) {
  const health = useHealth()
  const demo = useDemo()
  const running = demo.isPending ? !health.data?.demo.running : (health.data?.demo.running ?? false)
  return (
    <span className={styles['demo']}>
      <Button
        variant={filled && !running ? 'filled' : 'default'}
        disabled={demo.isPending || health.data === undefined}
        onClick={() => demo.mutate({ run: !running, flowsPerSecond })}
      >
        {running ? <IconPlayerStop size={15} aria-hidden /> : <IconPlayerPlay size={15} aria-hidden />}
        {running ? TEXTS.demo.stop : TEXTS.demo.play}
      </Button>
      {demo.error ? (
        <span role="alert" className={styles['error']}>
          {demo.error.message}
        </span>
      ) : null}
    </span>
  )
}
