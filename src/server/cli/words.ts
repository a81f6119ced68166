/** Refusals in the words of the command line: what a request calls `groupBy[0]` is an argument here, `from` is `--from`. */
import { WeirError } from '../../shared/api/errors.ts'

/** What a command calls parts of its request, by their names there; null for its arguments. Options of the same name need no entry. */
export type Words = Readonly<Record<string, string | null>>

/** What is said of other calls of the HTTP interface, and what a person at a terminal does instead. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/GET \/api\/fields lists (them|the fields)/, 'weir fields lists them'],
  [/GET \/api\/exporters lists them/, 'weir top exporter lists those with flows'],
  [/a name that GET \/api\/exporters lists/, 'a name that an exporter has told'],
  [/GET \/api\/filters lists them/, 'the page lists them behind the @ of its query bar'],
  [/, or \{ "from": …, "to": … \}/, ''],
  [/; or give a window: \{ "from": …, "to": … \}/, '; or give a window as FROM/TO'],
]

/** Does the work; what it is refused for is told in the words. */
export async function inWords<T>(words: Words, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof WeirError ? said(error, words) : error
  }
}

function said(error: WeirError, words: Words): WeirError {
  const at = error.detail?.['field']
  const message = INSTEAD.reduce((text, [from, to]) => text.replace(from, to), error.message)
  const told = typeof at === 'string' && at !== '' ? placed(message, at, words) : message
  return new WeirError(error.code, told, error.detail, error)
}

function placed(message: string, at: string, words: Words): string {
  const plain = at.replaceAll(/\[\d+\]/g, '')
  const part = [plain, plain.split('.')[0] as string].find((name) => name in words)
  const word = part === undefined ? `--${plain.split('.')[0]}` : words[part]
  const rest = message.startsWith(at) ? message.slice(at.length).replace(/^:? /, '') : message
  // "limit is 7: at most …" goes on as it stands.
  const joint = message.startsWith(`${at} `) ? ' ' : ': '
  if (word === null || word === undefined)
    return plain.includes('.') ? `${plain.split('.').slice(1).join('.')}${joint}${rest}` : rest
  return `${word}${joint}${rest}`
}
