/** Flow logs of clouds, and files: what goes into the configuration, or the command that takes them in. */
import { useState } from 'react'
import { CopyButton } from '../../parts/copy-button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Panel } from '../../parts/panel.tsx'
import { CLOUDS, type Cloud } from './cloud-lines.ts'
import styles from './get-data.module.css'
import { texts } from './texts.ts'

const { clouds: words } = texts

export function Clouds() {
  const [chosen, choose] = useState<Cloud>('cloudwatch')
  const lines = CLOUDS[chosen]
  return (
    <Panel title={words.title} className={styles['demo']}>
      <div className={styles['inner']}>
        <p className={styles['demoText']}>{words.text}</p>
        <SelectField
          label={words.from}
          value={chosen}
          options={(Object.keys(CLOUDS) as Cloud[]).map((value) => ({ value, label: words.names[value] }))}
          onChange={choose}
        />
        <div className={styles['config']}>
          <div className={styles['configHead']}>
            {chosen === 'files' ? words.run : words.configure}
            <CopyButton
              text={lines}
              label={texts.configure.copy}
              done={texts.configure.copied}
              failed={texts.configure.copyFailed}
              small
            />
          </div>
          <pre
            className={styles['cloudLines']}
            tabIndex={0}
            role="region"
            aria-label={words.lines(words.names[chosen])}
          >
            {lines}
          </pre>
        </div>
        <p className={styles['small']}>{words.notes[chosen]}</p>
      </div>
    </Panel>
  )
}
