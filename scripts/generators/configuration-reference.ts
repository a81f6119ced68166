import { z } from 'zod'
import { CONFIG } from '../../src/server/config/schema.ts'
import type { Generator } from './generator.ts'

/** docs/reference/configuration.md */
export const configurationReference: Generator = {
  name: 'configuration-reference',
  build: () => ({ 'docs/reference/configuration.md': page() }),
}

interface Schema {
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  /** Of a table by name: what each entry has. */
  readonly additionalProperties?: boolean | Schema
  readonly const?: string
  readonly required?: readonly string[]
  /** Of a list: what each entry is, one of several kinds. */
  readonly items?: { readonly oneOf?: readonly Schema[]; readonly anyOf?: readonly Schema[] }
}

function page(): string {
  const schema = z.toJSONSchema(CONFIG, { io: 'input', unrepresentable: 'any' }) as Schema
  return `# Configuration

Generated from \`src/server/config/schema.ts\`. Nothing has to be configured. \`weir serve --config FILE\` reads a YAML file; options of the
command stand over it. A key that is not known is refused, and so is a value that does not fit: Weir then ends with exit code 2 and
one line that says what would.

\`\`\`yaml
data: /var/lib/weir
listen:
  - udp://0.0.0.0:2055
  - udp://[::]:2055
http:
  names: [flows.example.org]
exporters:
  192.0.2.1: { name: edge-1, sampling: 1000 }
\`\`\`

Sizes are bytes, or text such as \`64KiB\` (1024) and \`1MB\` (1000); durations are text such as \`30s\` or \`5m\`.

| Key | Default | What it is |
|---|---|---|
${rows(schema, '').join('\n')}

## Sources of flow logs

Each entry of \`sources\` is of one \`type\`. What has no default and is not in **bold** may be left out.
${kindsOf(schema.properties?.['sources'])}`
}

/** A table for each kind that an entry of a list may be of. */
function kindsOf(list: Schema | undefined): string {
  const kinds = list?.items?.oneOf ?? list?.items?.anyOf ?? []
  return kinds
    .map(
      (kind) => `
### \`type: ${kind.properties?.['type']?.const ?? ''}\`

| Key | Default | What it is |
|---|---|---|
${Object.entries(kind.properties ?? {})
  .filter(([key]) => key !== 'type')
  .map(([key, { default: fallback, description }]) => {
    const isNeeded = kind.required?.includes(key) === true
    return `| ${isNeeded ? `**\`${key}\`**` : `\`${key}\``} | ${fallback === undefined ? '' : JSON.stringify(fallback)} | ${description ?? ''} |`
  })
  .join('\n')}
`,
    )
    .join('')
}

function rows(schema: Schema, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const name = `${path}${key}`
    if (property.properties) return rows(property, `${name}.`)
    const words = property.enum ? ` One of ${property.enum.join(', ')}.` : ''
    const bounds =
      property.minimum !== undefined && property.maximum !== undefined
        ? ` ${property.minimum.toLocaleString('en')} to ${property.maximum.toLocaleString('en')}.`
        : ''
    const fallback = property.default === undefined ? '' : JSON.stringify(property.default)
    const entry = typeof property.additionalProperties === 'object' ? property.additionalProperties : {}
    return [
      `| \`${name}\` | ${fallback} | ${property.description ?? ''}${words}${bounds} |`,
      ...rows(entry, `${name}.<address>.`),
    ]
  })
}
