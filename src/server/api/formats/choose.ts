/** Which form an answer is asked for in: `?format=NAME`, else `Accept` (RFC 9110 §12.5.1), else JSON. */
import { FORMAT_NAMES, FORMATS, mediaTypes, type FormatName } from '../../../shared/api/formats.ts'
import { WeirError } from '../../../shared/api/errors.ts'
import { nearest } from '../../../shared/nearest.ts'

/** Throws `badRequest` for a name that there is not, `notAcceptable` where no form fits `Accept`. */
export function chooseFormat(named: unknown, accept: string | undefined): FormatName {
  if (named !== undefined) {
    const found = FORMAT_NAMES.find((name) => name === named)
    if (found) return found
    const like = typeof named === 'string' ? nearest(named, FORMAT_NAMES) : undefined
    throw new WeirError(
      'badRequest',
      `format is ${JSON.stringify(named)}: ${like ? `did you mean ${like}? There are` : 'one of'} ${FORMAT_NAMES.join(', ')}`,
      { field: 'format' },
    )
  }
  if (accept === undefined || accept.trim() === '') return 'json'
  const ranges = accept.split(',').map(readRange)
  const wanted = FORMAT_NAMES.map((name) => ({ name, quality: qualityOf(name, ranges) }))
  // Equal ones in the order of the list, JSON first.
  const best = wanted.reduce((a, b) => (b.quality > a.quality ? b : a))
  if (best.quality > 0) return best.name
  throw new WeirError(
    'notAcceptable',
    `Accept: ${accept.slice(0, 200)} asks for a form that there is not; there are ${FORMAT_NAMES.map((name) => `${mediaTypes(name)[0]} (format=${name})`).join(', ')}`,
  )
}

/** The name of the file that an answer is saved as. */
export function fileName(call: string, format: FormatName): string {
  return `weir-${call}.${FORMATS[format].extension}`
}

interface Range {
  readonly type: string
  readonly quality: number
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const value = quality === undefined ? 1 : Number(quality.slice(2))
  return { type, quality: value >= 0 && value <= 1 ? value : 0 }
}

/** The most precise range counts. */
function qualityOf(name: FormatName, ranges: readonly Range[]): number {
  const types = mediaTypes(name)
  const exact = ranges.filter(({ type }) => types.includes(type))
  const group = ranges.filter(({ type }) => types.some((each) => type === `${each.split('/')[0]}/*`))
  const any = ranges.filter(({ type }) => type === '*/*')
  const used = [exact, group, any].find(({ length }) => length > 0) ?? []
  return Math.max(0, ...used.map(({ quality }) => quality))
}
