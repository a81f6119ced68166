import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { readConfig } from '../../../src/server/config/config.ts'
import { WeirError } from '../../../src/shared/api/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-config-'))
const file = join(folder, 'weir.yaml')
after(() => rmSync(folder, { recursive: true, force: true }))

const read = (yaml: string, over = {}) => {
  writeFileSync(file, yaml)
  return readConfig(file, over)
}

describe('configuration', () => {
  it('is not needed', async () => {
    const config = await readConfig(undefined, {})
    assert.equal(config.data, 'data')
    assert.deepEqual(config.listen, [
      'udp://0.0.0.0:2055',
      'udp://0.0.0.0:4739',
      'udp://0.0.0.0:6343',
      'tcp://0.0.0.0:4739',
    ])
    assert.equal(config.http.listen, '127.0.0.1:3055')
    assert.equal(config.http.timeLimit, 30_000)
    assert.equal(config.receiveBuffer, 32 * 2 ** 20)
    assert.deepEqual(await read(''), config)
    assert.deepEqual(await read('# nothing\n'), config)
  })

  it('is read from a file, over which options stand', async () => {
    const yaml = `
data: /var/lib/weir
listen: ["udp://[::]:2055"]
receiveBuffer: 1MB
http: { names: [flows.example.org], timeLimit: 1m }
sampling: { "192.0.2.1": 1000, "2001:db8::1": 64 }
limits:
  exporters: 10
`
    const config = await read(yaml, { listen: [], http: { listen: '[::1]:8080' }, log: { level: 'warn' } })
    assert.equal(config.data, '/var/lib/weir')
    assert.deepEqual(config.listen, [])
    assert.equal(config.receiveBuffer, 1_000_000)
    assert.equal(config.http.listen, '[::1]:8080')
    assert.deepEqual(config.http.names, ['flows.example.org'])
    assert.equal(config.http.timeLimit, 60_000)
    assert.deepEqual(config.sampling, { '192.0.2.1': 1000, '2001:db8::1': 64 })
    assert.equal(config.limits.exporters, 10)
    assert.equal(config.limits.waitingSets, 4096)
    assert.equal(config.log.level, 'warn')
  })

  it('said nothing of what types there are where that of a source was misspelt', async () => {
    await assert.rejects(
      read('sources: [{ type: s4, name: a }]'),
      /sources\[0\]\.type is "s4": one of cloudwatch, s3, .+ is needed/,
    )
    await assert.rejects(
      read('sources: [{ name: a }]'),
      /sources\[0\]\.type is missing: one of cloudwatch, s3, .+ is needed/,
    )
  })

  it("takes an element's number as it is written, with a zero at its end", async () => {
    const { fields } = await read(
      'fields: [{ name: my.x, element: 9.12340, kind: u8 }, { name: my.y, element: 61, kind: u8 }]',
    )
    assert.deepEqual(fields, [
      {
        name: 'my.x',
        element: '9.12340',
        kind: 'u8',
        label: 'my.x',
        description: 'Element 9.12340, kept by the configuration.',
      },
      {
        name: 'my.y',
        element: '61',
        kind: 'u8',
        label: 'my.y',
        description: 'Element 61 (flowDirection), kept by the configuration.',
      },
    ])
  })

  const refused: [string, RegExp][] = [
    ['fields: [{ name: vlanName, element: 9.1, kind: keyword }]', /fields\[0\]\.name is "vlanName": a name with a dot/],
    ['fields: [{ name: src.ip, element: 9.1, kind: ip }]', /fields\[0\]\.name is "src\.ip": a field of that name is/],
    ['fields: [{ name: source.ip, element: 9.1, kind: ip }]', /fields\[0\]\.name is "source\.ip": a field of that/],
    ['fields: [{ name: src_x.ip y, element: 9.1, kind: ip }]', /a name with a dot/],
    [
      'fields: [{ name: my.x, element: 9.70000, kind: ip }]',
      /fields\[0\]\.element is "9\.70000": an element is needed/,
    ],
    ['fields: [{ name: my.x, element: vlan, kind: ip }]', /fields\[0\]\.element is "vlan": an element is needed/],
    ['fields: [{ name: my.x, element: 0, kind: ip }]', /fields\[0\]\.element is "?0"?: an element is needed/],
    ['fields: [{ name: my.x, element: 9.1, kind: text }]', /fields\[0\]\.kind is "text": one of keyword, u8, /],
    ['fields: [{ name: my.x, element: 9.1 }]', /fields\[0\]\.kind is missing/],
    [
      'fields: [{ name: my.x, element: 1, kind: u8 }, { name: My.X, element: 2, kind: u8 }]',
      /fields\[1\]\.name is "My\.X": my\.x is too like it/,
    ],
    [
      'fields: [{ name: my.a_b, element: 1, kind: u8 }, { name: my_a.b, element: 2, kind: u8 }]',
      /fields\[1\]\.name is "my_a\.b": my\.a_b is too like it/,
    ],
    [
      `fields: [${Array.from({ length: 65 }, (_, i) => `{ name: my.f${i}, element: ${i + 1}, kind: u8 }`).join()}]`,
      /fields is .*: at most 64 entries fit/,
    ],
    ['htp: { listen: 127.0.0.1:1 }', /htp is not known; did you mean http\?$/],
    ['http: { port: 3055 }', /http\.port is not known; there are listen, names, timeLimit$/],
    ['http: 3055', /http is 3055: an object is needed$/],
    ['listen: udp://0.0.0.0:2055', /listen is "udp:\/\/0\.0\.0\.0:2055": a list is needed$/],
    ['listen: [2055]', /listen\[0\] is 2055: a string is needed$/],
    ['listen: [udp://0.0.0.0]', /listen\[0\] is .*write HOST:PORT/],
    ['listen: [udp://0.0.0.0:99999]', /listen\[0\] is .*write HOST:PORT/],
    ['listen: [udp://10.0.0.300:1]', /10\.0\.0\.300 is no IPv4 address$/],
    [
      'listen: [sctp://0.0.0.0:4739]',
      /is no listener; write udp:\/\/HOST:PORT, tcp:\/\/HOST:PORT or tls:\/\/HOST:PORT/,
    ],
    ['tls: { certificate: a.pem }', /tls\.key is missing/],
    ['listen: [http://0.0.0.0:2055]', /is no listener; write udp:\/\/HOST:PORT/],
    ['receiveBuffer: large', /receiveBuffer is "large": a size such as 32MiB/],
    ['receiveBuffer: -5', /receiveBuffer is -5: a size such as 32MiB/],
    ['http: { timeLimit: 0s }', /http\.timeLimit is "0s": a duration such as 30s/],
    ['http: { listen: 3055 }', /http\.listen is 3055: a string is needed/],
    [
      'http: { names: ["https://flows.example.org/"] }',
      /http\.names\[0\] is .*a host name or address without scheme and port/,
    ],
    ['sampling: { router1: 100 }', /sampling\.router1.*an exporter's address/],
    ['sampling: { "192.0.2.1": 0 }', /sampling\.192\.0\.2\.1 is 0: at least 1 is needed/],
    ['limits: { exporters: many }', /limits\.exporters is "many": a number is needed/],
    ['limits: { exporters: 0 }', /limits\.exporters is 0: at least 1 is needed/],
    ['log: { level: loud }', /log\.level is "loud": one of debug, info, warn, error, silent is needed/],
    ['- data', /keys and values are expected/],
    ['data: [', /line 1|line 2/],
    ['data: a\ndata: b', /unique/],
    ['data: *x', /Unresolved alias/],
  ]
  for (const [yaml, message] of refused) {
    it(`refuses ${yaml.replaceAll('\n', ' ')}`, async () => {
      await assert.rejects(read(yaml), (error) => {
        assert.ok(error instanceof WeirError)
        assert.equal(error.code, 'badOption')
        assert.ok(error.message.startsWith(`${file}: `) && !error.message.includes('\n'), error.message)
        assert.match(error.message, message)
        return true
      })
    })
  }

  it('refuses a file that is not there, and stores that are not there yet', async () => {
    await assert.rejects(readConfig(join(folder, 'nothing.yaml'), {}), { code: 'badOption', message: /cannot be read/ })
    await assert.rejects(readConfig(undefined, { store: { url: 'opensearch://127.0.0.1:9200' } }), {
      code: 'notAvailable',
      message: /only the embedded store/,
    })
  })
})
