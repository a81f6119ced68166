/** Completion in the query bar: what the language has, at once; what the flows have, from the server. */
import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSection,
  CompletionSource,
} from '@codemirror/autocomplete'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { offersAt, type Offer } from '../../shared/query/filter/complete-words.ts'
import { contextAt, valuesAt, type FilterContext } from '../../shared/query/filter/complete.ts'
import { format } from '../../shared/schema/units.ts'
import { call, CallError } from '../data/client.ts'
import { TEXTS } from '../texts.ts'
import type { Around } from './around.ts'

/** An entry of the list; `share` of the flows that were looked at. */
interface Entry extends Completion {
  readonly flows?: number
  readonly share?: number
}

type Suggestions = AnswerOf<'suggest'>

const MOST_FIELDS = 60
const MOST_VALUES = 14

/** Fields, operators and words: from the list of fields alone. */
export function completeWords(editor: CompletionContext): CompletionResult | null {
  const context = contextAt(editor.state.doc.toString(), editor.pos)
  // Of a field, the server has what is listed together with how often it is there.
  if (!context || (context.place.kind === 'value' && valuesAt(context) !== null)) return null
  const options = offersAt(context, MOST_FIELDS).map((offer) => entryOf(offer, editor, context))
  return resultOf(context, options)
}

/** Values by how many flows have them, and what is listed; also named filters. What the server cannot say is left out. */
export function completeValues(around: () => Around): CompletionSource {
  return async (editor) => {
    const filter = editor.state.doc.toString()
    const context = contextAt(filter, editor.pos)
    const isName = context?.place.kind === 'test' && context.typed.startsWith('@')
    if (!context || (valuesAt(context) === null && !isName)) return null
    const gone = new AbortController()
    editor.addEventListener('abort', () => gone.abort(), { onDocChange: true })
    try {
      const asked = { ...around(), filter, cursor: editor.pos, limit: MOST_VALUES }
      const answer = await call('suggest', asked, gone.signal)
      const isOnItsOwn = context.place.kind === 'test'
      const section = sectionOf(answer)
      const options = answer.items
        .filter(({ kind }) => !isOnItsOwn || kind === 'value' || kind === 'filter')
        .map((item) => ({
          ...entryOf(item, editor, context),
          ...(item.kind === 'filter' ? {} : { section }),
          ...(item.flows === undefined
            ? {}
            : { flows: item.flows, share: item.flows / Math.max(1, answer.meta.matched) }),
        }))
      return resultOf(context, options)
    } catch (error) {
      if (!(error instanceof CallError) || context.place.kind !== 'value') return null
      return resultOf(
        context,
        offersAt(context, MOST_VALUES).map((offer) => entryOf(offer, editor, context)),
      )
    }
  }
}

/** How many flows have a value, with a bar; beside the others nothing. */
export function renderFlows(completion: Completion): Node | null {
  const { flows, share } = completion as Entry
  if (flows === undefined || share === undefined) return null
  const element = document.createElement('span')
  element.className = 'weir-flows'
  const track = element.appendChild(document.createElement('span'))
  const bar = track.appendChild(document.createElement('span'))
  bar.style.width = `${Math.min(1, share) * 100}%`
  element.appendChild(document.createElement('b')).textContent = format(flows, '')
  return element
}

/** Whether another list is to follow what was chosen: after a field its values, after a word what comes next. */
export function leadsOn({ type }: Completion): boolean {
  return type !== 'value' && type !== 'filter'
}

function resultOf(context: FilterContext, options: readonly Entry[]): CompletionResult | null {
  const { from, to, typed } = context
  return options.length === 0
    ? null
    : {
        from,
        to,
        options,
        filter: false,
        getMatch: ({ label }) => {
          const at = typed === '' ? -1 : label.toLowerCase().indexOf(typed.toLowerCase())
          return at < 0 ? [] : [at, at + typed.length]
        },
      }
}

function entryOf(
  offer: Offer | Suggestions['items'][number],
  editor: CompletionContext,
  context: FilterContext,
): Entry {
  const { text, label, kind, detail, info } = offer
  // No second space where one stands already.
  const next = editor.state.sliceDoc(context.to, context.to + 1)
  return {
    label,
    type: kind,
    apply: next === ' ' ? text.trimEnd() : text,
    ...(detail === '' ? {} : { detail }),
    ...(info === undefined ? {} : { info }),
  }
}

/** Says what the counts are of. */
function sectionOf({ meta }: Suggestions): CompletionSection {
  return { name: TEXTS.query.valuesOf(meta), rank: 1 }
}
