import type { Generator } from './generator.ts'
import { readTsv } from './tsv.ts'

/** src/server/registry/services.generated.ts: the names registered for ports, as compact text. */
export const services: Generator = {
  name: 'services',
  build: () => ({ 'src/server/registry/services.generated.ts': page() }),
}

/** Protocol numbers of the registry's transports. */
const TRANSPORTS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132, dccp: 33 }

/** Where a port has several names, its first one in the registry stands; but these stand before the names beside them. */
const IN_USE = new Set(['nfs', 'submissions', 'kerberos-iv'])

function page(): string {
  const byPort = new Map<string, string[]>()
  for (const [ports = '', transport = '', name = ''] of readTsv('services.tsv')) {
    const protocol = TRANSPORTS[transport]
    if (protocol === undefined) continue
    const [first = 0, last = first] = ports.split('-').map(Number)
    for (let port = first; port <= last; port++) {
      const names = byPort.get(`${protocol}:${port}`) ?? []
      if (IN_USE.has(name)) names.unshift(name)
      else names.push(name)
      byPort.set(`${protocol}:${port}`, names)
    }
  }
  const portsOf = new Map<string, string[]>()
  const standsFor = new Map<string, Set<string>>()
  for (const [port, [name = '', ...others]] of byPort) {
    portsOf.set(name, [...(portsOf.get(name) ?? []), port])
    for (const other of others) standsFor.set(other, (standsFor.get(other) ?? new Set()).add(name))
  }
  for (const name of portsOf.keys()) standsFor.delete(name)
  return `/* Generated from registry/services.tsv by npm run generate. */

/** One line for each name: the name, then \`protocol:port\` of every port that bears it. */
export const SERVICES = \`
${[...portsOf].map(([name, ports]) => `${name} ${ports.join(' ')}`).join('\n')}
\`

/** One line for each other name that those ports also have: the name, then the names it stands for. */
export const OTHER_NAMES = \`
${[...standsFor].map(([name, names]) => `${name} ${[...names].join(' ')}`).join('\n')}
\`
`
}
