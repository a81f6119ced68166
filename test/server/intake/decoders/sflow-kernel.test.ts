/** Samples that the kernel reads are the same rows as the general way makes of them, and so are those it gives up. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { Batch } from '../../../../src/server/intake/batch.ts'
import { sampleKernel } from '../../../../src/server/intake/decoders/sflow-kernel.ts'
import { encodeFrame, icmpEcho, tcpHeader, udpDatagram } from '../../../../src/server/intake/encoders/packet.ts'
import { encodeSflow5 } from '../../../../src/server/intake/encoders/sflow5.ts'
import { Scratch } from '../../../../src/server/intake/memory.ts'
import { randoms } from '../../../support/random.ts'
import { collect, type Row } from '../../../support/rows.ts'

const batch = new Batch()
const NOW = Date.UTC(2026, 10, 24)
const RATE = 512
/** Of the only sample, in a datagram of an IPv4 agent: it is the one thing that must stay, see `general`. */
const RATE_AT = 28 + 8 + 8
const v6 = (last: number) => Uint8Array.of(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last)

function datagram(random: (below: number) => number): Buffer {
  const isV6 = random(3) === 0
  const protocol = [6, 17, isV6 ? 58 : 1, 47][random(8) % 4] as number
  const payload = Uint8Array.from({ length: 40 + random(60) }, () => random(256))
  const port = [443, 53, 4789, 8472, 6081, 2152, 1701, 6635, 50_000][random(9)] as number
  const transport =
    protocol === 6
      ? Buffer.concat([tcpHeader(port, 40_000, 1, 2, random(256)), payload])
      : protocol === 17
        ? udpDatagram([1701, 30_000][random(2)] as number, port, payload, payload.length)
        : Buffer.concat([icmpEcho(random(256), random(256), 1, 1), payload])
  const frame = encodeFrame({
    sourceMac: Uint8Array.from({ length: 6 }, () => random(256)),
    destinationMac: Uint8Array.from({ length: 6 }, () => random(256)),
    vlan: random(2) * random(4096),
    source: isV6 ? v6(random(256)) : Uint8Array.of(192, 0, 2, random(256)),
    destination: isV6 ? v6(random(256)) : Uint8Array.of(198, 51, 100, random(256)),
    protocol,
    tos: random(256),
    ttl: random(256),
    transport,
    length: transport.length,
  })
  const interfaces = [0, 5, 6, 0x3fff_ffff, 0x4000_0101, 0x8000_0003]
  return Buffer.from(
    encodeSflow5({ agent: Uint8Array.of(192, 0, 2, 1), subAgent: 0, sequence: 1, uptimeMs: 1 }, [
      {
        sequence: 1,
        sourceId: [5, 6, 0x0100_0005][random(3)] as number,
        rate: RATE,
        pool: 1,
        drops: 0,
        input: interfaces[random(6)] as number,
        output: interfaces[random(6)] as number,
        frameLength: [frame.length + 4, 0, 60, 0xffff_ffff][random(8) % 4] as number,
        stripped: [4, 0, 0xffff_ffff][random(3)] as number,
        header: frame.subarray(0, Math.min(frame.length, 20 + random(109))),
        ...(random(2) === 0 ? { switch: { inVlan: random(5000), outVlan: random(5000) } } : {}),
      },
    ]),
  )
}

/** Changes some octets, or none. */
function mutate(bytes: Buffer, random: (below: number) => number): void {
  for (let changes = random(3); changes > 0; changes--) {
    const at = 28 + random(bytes.length - 28)
    if (at < RATE_AT || at >= RATE_AT + 4) bytes[at] = [0, 1, 0xff, 0x81, 0x45, random(256)][random(6)] as number
  }
}

function rowsOf(datagrams: readonly Buffer[], settings: Parameters<typeof collect>[0]): { rows: Row[]; lost: object } {
  const { pipeline, flush, counters } = collect(settings)
  for (const bytes of datagrams) pipeline.receive(bytes, '192.0.2.1', NOW)
  return { rows: flush(), lost: counters.losses() }
}

test('15,000 samples, most of them changed somewhere', () => {
  const random = randoms(7)
  const datagrams = Array.from({ length: 15_000 }, () => {
    const bytes = datagram(random)
    mutate(bytes, random)
    return bytes
  })
  const fast = rowsOf(datagrams, {})
  // A rate that the configuration says is for the general way alone; here it says the same as the samples.
  const general = rowsOf(datagrams, { settings: { '192.0.2.1': { samplingOverride: RATE } } })
  assert.ok(fast.rows.length > 10_000)
  assert.deepEqual(fast.lost, general.lost)
  assert.equal(fast.rows.length, general.rows.length)
  for (const [i, row] of fast.rows.entries()) {
    const other = general.rows[i] as Row
    assert.equal(other['sampling.source'] === 'configuration', row['sampling.source'] === 'record')
    assert.deepEqual({ ...row, 'sampling.source': 0 }, { ...other, 'sampling.source': 0 })
  }
})

test('a usual sample is read by the kernel, one that is cut short is not', () => {
  const random = randoms(1)
  let usual = 0
  for (let n = 0; n < 1000; n++) {
    const { bytes } = Scratch.ofDatagrams.load(datagram(random))
    const at = bytes.byteOffset + 36
    const end = bytes.byteOffset + bytes.length
    const { place } = batch
    if (sampleKernel()(at, end, place.byteOffset, 0) !== 0) usual++
    assert.equal(sampleKernel()(at, end - 8, place.byteOffset, 0), 0)
  }
  assert.ok(usual > 200, `${usual} of 1,000`)
})
