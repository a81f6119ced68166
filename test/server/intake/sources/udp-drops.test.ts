/** Lines as Linux 6 prints them (net/ipv4/udp.c, udp4_format_sock; net/ipv6/datagram.c, __ip6_dgram_sock_seq_show). */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { DropReader, dropsOf, socketKey } from '../../../../src/server/intake/sources/udp-drops.ts'

const UDP = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            
 1068: 0100007F:D114 00000000:0000 07 00000000:00033C00 00:00000000 00000000     0        0 33644 2 00000000553ebde6 4908      
14987: 00000000:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 33646 2 00000000203b5832 17        
14988: 0100007F:0808 00000000:0807 01 00000000:00000000 00:00000000 00000000     0        0 33647 2 00000000203b5833 99        
`
const UDP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
14509: 00000000000000000000000000000000:0807 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 33645 2 000000008a2e6ec9 23
14510: B80D0120000000000000000001000000:0807 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 33649 2 000000008a2e6eca 5
`

it('addresses as the kernel writes them', () => {
  assert.equal(socketKey({ address: '127.0.0.1', port: 53524, family: 'IPv4' }, 'LE'), '0100007F:D114')
  assert.equal(socketKey({ address: '0.0.0.0', port: 2055, family: 'IPv4' }, 'LE'), '00000000:0807')
  assert.equal(
    socketKey({ address: '2001:db8::1', port: 2055, family: 'IPv6' }, 'LE'),
    'B80D0120000000000000000001000000:0807',
  )
  assert.equal(socketKey({ address: '127.0.0.1', port: 2055, family: 'IPv4' }, 'BE'), '7F000001:0807')
})

it('the drops of the socket that is bound there, not of one connected to it', () => {
  assert.equal(dropsOf(UDP, '0100007F:D114'), 4908)
  assert.equal(dropsOf(UDP, '00000000:0807'), 17)
  assert.equal(dropsOf(UDP6, '00000000000000000000000000000000:0807'), 23)
  assert.equal(dropsOf(UDP6, 'B80D0120000000000000000001000000:0807'), 5)
  assert.equal(dropsOf(UDP, '00000000:0809'), 0)
  assert.equal(dropsOf('', '00000000:0807'), 0)
})

it('what the kernel really drops is read', { skip: process.platform !== 'linux' && 'Linux only' }, async () => {
  const receiver = createSocket({ type: 'udp4', recvBufferSize: 4096 })
  receiver.bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  const bound = receiver.address()
  const reader = new DropReader(bound)
  assert.equal(reader.read(), 0)
  // Nothing is received as long as no listener for 'message' is there and this turn of the loop lasts; so the buffer overflows.
  const sender = createSocket('udp4')
  sender.bind(0, '127.0.0.1')
  await once(sender, 'listening')
  const closed = once(receiver, 'close')
  const sent = 2000
  let received = 0
  receiver.on('message', () => received++)
  await Promise.all(
    Array.from(
      { length: sent },
      () => new Promise<void>((resolve) => sender.send(Buffer.alloc(1000), bound.port, '127.0.0.1', () => resolve())),
    ),
  )
  // What is still in the buffer is neither received nor dropped.
  let read = 0
  while (received + reader.total < sent) {
    await setImmediate()
    read += reader.read()
  }
  assert.ok(received < sent, 'the buffer was to overflow')
  assert.equal(reader.total, sent - received)
  assert.equal(read, reader.total)
  assert.equal(reader.read(), 0)
  sender.close()
  receiver.close()
  await closed
})
