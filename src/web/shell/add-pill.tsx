/** A field for one more filter beside the query bar's, completed as that one is. */
import { lazy, Suspense, useState } from 'react'
import { useView } from '../app/search.ts'
import { TEXTS } from '../texts.ts'
import { aroundOf } from './around.ts'
import { checkedFilter, type FilterProblem } from './check-filter.ts'
import styles from './pills.module.css'

const QueryEditor = lazy(() => import('./query-editor.tsx'))

interface AddPillProps {
  /** With the filter as it is kept. */
  readonly onAdd: (text: string) => void
  readonly onCancel: () => void
}

export function AddPill({ onAdd, onCancel }: AddPillProps) {
  const [view] = useView()
  const [draft, setDraft] = useState('')
  const [problem, setProblem] = useState<FilterProblem | null>(null)
  const change = (text: string) => {
    setDraft(text)
    setProblem(null)
  }
  const apply = async (text: string) => {
    if (text.trim() === '') return onCancel()
    const checked = await checkedFilter(text)
    if (checked.problem) setProblem(checked.problem)
    else onAdd(checked.canonical)
  }
  const plain = (
    <input
      className={styles['input']}
      value={draft}
      aria-label={TEXTS.pills.add}
      placeholder={TEXTS.pills.example}
      spellCheck={false}
      // The field appears because the person asked for it.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void apply(draft)
        if (event.key === 'Escape') onCancel()
      }}
    />
  )
  return (
    <span className={styles['adding']} onBlur={() => (draft.trim() === '' ? onCancel() : undefined)}>
      <span className={`${styles['field']} ${problem ? styles['wrong'] : ''}`}>
        <Suspense fallback={plain}>
          <QueryEditor
            label={TEXTS.pills.add}
            example={TEXTS.pills.example}
            value={draft}
            problem={problem}
            around={aroundOf(view, view)}
            hadFocus={() => true}
            onChange={change}
            onApply={(text) => void apply(text)}
            onCancel={onCancel}
          />
        </Suspense>
      </span>
      {problem ? (
        <span role="alert" className={styles['problem']}>
          {problem.message}
        </span>
      ) : null}
    </span>
  )
}
