/** Configuration: a YAML file, and over it the command's options. */
import { readFile } from 'node:fs/promises'
import { WeirError } from '../../shared/api/errors.ts'
import { describeError } from '../issues.ts'
import { CONFIG, type Config, type ConfigFile } from './schema.ts'

/** Reads the file, if any, and lays `over` on it. Throws `badOption` with one line: what is wrong, where, and what fits. */
export async function readConfig(file: string | undefined, over: ConfigFile): Promise<Config> {
  const written = file === undefined ? {} : await readYaml(file)
  const parsed = CONFIG.safeParse(lay(over, written), { reportInput: true })
  if (!parsed.success)
    throw new WeirError(
      'badOption',
      `${file === undefined ? '' : `${file}: `}${describeError(CONFIG, parsed.error).message}`,
    )
  const { url } = parsed.data.store
  if (url !== 'duckdb')
    throw new WeirError(
      'notAvailable',
      `store ${url}: only the embedded store is available yet; leave it out, or write duckdb`,
    )
  return parsed.data
}

async function readYaml(file: string): Promise<object> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new WeirError('badOption', `${file} cannot be read: ${(error as Error).message}`)
  }
  const { isScalar, parseDocument, visit } = await import('yaml')
  const document = parseDocument(text)
  const wrong = document.errors[0]
  if (wrong) throw new WeirError('badOption', `${file}: ${(wrong.message.split('\n')[0] as string).replace(/:$/, '')}`)
  // 9.120 is another element than 9.12, but the same number.
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === 'element' && isScalar(value) && value.source) value.value = value.source
    },
  })
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    throw new WeirError('badOption', `${file}: ${(error as Error).message}`)
  }
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new WeirError('badOption', `${file}: keys and values are expected, such as data: /var/lib/weir`)
  return value
}

/** Values of `over` stand; objects are merged, lists are not. */
function lay(over: object, under: object): object {
  const out: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue
    const below = out[key]
    out[key] = isObject(value) && isObject(below) ? lay(value, below) : value
  }
  return out
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
