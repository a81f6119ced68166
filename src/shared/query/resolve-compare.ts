/** From a request's body to the comparison. */
import type { z } from 'zod'
import type { compareBody } from '../api/compare.ts'
import { WeirError } from '../api/errors.ts'
import { queryBody } from '../api/questions.ts'
import { FIELDS, type FieldName } from '../schema/fields.ts'
import { dimensionOf, usualDimensions, type Comparison, type Span } from './compare.ts'
import type { Names } from './filter/names.ts'
import { USUAL_LIMITS, type QuestionLimits } from './limits.ts'
import { resolveQuestion, resolveRange } from './resolve.ts'
import { parseInterval } from './time.ts'

/** Throws `badRequest`, `badFilter` or `notAvailable`. */
export function resolveComparison(
  body: z.output<typeof compareBody>,
  names: Names,
  nowMs: number,
  limits: QuestionLimits = USUAL_LIMITS,
): Comparison {
  const { window, measure, filter, scope } = body
  const asked = queryBody.parse({ ...window, filter, scope, measures: [measure], limit: 1 })
  const { groupBy, ...base } = renamed({ from: 'window.from', to: 'window.to', groupBy: 'fields' }, () =>
    resolveQuestion({ ...asked, groupBy: body.fields ?? [] }, names, nowMs, limits),
  )
  return {
    window: { fromMs: base.fromMs, toMs: base.toMs },
    against: againstOf(body.against, base, nowMs),
    measure,
    dimensions: body.fields ? groupBy.map((group) => dimensionOf(plainField(group))) : usualDimensions(),
    limit: body.limit,
    base: { ...base, groupBy: [] },
  }
}

function plainField(group: unknown): FieldName {
  const found = FIELDS.find(({ name }) => name === group)
  if (found) return found.name
  throw new WeirError(
    'badRequest',
    `fields: ${JSON.stringify(group)} is no field as it is; values are compared by whole fields, so name the field alone`,
    { field: 'fields', value: group },
  )
}

function againstOf(against: z.output<typeof compareBody>['against'], window: Span, nowMs: number): Span | 'usual' {
  if (against === 'usual') return 'usual'
  if (typeof against === 'object') {
    const span = resolveRange(against, nowMs, 'against.')
    if (span.fromMs >= window.toMs || span.toMs <= window.fromMs) return span
    throw bad(
      against,
      `the window from ${isoOf(span.fromMs)} to ${isoOf(span.toMs)} overlaps the one that is to be explained; end it at ${isoOf(window.fromMs)} or before`,
    )
  }
  const length = window.toMs - window.fromMs
  const back = against === 'before' ? length : against.startsWith('-') ? parseInterval(against.slice(1)) : null
  if (back === null)
    throw bad(
      against,
      `${against} is neither usual nor before nor a length such as -1d; or give a window: { "from": …, "to": … }`,
    )
  if (back < length)
    throw bad(
      against,
      `${against} is less than the window is long, so that the two would overlap; write before for the time just before it`,
    )
  if (back > window.fromMs) throw bad(against, `${against} is before 1970; take less`)
  return { fromMs: window.fromMs - back, toMs: window.toMs - back }
}

/** The same refusals under the names that things have here. */
function renamed<T>(names: Readonly<Record<string, string>>, resolve: () => T): T {
  try {
    return resolve()
  } catch (error) {
    if (!(error instanceof WeirError)) throw error
    const said = /^\w+/.exec(String(error.detail?.['field']))?.[0] ?? ''
    const name = names[said]
    if (name === undefined) throw error
    const here = (text: unknown) => String(text).replace(said, name)
    throw new WeirError(error.code, here(error.message), { ...error.detail, field: here(error.detail?.['field']) })
  }
}

function bad(against: unknown, what: string): WeirError {
  return new WeirError('badRequest', `against: ${what}`, { field: 'against', value: against })
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
