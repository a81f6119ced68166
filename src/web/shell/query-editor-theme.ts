import { EditorView } from '@codemirror/view'

/** The query bar's clothes; colours come from the page's tokens. */
export const editorTheme = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', overflowX: 'auto', scrollbarWidth: 'none' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--text-3)', fontFamily: 'var(--font)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'var(--accent-tint)',
  },
  '.tok-propertyName': { color: 'var(--syn-field)' },
  '.tok-keyword': { color: 'var(--syn-word)', fontWeight: '500' },
  '.tok-operator': { color: 'var(--text-3)' },
  '.tok-string, .tok-literal': { color: 'var(--syn-string)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad-mark) 1px',
    textUnderlineOffset: '4px',
  },
  '.cm-tooltip': {
    zIndex: '60',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '320px', padding: '4px', fontFamily: 'var(--mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '3px 8px',
    borderRadius: '4px',
    fontSize: '12px',
    lineHeight: '18px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-tint)', color: 'var(--accent)' },
  '.cm-completionDetail': {
    marginLeft: '12px',
    color: 'var(--text-3)',
    fontStyle: 'normal',
    fontFamily: 'var(--font)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
})
