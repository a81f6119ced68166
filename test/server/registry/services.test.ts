/** Expected values: the IANA registry itself (registry/services.tsv) and names that everybody knows. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { serviceKey, serviceKeysByName, serviceName, servicesOf } from '../../../src/server/registry/services.ts'

const TRANSPORTS: Record<string, number> = { tcp: 6, udp: 17, sctp: 132, dccp: 33 }

describe('services', () => {
  it('names the ports that everybody knows', () => {
    const known: [number, number, string][] = [
      [6, 443, 'https'],
      [17, 443, 'https'],
      [6, 80, 'http'],
      [17, 53, 'domain'],
      [6, 22, 'ssh'],
      [6, 514, 'shell'],
      [17, 514, 'syslog'],
      [6, 2049, 'nfs'],
      [6, 465, 'submissions'],
      [6, 6010, 'x11'],
      [17, 2055, 'iop'],
    ]
    for (const [protocol, port, name] of known)
      assert.equal(serviceName(serviceKey(protocol, port)), name, `${protocol} ${port}`)
  })

  it('has no name for a port or protocol without registration', () => {
    assert.equal(serviceKey(6, 0), 0)
    assert.equal(serviceKey(6, 60001), 0)
    assert.equal(serviceKey(47, 80), 0)
    assert.equal(servicesOf(1), null)
    assert.equal(serviceName(0), null)
  })

  it('is one service whatever the transport and the port', () => {
    assert.equal(serviceKey(6, 53), serviceKey(17, 53))
    assert.equal(serviceKey(6, 8080), serviceKey(17, 591))
    assert.equal(serviceKey(6, 53), 6 * 65536 + 53)
  })

  it('every registered port bears one of its registered names, and every registered name finds it', () => {
    const byPort = new Map<string, string[]>()
    const text = readFileSync(new URL('../../../registry/services.tsv', import.meta.url), 'utf8')
    for (const line of text.split('\n').slice(1)) {
      const [ports = '', transport = '', name = ''] = line.split('\t')
      if (TRANSPORTS[transport] === undefined) continue
      const [first = 0, last = first] = ports.split('-').map(Number)
      for (let port = first; port <= last; port++)
        byPort.set(`${transport} ${port}`, [...(byPort.get(`${transport} ${port}`) ?? []), name])
    }
    assert.ok(byPort.size > 11_000)
    for (const [place, names] of byPort) {
      const [transport = '', port] = place.split(' ')
      const name = serviceName(serviceKey(TRANSPORTS[transport] as number, Number(port)))
      assert.ok(name !== null && names.includes(name), `${place}: ${name}, not one of ${names.join(', ')}`)
    }
  })

  it('finds names in any case, by wildcard, by a second name and by the usual name', () => {
    assert.deepEqual(serviceKeysByName('HTTPS'), [6 * 65536 + 443])
    assert.deepEqual(serviceKeysByName('www'), serviceKeysByName('http'))
    assert.deepEqual(serviceKeysByName('dns'), serviceKeysByName('domain'))
    for (const usual of ['dhcp', 'dns', 'dot', 'memcached', 'mssql', 'postgres', 'rdp', 'smb'])
      assert.equal(serviceKeysByName(usual).length, 1, usual)
    assert.deepEqual(serviceKeysByName('no-such-service'), [])
    const found = serviceKeysByName('http*').map(serviceName)
    assert.ok(found.includes('http') && found.includes('https') && found.includes('http-alt'))
    assert.ok(found.every((name) => name?.startsWith('http')))
    const all = serviceKeysByName('*').map(serviceName)
    assert.deepEqual(
      new Set(serviceKeysByName('ht*p*s').map(serviceName)),
      new Set(all.filter((name) => /^ht.*p.*s$/i.test(name ?? ''))),
    )
  })

  it('a hostile wildcard costs no more than any other', () => {
    assert.deepEqual(serviceKeysByName('a*'.repeat(30_000) + 'b'), [])
  })
})
