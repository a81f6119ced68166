/** Messages out of a stream, whatever the slices that it comes in. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { IpfixFramer } from '../../../../src/server/intake/sources/ipfix-framer.ts'

/** An IPFIX message of that length (RFC 7011 §3.1). */
function message(length: number, fill = 0): Uint8Array {
  const bytes = new Uint8Array(length).fill(fill)
  bytes.set([0, 10, length >> 8, length & 255])
  return bytes
}

const messages = fc.array(
  fc.tuple(fc.oneof(fc.integer({ min: 16, max: 200 }), fc.constantFrom(16, 17, 1500)), fc.nat(255)),
  { maxLength: 12 },
)

describe('a stream of IPFIX messages', () => {
  it('is cut into the same messages in any slices', () => {
    fc.assert(
      fc.property(
        messages,
        fc.array(fc.oneof(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 100, max: 70_000 }))),
        (list, sizes) => {
          const sent = list.map(([length, fill]) => message(length, fill))
          const stream = Buffer.concat(sent)
          const got: Buffer[] = []
          const framer = new IpfixFramer()
          for (let at = 0, i = 0; at < stream.length; i++) {
            const slice = Uint8Array.from(stream.subarray(at, at + (sizes[i % sizes.length] ?? stream.length)))
            assert.ok(framer.push(slice, (bytes) => got.push(Buffer.from(bytes))))
            // A slice is the socket's: what is kept of it must be a copy.
            slice.fill(0xee)
            at += slice.length
          }
          assert.deepEqual(Buffer.concat(got), stream)
          assert.deepEqual(
            got.map((bytes) => bytes.length),
            sent.map((bytes) => bytes.length),
          )
          assert.equal(framer.waiting, 0)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('byte by byte', () => {
    const framer = new IpfixFramer()
    let got = 0
    for (const byte of Buffer.concat([message(20), message(16), message(300)]))
      framer.push(Uint8Array.of(byte), () => got++)
    assert.equal(got, 3)
  })

  it('ends where a version is not 10 or a length below the header, also between slices; what came before is given', () => {
    for (const wrong of [
      [0, 9, 0, 20],
      [0, 10, 0, 15],
      [0, 10, 0, 0],
      [0x16, 3, 1, 2],
    ]) {
      for (const size of [1, 3, 100]) {
        const stream = Buffer.concat([message(16), Uint8Array.from(wrong), new Uint8Array(40)])
        const framer = new IpfixFramer()
        let got = 0
        let ok = true
        for (let at = 0; ok && at < stream.length; at += size)
          ok = framer.push(stream.subarray(at, at + size), () => got++)
        assert.equal(ok, false, `${wrong.join(' ')} in slices of ${size}`)
        assert.equal(got, 1)
      }
    }
  })

  it('holds no more than one message', () => {
    const framer = new IpfixFramer()
    const almost = message(65_535).subarray(0, 65_534)
    for (let at = 0; at < almost.length; at += 1000) framer.push(almost.subarray(at, at + 1000), () => assert.fail())
    assert.equal(framer.waiting, 65_534)
  })
})
