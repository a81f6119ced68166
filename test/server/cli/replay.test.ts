import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readCapture } from '../../../src/server/intake/sources/pcap.ts'
import { until } from '../../support/server.ts'
import { weir } from '../../support/weir.ts'

const capture = fileURLToPath(new URL('../../fixtures/pmacct-v9.pcap', import.meta.url))

let socket: Socket
let to: string
let got: string[] = []

before(async () => {
  socket = createSocket('udp4')
  socket.on('message', (bytes) => got.push(bytes.toString('hex')))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  to = `127.0.0.1:${socket.address().port}`
})
after(() => socket.close())

describe('weir replay', () => {
  it('sends the datagrams as they are, in their order', async () => {
    const expected: string[] = []
    for await (const { payload } of readCapture(createReadStream(capture)))
      expected.push(Buffer.from(payload).toString('hex'))
    for (const args of [[], ['--rate', '5000']]) {
      got = []
      const { code, error } = await weir('replay', capture, '--to', to, ...args)
      assert.equal(code, 0, error)
      await until('all have come', () => got.length === expected.length)
      assert.deepEqual(got, expected)
      assert.match(error, /Sent 14 datagrams/)
    }
  })

  it('wrong addresses and rates are wrong use', async () => {
    for (const args of [['--to', '127.0.0.1'], ['--to', to, '--rate', '-1'], []])
      assert.equal((await weir('replay', capture, ...args)).code, 2)
  })
})
