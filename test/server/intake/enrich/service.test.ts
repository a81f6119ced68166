import assert from 'node:assert/strict'
import { it } from 'node:test'
import { initiator } from '../../../../src/server/intake/enrich/initiator.ts'
import { service } from '../../../../src/server/intake/enrich/service.ts'
import { serviceName } from '../../../../src/server/registry/services.ts'
import { batchOf, rowsOf } from '../../../support/rows.ts'

const cases: [name: string, row: Record<string, number>, service: string | null][] = [
  ["the server's port, asked", { proto: 6, 'src.port': 40000, 'dst.port': 443 }, 'https'],
  ["the server's port, answering", { proto: 6, 'src.port': 443, 'dst.port': 40000 }, 'https'],
  ['by transport', { proto: 17, 'src.port': 40000, 'dst.port': 514 }, 'syslog'],
  [
    'SYN says who is the server, although the other port is a known one',
    { proto: 6, 'src.port': 80, 'dst.port': 5432, 'tcp.flags': 2 },
    'postgresql',
  ],
  ['the same port on both sides', { proto: 17, 'src.port': 123, 'dst.port': 123 }, 'ntp'],
  ['no registration', { proto: 6, 'src.port': 60001, 'dst.port': 60000 }, null],
  ['no ports', { proto: 1, 'icmp.type': 8 }, null],
  ['a protocol without registrations', { proto: 47, 'src.port': 80, 'dst.port': 80 }, null],
]
for (const [name, values, expected] of cases) {
  it(`service: ${name}`, () => {
    const batch = batchOf([values])
    initiator.run(batch, 0, 1)
    const known = service.run(batch, 0, 1)
    const key = rowsOf(batch)[0]?.['service']
    assert.equal(key === undefined ? null : serviceName(Number(key)), expected)
    assert.equal(known, expected === null ? 0 : 1)
  })
}
