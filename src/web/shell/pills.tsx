/** Filters beside the query bar's: each can be turned round, switched off, moved into the bar or taken away. */
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useView, type Pill } from '../app/search.ts'
import { Button } from '../parts/button.tsx'
import { MenuButton } from '../parts/menu-button.tsx'
import { TEXTS } from '../texts.ts'
import { checkedFilter } from './check-filter.ts'
import styles from './pills.module.css'

export function Pills() {
  const [view, setView] = useView()
  const [adding, setAdding] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const replace = (at: number, pill: Pill | null) =>
    setView({ pills: view.pills.flatMap((each, i) => (i === at ? (pill ?? []) : each)) })

  const add = async (text: string) => {
    if (text.trim() === '') return setAdding(false)
    const checked = await checkedFilter(text)
    if (checked.problem) return setProblem(checked.problem.message)
    setAdding(false)
    setProblem(null)
    setView({
      pills: [
        ...view.pills.filter((pill) => pill.text !== checked.canonical),
        { text: checked.canonical, not: false, off: false },
      ],
    })
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
        <span className={styles['adding']}>
          <input
            className={styles['input']}
            aria-label={TEXTS.pills.add}
            aria-invalid={problem !== null}
            placeholder="src.ip:10.0.0.0/8"
            spellCheck={false}
            // The field appears because the person asked for it.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onChange={() => setProblem(null)}
            onBlur={(event) => (event.target.value.trim() === '' ? setAdding(false) : undefined)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') void add(event.currentTarget.value)
              if (event.key === 'Escape') setAdding(false)
            }}
          />
          {problem ? (
            <span role="alert" className={styles['problem']}>
              {problem}
            </span>
          ) : null}
        </span>
      ) : (
        <Button variant="subtle" small onClick={() => setAdding(true)}>
          <IconPlus size={14} aria-hidden /> {TEXTS.pills.filter}
        </Button>
      )}
    </div>
  )
}
