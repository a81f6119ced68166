/** Filters beside the query bar's: each can be turned round, switched off, moved into the bar or taken away. */
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useView, type Pill } from '../app/search.ts'
import { Button } from '../parts/button.tsx'
import { MenuButton } from '../parts/menu-button.tsx'
import { TEXTS } from '../texts.ts'
import { AddPill } from './add-pill.tsx'
import styles from './pills.module.css'

export function Pills() {
  const [view, setView] = useView()
  const [adding, setAdding] = useState(false)
  const replace = (at: number, pill: Pill | null) =>
    setView({ pills: view.pills.flatMap((each, i) => (i === at ? (pill ?? []) : each)) })

  const add = (text: string) => {
    setAdding(false)
    setView({ pills: [...view.pills.filter((pill) => pill.text !== text), { text, not: false, off: false }] })
  }

  return (
    <div className={styles['pills']}>
      {view.pills.map((pill, at) => (
        <span
          key={pill.text}
          className={`${styles['pill']} ${pill.not ? styles['not'] : ''} ${pill.off ? styles['off'] : ''}`}
        >
          <MenuButton
            label={TEXTS.pills.change(pill.not ? `not ${pill.text}` : pill.text)}
            className={styles['text']}
            entries={[
              {
                label: pill.not ? TEXTS.pills.keep : TEXTS.pills.exclude,
                onSelect: () => replace(at, { ...pill, not: !pill.not }),
              },
              {
                label: pill.off ? TEXTS.pills.on : TEXTS.pills.off,
                onSelect: () => replace(at, { ...pill, off: !pill.off }),
              },
              {
                label: TEXTS.pills.intoBar,
                onSelect: () => {
                  const clause = pill.not ? `not (${pill.text})` : pill.text
                  setView({
                    q: view.q.trim() === '' ? clause : `(${view.q.trim()}) and ${clause}`,
                    pills: view.pills.filter((each) => each !== pill),
                  })
                },
              },
              { label: TEXTS.pills.remove, onSelect: () => replace(at, null) },
            ]}
          >
            {pill.not ? <b>not </b> : null}
            <span className={styles['clause']}>{pill.text}</span>
          </MenuButton>
          <button
            type="button"
            className={styles['remove']}
            aria-label={TEXTS.pills.removeThis(pill.text)}
            onClick={() => replace(at, null)}
          >
            <IconX size={13} aria-hidden />
          </button>
        </span>
      ))}
      {adding ? (
        <AddPill onAdd={add} onCancel={() => setAdding(false)} />
      ) : (
        <Button variant="subtle" small onClick={() => setAdding(true)}>
          <IconPlus size={14} aria-hidden /> {TEXTS.pills.filter}
        </Button>
      )}
    </div>
  )
}
