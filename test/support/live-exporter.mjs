// To be run in a network namespace of its own, where there is nothing but `lo`: starts an exporter that watches it, sends
// UDP datagrams over it, and prints the exporter's datagrams in hex, a line each, until none came for a while or the time is over.
// Argument: as JSON, { command, args, ready, packets: [{ port, bytes, count }], silenceMs, limitMs }: PORT in args is
// the collector's, `ready` is what the exporter says when it watches.
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

const { command, args, ready, packets, silenceMs, limitMs } = JSON.parse(process.argv[2])
if (spawnSync('ip', ['link', 'set', 'lo', 'up']).status !== 0) process.exit(1)
const collector = createSocket('udp4')
let last = Infinity
collector.on('message', (bytes) => {
  last = performance.now()
  process.stdout.write(`${bytes.toString('hex')}\n`)
})
const port = await bound(collector)
const exporter = spawn(
  command,
  args.map((arg) => arg.replaceAll('PORT', String(port))),
  { stdio: ['ignore', 'pipe', 'pipe'] },
)
let said = ''
for (const stream of [exporter.stdout, exporter.stderr]) stream.on('data', (text) => (said += text))
const limit = performance.now() + limitMs
while (!said.includes(ready) && performance.now() < limit) await wait(20)

const sender = createSocket('udp4')
for (const { port: to, bytes, count } of packets) {
  const receiver = createSocket('udp4')
  receiver.bind(to, '127.0.0.1')
  await once(receiver, 'listening')
  for (let left = count; left > 0; left--)
    await new Promise((resolve) => sender.send(new Uint8Array(bytes), to, '127.0.0.1', resolve))
  receiver.close()
}
sender.close()
while (performance.now() - last < silenceMs && performance.now() < limit) await wait(50)
exporter.kill()
collector.close()

async function bound(socket) {
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket.address().port
}
