/** The map of keys, opened with `?`. */
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/UnstyledButton.css'
import { Modal } from '@mantine/core'
import { TEXTS } from '../texts.ts'
import styles from './key-map.module.css'
import { PAGES } from './pages.tsx'

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl K', TEXTS.shell.jump],
  ['/', TEXTS.keys.query],
  ['t', TEXTS.keys.time],
  ['.', TEXTS.keys.live],
  ['[', TEXTS.keys.back],
  [']', TEXTS.keys.forward],
  ['z', TEXTS.keys.zoomOut],
  ...PAGES.map(({ key, label }) => [`g ${key}`, label] as const),
  ['?', TEXTS.keys.title],
]

export default function KeyMap({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={TEXTS.keys.title}
      size="sm"
      overlayProps={{ backgroundOpacity: 0.25 }}
      closeButtonProps={{ 'aria-label': TEXTS.keys.close }}
    >
      <dl className={styles['keys']}>
        {KEYS.map(([key, does]) => (
          <div key={key} className={styles['row']}>
            <dt>
              {key.split(' ').map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
