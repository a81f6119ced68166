import styles from './notices.module.css'
import { useSaid } from './notify.ts'

/** Where the words of `notify` stand. */
export function Notices() {
  return (
    <div className={styles['notices']} role="status">
      {useSaid().map(({ id, message }) => (
        <p key={id} className={styles['notice']}>
          {message}
        </p>
      ))}
    </div>
  )
}
