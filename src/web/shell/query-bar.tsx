/**
 * The filter as text. What is half typed is the bar's own and survives every refresh; Enter makes it the page's.
 * A plain field stands here at once; the editor with colours and completion takes its place after the first paint.
 */
import { IconAt, IconFilter, IconHistory, IconX } from '@tabler/icons-react'
import { useIsFetching } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useView } from '../app/search.ts'
import { Button } from '../parts/button.tsx'
import { MenuButton } from '../parts/menu-button.tsx'
import { useAnchor } from '../parts/use-anchor.ts'
import { TEXTS } from '../texts.ts'
import { aroundOf } from './around.ts'
import { checkedFilter, type FilterProblem } from './check-filter.ts'
import { onShellCommand } from './commands.ts'
import { remember, rememberedFilters } from './memory.ts'
import styles from './query-bar.module.css'

const loadEditor = () => import('./query-editor.tsx')
const QueryEditor = lazy(loadEditor)
const loadNamed = () => import('./named-filters.tsx')
const NamedFilters = lazy(loadNamed)
const CHECK_MS = 700
/** The first picture comes before the editor: it is fetched when nothing has been asked for so long, or on focus. */
const EDITOR_MS = 700

export function QueryBar() {
  const [view, setView] = useView()
  const [draft, setDraft] = useState(view.q)
  const [applied, setApplied] = useState(view.q)
  /** What the server said of a text; it counts only while that text stands here. */
  const [checked, setChecked] = useState<{ readonly text: string; readonly problem: FilterProblem | null }>({
    text: '',
    problem: null,
  })
  const [editor, setEditor] = useState(false)
  /** While completions are offered, what is wrong is the half of a word. */
  const [offering, setOffering] = useState(false)
  const [history, setHistory] = useState(rememberedFilters)
  const named = useAnchor()
  const field = useRef<{ focus(): void } | null>(null)
  const hadFocus = useRef(false)

  useEffect(() => onShellCommand('query', () => field.current?.focus()), [])
  const showEditor = useCallback(() => {
    // Where it cannot be fetched, the plain field stays.
    void loadEditor().then(
      () => setEditor(true),
      () => undefined,
    )
  }, [])
  const busy = useIsFetching() > 0
  useEffect(() => {
    if (busy) return
    const later = setTimeout(showEditor, EDITOR_MS)
    return () => clearTimeout(later)
  }, [busy, showEditor])
  useEffect(() => {
    if (draft.trim() === '') return
    const check = async () => setChecked({ text: draft, problem: (await checkedFilter(draft)).problem })
    const later = setTimeout(() => void check(), CHECK_MS)
    return () => clearTimeout(later)
  }, [draft])

  // Another filter came from elsewhere: a menu, the history, back.
  if (applied !== view.q) {
    setApplied(view.q)
    setDraft(view.q)
  }
  const problem = checked.text === draft && !offering ? checked.problem : null

  const apply = async (typed: string) => {
    const { text, problem: found } = await checkedFilter(typed)
    setChecked({ text: typed, problem: found })
    if (found) return
    if (text !== '') {
      remember('filters', text)
      setHistory(rememberedFilters())
    }
    setDraft(text)
    setView({ q: text })
  }
  const plain = (
    <input
      ref={(element) => {
        if (element) field.current = element
      }}
      className={styles['input']}
      value={draft}
      placeholder={TEXTS.query.placeholder}
      aria-label={TEXTS.query.label}
      aria-invalid={problem !== null}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setDraft(event.target.value)}
      onFocus={() => {
        hadFocus.current = true
        showEditor()
      }}
      onBlur={() => (hadFocus.current = false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void apply(draft)
        if (event.key === 'Escape') setDraft(view.q)
      }}
    />
  )
  return (
    <div className={styles['place']}>
      <div
        className={`${styles['bar']} ${problem ? styles['wrong'] : ''}`}
        role="search"
        aria-label={TEXTS.query.label}
      >
        <IconFilter size={16} stroke={1.6} className={styles['icon']} aria-hidden />
        {editor ? (
          <Suspense fallback={plain}>
            <QueryEditor
              label={TEXTS.query.label}
              example={TEXTS.query.placeholder}
              value={draft}
              problem={problem}
              around={aroundOf(view, { q: '', pills: view.pills })}
              hadFocus={() => hadFocus.current}
              onChange={setDraft}
              onApply={(text) => void apply(text)}
              onCancel={() => setDraft(view.q)}
              onList={setOffering}
              onReady={(ready) => (field.current = ready)}
            />
          </Suspense>
        ) : (
          plain
        )}
        {draft === '' ? null : (
          <Button variant="subtle" icon small aria-label={TEXTS.query.clear} onClick={() => void apply('')}>
            <IconX size={15} aria-hidden />
          </Button>
        )}
        <Button
          variant="subtle"
          icon
          small
          aria-label={TEXTS.named.open}
          aria-haspopup="dialog"
          aria-expanded={named.anchor !== null}
          onPointerEnter={() => void loadNamed()}
          {...named.handlers}
        >
          <IconAt size={16} stroke={1.6} aria-hidden />
        </Button>
        {named.anchor ? (
          <Suspense>
            <NamedFilters
              anchor={named.anchor}
              draft={draft}
              onUse={(name) => {
                named.close()
                void apply(draft.trim() === '' ? `@${name}` : `(${draft.trim()}) and @${name}`)
              }}
              onClose={named.close}
            />
          </Suspense>
        ) : null}
        {history.length > 0 ? (
          <MenuButton
            label={TEXTS.query.history}
            small
            entries={history.map((text) => ({ label: text, onSelect: () => void apply(text) }))}
          >
            <IconHistory size={16} stroke={1.6} aria-hidden />
          </MenuButton>
        ) : null}
      </div>
      {problem ? (
        <p className={styles['problem']} role="alert">
          {TEXTS.query.at(problem.from + 1)} {problem.message}
        </p>
      ) : draft !== view.q && draft.trim() !== '' && !offering ? (
        <p className={styles['hint']}>{TEXTS.query.enter}</p>
      ) : null}
    </div>
  )
}
