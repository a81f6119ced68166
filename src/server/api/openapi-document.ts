/** The OpenAPI 3.1 description of the HTTP API, from the contract and the table of errors. */
import { z } from 'zod'
import { CALLS } from '../../shared/api/contract.ts'
import { FORMAT_NAMES, FORMATS, mediaTypes } from '../../shared/api/formats.ts'
import { ERRORS } from '../../shared/api/errors.ts'
import { version } from '../version.ts'

export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Weir',
      version,
      description:
        'Network flows: what was seen, by whom, how much. Errors are { "error": { "code", "message", "detail"? } }.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: {
      ...callPaths(),
      '/metrics': {
        get: {
          operationId: 'metrics',
          summary: 'Counters and gauges for Prometheus.',
          responses: {
            200: {
              description: "The metrics, in Prometheus' text format.",
              content: { 'text/plain': { schema: { type: 'string' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: {
                code: { type: 'string', enum: Object.keys(HTTP_ERRORS) },
                message: { type: 'string' },
                detail: { type: 'object' },
              },
            },
          },
        },
      },
    },
  }
}

/** What stands in a path is `{name}` here. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

function callPaths(): Record<string, object> {
  const paths: Record<string, object> = {}
  for (const [name, call] of Object.entries(CALLS)) {
    const path = openApiPath(call.path)
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: operation(name, call) }
  }
  return paths
}

const HTTP_ERRORS = Object.fromEntries(Object.entries(ERRORS).filter(([, error]) => 'status' in error)) as Record<
  string,
  { status: number; meaning: string }
>

interface Call {
  readonly summary: string
  readonly place?: z.ZodType
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly answer: z.ZodType
  readonly isTable?: true
  readonly isFile?: true
  readonly takesFile?: true
}

function operation(operationId: string, call: Call): object {
  return {
    operationId,
    summary: call.summary,
    ...parametersOf(call),
    ...requestBody(call),
    responses: {
      200: {
        description: 'The answer.',
        ...(call.isTable ? { headers: metaHeader() } : {}),
        content: call.isFile
          ? fileOf(FORMATS.parquet.type)
          : {
              'application/json': { schema: jsonSchema(call.answer, 'output') },
              ...(call.isTable ? otherForms() : {}),
            },
      },
      ...failures(),
    },
  }
}

function requestBody({ body, takesFile }: Call): object {
  if (takesFile) return { requestBody: { required: true, content: fileOf('application/octet-stream') } }
  if (!body) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }
}

/** OpenAPI 3.1, "Considerations for File Uploads": octets have an empty schema. */
function fileOf(type: string): object {
  return { [type]: {} }
}

function placeParameters(place: z.ZodType): object[] {
  const { properties = {} } = jsonSchema(place, 'input') as { properties?: Record<string, object> }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'path', required: true, schema }))
}

function formatParameter(): object {
  return {
    name: 'format',
    in: 'query',
    description: FORMAT_NAMES.map((name) => `${name}: ${FORMATS[name].description}`).join(' '),
    schema: { type: 'string', enum: FORMAT_NAMES, default: 'json' },
  }
}

function metaHeader(): object {
  return {
    'weir-meta': {
      description: 'What the answer rests on, as `meta` of JSON has it, without its SQL; with the other forms.',
      schema: { type: 'string' },
    },
  }
}

function otherForms(): object {
  return Object.fromEntries(
    FORMAT_NAMES.filter((name) => name !== 'json').map((name) => [mediaTypes(name)[0], { schema: { type: 'string' } }]),
  )
}

/** What stands in the path of a call, and what may stand behind its ?. */
function parametersOf({ place, query, isTable }: Call): { readonly parameters?: readonly object[] } {
  const all = [
    ...(place ? placeParameters(place) : []),
    ...(query ? queryParameters(query) : []),
    ...(isTable ? [formatParameter()] : []),
  ]
  return all.length > 0 ? { parameters: all } : {}
}

function queryParameters(query: z.ZodObject): object[] {
  return Object.entries(query.shape).map(([name, type]) => {
    const { description, ...schema } = jsonSchema(type as z.ZodType, 'input') as { description?: string }
    return { name, in: 'query', ...(description ? { description } : {}), schema }
  })
}

/** One response for each status, naming the codes that it may carry. */
function failures(): object {
  const errors = Object.entries(HTTP_ERRORS)
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  const describe = (status: number) =>
    errors.flatMap(([code, error]) => (error.status === status ? [`${code}: ${error.meaning}`] : [])).join(' ')
  return Object.fromEntries(errors.map(([, { status }]) => [status, { description: describe(status), content }]))
}

function jsonSchema(type: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return schema
}
