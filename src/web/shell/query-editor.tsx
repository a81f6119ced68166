/**
 * The query bar's editor: colours from the filter language's own grammar, completion of fields, the problem underlined.
 * It lives in a shadow root, where CodeMirror's styles are constructed sheets that a strict Content-Security-Policy allows.
 */
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { syntaxHighlighting } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { useEffect, useEffectEvent, useRef } from 'react'
import { TEXTS } from '../texts.ts'
import type { FilterProblem } from './check-filter.ts'
import { completeFilter, filterLanguage } from './filter-language.ts'
import styles from './query-bar.module.css'
import { editorTheme } from './query-editor-theme.ts'

interface QueryEditorProps {
  readonly value: string
  readonly problem: FilterProblem | null
  /** The plain field had the focus. */
  readonly hadFocus: () => boolean
  readonly onChange: (text: string) => void
  readonly onApply: (text: string) => void
  readonly onCancel: () => void
  readonly onReady: (field: { focus(): void }) => void
}

export default function QueryEditor({
  value,
  problem,
  hadFocus,
  onChange,
  onApply,
  onCancel,
  onReady,
}: QueryEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const apply = useEffectEvent(onApply)
  const cancel = useEffectEvent(onCancel)
  const change = useEffectEvent(onChange)
  const start = useEffectEvent((editor: EditorView) => {
    onReady(editor)
    if (!hadFocus()) return
    editor.focus()
    editor.dispatch({ selection: { anchor: editor.state.doc.length } })
  })
  const first = useEffectEvent(() => value)

  useEffect(() => {
    const host = place.current
    if (!host) return
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    const keys = [
      {
        key: 'Enter',
        run: (editor: EditorView) => {
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
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first(),
        extensions: [
          EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction)),
          history(),
          closeBrackets(),
          autocompletion({ override: [completeFilter], icons: false }),
          keymap.of(completionKeymap),
          Prec.low(keymap.of([...keys, ...historyKeymap, ...defaultKeymap])),
          filterLanguage,
          syntaxHighlighting(classHighlighter),
          editorTheme,
          placeholder(TEXTS.query.placeholder),
          EditorView.contentAttributes.of({ 'aria-label': TEXTS.query.label, spellcheck: 'false', autocorrect: 'off' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    start(editor)
    return () => editor.destroy()
  }, [])

  useEffect(() => {
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
