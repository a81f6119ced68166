import type { Command } from 'commander'
import { COMMANDS } from '../../src/server/cli/index.ts'
import type { Generator } from './generator.ts'

/** docs/reference/commands.md */
export const commandsReference: Generator = {
  name: 'commands-reference',
  build: () => ({ 'docs/reference/commands.md': page() }),
}

function page(): string {
  const list = COMMANDS.map(
    (command) => `| [\`weir ${command.name()}\`](#weir-${command.name()}) | ${sentence(command.description())} |`,
  )
  return `# Commands

Generated from the definitions in \`src/server/cli\`. In a checkout \`npm start -- ARGS\` is \`weir serve ARGS\`, and \`npx weir ARGS\` or
\`npm run -s weir -- ARGS\` is the whole command line.

Results go to stdout, everything else to stderr. The exit code is 0 when it is done, 1 when it could not be done, 2 after wrong use.

| Command | What it does |
|---|---|
${list.join('\n')}

${COMMANDS.map(section).join('\n')}`
}

function section(command: Command): string {
  return `## weir ${command.name()}

${sentence(command.description())}

\`\`\`
${helpOf(command)}
\`\`\`
`
}

/** What --help prints, at a width that does not depend on a terminal. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 110 })
  command.outputHelp()
  return text
    .replace(/^Usage: (?!weir )/, 'Usage: weir ')
    .replace(command.description(), '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? '' : '.'}`
}
