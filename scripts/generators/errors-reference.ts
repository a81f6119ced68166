import { ERRORS } from '../../src/shared/api/errors.ts'
import type { Generator } from './generator.ts'

/** docs/reference/errors.md */
export const errorsReference: Generator = {
  name: 'errors-reference',
  build: () => ({ 'docs/reference/errors.md': page() }),
}

function page(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, error]) =>
      `| \`${code}\` | ${'status' in error ? `HTTP ${error.status}` : `exit ${error.exit}`} | ${error.meaning} |`,
  )
  return `# Errors

Generated from \`src/shared/api/errors.ts\`. The HTTP API answers \`{ "error": { "code", "message", "detail"? } }\`; \`message\` names the thing,
the value and what would fit, \`detail\` carries the same for programs (\`field\`, \`value\`, \`from\`, \`to\`). Commands print the message on
stderr and end with 1 (could not be done) or 2 (wrong use).

| Code | Answered as | Meaning |
|---|---|---|
${rows.join('\n')}
`
}
