/** What an exporter sends and no field takes, with some of its values and what would keep it. */
import { useId, useState } from 'react'
import { exact } from '../../data/numbers.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { TEXTS } from '../../texts.ts'
import styles from './health.module.css'
import { keepLines, type UnknownElement } from './keep.ts'
import { texts } from './texts.ts'

export function UnknownElements({ elements }: { readonly elements: readonly UnknownElement[] }) {
  if (elements.length === 0) return <p>{texts.drawer.unknownNone}</p>
  return (
    <ul className={styles['unknown']} aria-label={texts.drawer.unknown}>
      {elements.map((one) => (
        <Unknown key={one.element} unknown={one} />
      ))}
    </ul>
  )
}

function Unknown({ unknown }: { readonly unknown: UnknownElement }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { element, name, records, values } = unknown
  const lines = keepLines(unknown)
  return (
    <li>
      <div className={styles['unknownHead']}>
        <span>
          <code>{element}</code> {name === element ? null : name}
        </span>
        <span className={styles['faint']}>{texts.drawer.unknownRecords(exact(records))}</span>
        {lines === null ? null : (
          <Button variant="quiet" small aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            {texts.drawer.keep}
          </Button>
        )}
      </div>
      {values.length > 0 ? (
        <ul className={styles['values']} aria-label={texts.drawer.unknownValues}>
          {values.map((value) => (
            <li key={value}>{value}</li>
          ))}
        </ul>
      ) : null}
      {open && lines !== null ? (
        <div id={id} className={styles['keep']}>
          <p>{texts.drawer.keepWhere}</p>
          <pre tabIndex={0} aria-label={texts.drawer.keepLines(element)}>
            {lines}
          </pre>
          <CopyButton text={lines} label={texts.drawer.copyLines} done={TEXTS.copied} failed={TEXTS.notCopied} small />
        </div>
      ) : null}
    </li>
  )
}
