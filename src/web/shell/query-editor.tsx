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
import { useEffect, useRef } from 'react'
import { TEXTS } from '../texts.ts'
import type { FilterProblem } from './check-filter.ts'
import { completeFilter, filterLanguage } from './filter-language.ts'
import styles from './query-bar.module.css'
import { editorTheme } from './query-editor-theme.ts'

interface QueryEditorProps {
  readonly value: string
  readonly problem: FilterProblem | null
  /** The plain field had the focus. */
  readonly focusAtOnce: boolean
  readonly onChange: (text: string) => void
  readonly onApply: (text: string) => void
  readonly onCancel: () => void
  readonly onReady: (field: { focus(): void }) => void
}

export default function QueryEditor(props: QueryEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    const host = place.current
    if (!host) return
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    const keys = [
      { key: 'Enter', run: (editor: EditorView) => (latest.current.onApply(editor.state.doc.toString()), true) },
      { key: 'Escape', run: () => (latest.current.onCancel(), true) },
    ]
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.value,
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
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    latest.current.onReady(editor)
    if (latest.current.focusAtOnce) {
      editor.focus()
      editor.dispatch({ selection: { anchor: editor.state.doc.length } })
    }
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== props.value) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } })
  }, [props.value])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const end = editor.state.doc.length
    const marks = props.problem ? [{ from: Math.min(props.problem.from, end), to: Math.min(Math.max(props.problem.to, props.problem.from + 1), end), severity: 'error' as const, message: props.problem.message }] : []
    editor.dispatch(setDiagnostics(editor.state, marks))
  }, [props.problem])

  return <div ref={place} className={styles['editor']} />
}
