/** The lines that Get data offers for pasting. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asText, fill, placeholdersOf, type Values } from '../../src/web/pages/get-data/devices/device.ts'
import { DEVICES } from '../../src/web/pages/get-data/devices/index.ts'
import {
  collectorsOf,
  deviceOf,
  portFor,
  setupCodec,
  valuesOf,
  variantFor,
  variantOf,
} from '../../src/web/pages/get-data/setup.ts'

const FILLED: Values = {
  collector: '192.0.2.50',
  port: 9995,
  interfaces: ['eth7', 'eth8'],
  source: '192.0.2.1',
  rate: 777,
}

const linesOf = (device: string, variant: string, values: Values): string => {
  const chosen = { ...setupCodec.read({}), device, variant }
  return asText(fill(variantOf(deviceOf(chosen), chosen), values))
}

describe('configuration lines', () => {
  for (const device of DEVICES) {
    for (const variant of device.variants) {
      test(`${device.name} ${variant.label} ${variant.protocol}: every value stands in the lines, and no placeholder is left`, () => {
        const text = asText(fill(variant, FILLED))
        assert.doesNotMatch(text, /\{\{|\}\}/)
        const wanted = placeholdersOf(variant)
        assert.ok(wanted.has('collector') || wanted.has('endpoint'), 'the lines say where to send')
        assert.match(text, /192\.0\.2\.50/)
        assert.match(text, /9995/)
        if (wanted.has('rate')) assert.match(text, /777/)
        if (wanted.has('source')) assert.match(text, /192\.0\.2\.1\b/)
        if (wanted.has('interface') || wanted.has('interfaces')) assert.match(text, /eth7[^]*eth8/)
        assert.equal(
          wanted.has('rate'),
          variant.rate !== undefined,
          'a rate is offered where, and only where, the lines sample',
        )
      })
      test(`${device.name} ${variant.label} ${variant.protocol}: each note speaks of something in the lines or of the device`, () => {
        assert.ok(variant.notes.length > 0)
        for (const note of variant.notes) assert.match(note.text, /[.]$|clear bridge|shutdown$/)
      })
    }
  }

  test('ids are unique, so that a link names one configuration', () => {
    assert.equal(new Set(DEVICES.map((device) => device.id)).size, DEVICES.length)
    for (const device of DEVICES)
      assert.equal(new Set(device.variants.map((variant) => variant.id)).size, device.variants.length, device.id)
  })

  test('VyOS: one line for each interface', () => {
    assert.match(linesOf('vyos', '1.4-9', FILLED), /interface eth7\nset system flow-accounting interface eth8\n/)
    assert.match(linesOf('vyos', '1.5-10', FILLED), /netflow interface eth7\n.*netflow interface eth8\n.*version 10\n/)
  })

  test('an IPv6 address stands in brackets where a port follows it, and bare where it does not', () => {
    const v6 = { ...FILLED, collector: '2001:db8::50' }
    assert.match(linesOf('linux-softflowd', 'once', v6), /-n \[2001:db8::50\]:9995/)
    assert.match(linesOf('vyos', '1.5-9', v6), /server 2001:db8::50 port 9995/)
  })

  test('what is not known yet is a word that no device takes for an address', () => {
    const lines = fill(variantOf(deviceOf(setupCodec.read({})), setupCodec.read({})), {
      ...FILLED,
      collector: '',
      source: '',
    })
    const missing = lines.flat().filter((segment) => segment.kind === 'missing')
    assert.deepEqual([...new Set(missing.map((segment) => segment.text))], ['WEIR-ADDRESS', 'DEVICE-ADDRESS'])
  })

  test('quotes, spaces and line breaks in a value cannot add to a command', () => {
    const variant = variantOf(deviceOf({ ...setupCodec.read({}), device: 'linux-softflowd' }), {
      ...setupCodec.read({}),
      device: 'linux-softflowd',
    })
    const values = valuesOf(
      { ...setupCodec.read({}), collector: "x'; reboot\n", interfaces: 'eth0$(id), "a b"' },
      variant,
      [],
      [2055],
    )
    assert.equal(values.collector, 'xreboot')
    assert.deepEqual(values.interfaces, ['eth0id', 'ab'])
  })
})

describe('what Weir proposes', () => {
  const health = (urls: readonly string[], addresses: readonly string[]) =>
    ({
      addresses,
      intake: { listeners: urls.map((url) => ({ url, receiveBufferAsked: 0, receiveBufferGot: 0, kernelDrops: 0 })) },
    }) as unknown as Parameters<typeof collectorsOf>[1]

  test('the address of a listener that is bound to one comes first, then the page’s, then the machine’s', () => {
    assert.deepEqual(collectorsOf('weir.example', health(['udp://192.0.2.7:2055'], ['192.0.2.50'])), [
      '192.0.2.7',
      'weir.example',
      '192.0.2.50',
    ])
  })

  test('a page on loopback says nothing about where a device can send', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      assert.deepEqual(collectorsOf(host, health(['udp://0.0.0.0:2055'], ['192.0.2.50'])), ['192.0.2.50'])
    assert.deepEqual(collectorsOf('127.0.0.1', undefined), [])
  })

  test('a protocol gets its home port where that is listened on, else the first', () => {
    assert.equal(portFor('sFlow v5', [2055, 4739, 6343]), 6343)
    assert.equal(portFor('IPFIX', [2055, 4739, 6343]), 4739)
    assert.equal(portFor('IPFIX', [9995]), 9995)
  })

  test('another protocol keeps the release where it can', () => {
    const vyos = deviceOf({ ...setupCodec.read({}), device: 'vyos' })
    assert.equal(variantFor(vyos, 'IPFIX', '1.5')?.id, '1.5-10')
    assert.equal(variantFor(vyos, 'sFlow v5', '1.5')?.id, 'sflow')
  })

  test('the set-up goes through the URL unchanged', () => {
    const setup = {
      device: 'mikrotik',
      variant: '9',
      collector: '192.0.2.9',
      port: '6343',
      interfaces: 'ether1',
      source: '192.0.2.1',
      rate: '500',
    }
    assert.deepEqual(setupCodec.read(setupCodec.write(setup)), setup)
  })
})
