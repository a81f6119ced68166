/**
 * The query bar's editor: colours from the filter language's own grammar, completion of fields, the problem underlined.
 * It lives in a shadow root, where CodeMirror's styles are constructed sheets that a strict Content-Security-Policy allows.
 */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeCompletion,
  completionKeymap,
  completionStatus,
  moveCompletionSelection,
  selectedCompletionIndex,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { syntaxHighlighting } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { FilterProblem } from './check-filter.ts'
import type { Around } from './around.ts'
import { completeValues, completeWords, leadsOn, renderFlows } from './complete-filter.ts'
import { filterLanguage } from './filter-language.ts'
import styles from './query-bar.module.css'
import { editorTheme } from './query-editor-theme.ts'

interface QueryEditorProps {
  readonly label: string
  /** Shown while nothing is written. */
  readonly example: string
  readonly value: string
  readonly problem: FilterProblem | null
  /** What the page looks at. */
  readonly around: Around
  /** The plain field had the focus. */
  readonly hadFocus: () => boolean
  readonly onChange: (text: string) => void
  readonly onApply: (text: string) => void
  readonly onCancel: () => void
  /** The list of completions opens or closes. */
  readonly onList?: (open: boolean) => void
  readonly onReady?: (field: { focus(): void }) => void
}

export default function QueryEditor({
  label,
  example,
  value,
  problem,
  around,
  hadFocus,
  onChange,
  onApply,
  onCancel,
  onList,
  onReady,
}: QueryEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const apply = useEffectEvent(onApply)
  const cancel = useEffectEvent(onCancel)
  const change = useEffectEvent(onChange)
  const list = useEffectEvent((open: boolean) => onList?.(open))
  const start = useEffectEvent((editor: EditorView) => {
    onReady?.(editor)
    if (!hadFocus()) return
    editor.focus()
    editor.dispatch({ selection: { anchor: editor.state.doc.length } })
  })
  const first = useEffectEvent(() => ({ doc: value, label, example }))
  const within = useEffectEvent(() => around)

  useEffect(() => {
    const host = place.current
    if (!host) return
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    const keys = [
      {
        key: 'Enter',
        run: (editor: EditorView) => {
          // While a list is open, or on its way, nothing is said of what is wrong.
          closeCompletion(editor)
          apply(editor.state.doc.toString())
          return true
        },
      },
      {
        key: 'Escape',
        run: () => {
          cancel()
          return true
        },
      },
    ]
    const { doc, ...shown } = first()
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc,
        extensions: [
          EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction)),
          history(),
          closeBrackets(),
          autocompletion({
            override: [completeWords, completeValues(() => within())],
            // Enter applies the filter as it stands, unless an entry was chosen with the arrows; Tab takes the first.
            selectOnOpen: false,
            interactionDelay: 0,
            activateOnCompletion: leadsOn,
            icons: false,
            addToOptions: [{ render: renderFlows, position: 90 }],
          }),
          keymap.of([{ key: 'Tab', run: takeFirst }, ...completionKeymap]),
          Prec.low(keymap.of([...keys, ...historyKeymap, ...defaultKeymap])),
          filterLanguage,
          syntaxHighlighting(classHighlighter),
          editorTheme,
          placeholder(shown.example),
          EditorView.contentAttributes.of({ 'aria-label': shown.label, spellcheck: 'false', autocorrect: 'off' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString())
            const isOpen = completionStatus(update.state) === 'active'
            if (isOpen !== (completionStatus(update.startState) === 'active')) list(isOpen)
          }),
        ],
      }),
    })
    view.current = editor
    start(editor)
    return () => editor.destroy()
  }, [])

  // With the render itself: after it, the value may be older than what has been typed, and would take letters back.
  useLayoutEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const end = editor.state.doc.length
    const marks = problem
      ? [
          {
            from: Math.min(problem.from, end),
            to: Math.min(Math.max(problem.to, problem.from + 1), end),
            severity: 'error' as const,
            message: problem.message,
          },
        ]
      : []
    editor.dispatch(setDiagnostics(editor.state, marks))
  }, [problem])

  return <div ref={place} className={styles['editor']} />
}

/** Takes the entry that is chosen, or the first one; false where there is no list. */
function takeFirst(editor: EditorView): boolean {
  if (completionStatus(editor.state) !== 'active') return false
  if (selectedCompletionIndex(editor.state) === null) moveCompletionSelection(true)(editor)
  acceptCompletion(editor)
  return true
}
