import assert from 'node:assert/strict'
import test from 'node:test'
import { collect, type Row } from '../../../support/rows.ts'
import {
  SENT_MS,
  ip4,
  set,
  template,
  u16,
  u32,
  u8,
  uint,
  version9,
  type Field,
  type Octets,
} from '../../../support/wire.ts'

const ZERO6: Octets = Array<number>(16).fill(0)
const six = (last: number): Octets => [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), last]

/** Rows of records of one template; the first record's fields make the template. */
function rows(...records: readonly (readonly Field[])[]): Row[] {
  const { pipeline, flush } = collect()
  const fields = (records[0] ?? []).map(([id, length]) => [id, length] as const)
  pipeline.receive(
    version9([
      set(0, template(256, ...fields)),
      set(256, ...records.map((record) => record.flatMap((field) => field[2]))),
    ]),
    '198.51.100.1',
    SENT_MS,
  )
  return flush()
}

test('ICMP has no ports: type and code from elements of their own, together in one, or in the destination port', () => {
  const icmp = (proto: number, ...fields: readonly Field[]) => {
    const [row] = rows([[4, 1, u8(proto)], [7, 2, u16(5)], ...fields])
    return [row?.['icmp.type'], row?.['icmp.code'], row?.['src.port'], row?.['dst.port']]
  }
  assert.deepEqual(icmp(1, [11, 2, u16(0x0800)]), [8, 0, undefined, undefined])
  assert.deepEqual(icmp(58, [11, 2, u16(0x8000)]), [128, 0, undefined, undefined])
  assert.deepEqual(icmp(1, [11, 2, u16(0)], [32, 2, u16(0x0301)]), [3, 1, undefined, undefined])
  assert.deepEqual(icmp(58, [139, 2, u16(0x8100)]), [129, 0, undefined, undefined])
  assert.deepEqual(icmp(1, [176, 1, u8(11)], [177, 1, u8(1)], [11, 2, u16(0)]), [11, 1, undefined, undefined])
  assert.deepEqual(icmp(58, [178, 1, u8(3)], [179, 1, u8(0)]), [3, 0, undefined, undefined])
  assert.deepEqual(icmp(1, [176, 1, u8(5)]), [5, undefined, undefined, undefined])
  assert.deepEqual(icmp(6, [11, 2, u16(0x0800)], [32, 2, u16(0)]), [undefined, undefined, 5, 0x0800])
})

test('one template for both families: the addresses that are not zero, and what goes with them', () => {
  const fields = (v4: Octets, v6: Octets, mask4: number, mask6: number): readonly Field[] => [
    [8, 4, v4],
    [27, 16, v6],
    [9, 1, u8(mask4)],
    [29, 1, u8(mask6)],
    [15, 4, v4],
    [62, 16, v6],
  ]
  const found = rows(
    fields(ip4('10.0.0.1'), ZERO6, 24, 0),
    fields(ip4('0.0.0.0'), six(1), 0, 64),
    fields(ip4('0.0.0.0'), ZERO6, 0, 0),
  )
  assert.deepEqual(
    found.map((row) => [row['src.ip'], row['ip.version'], row['src.mask'], row['next.hop']]),
    [
      ['10.0.0.1', 4, 24, '10.0.0.1'],
      ['2001:db8::1', 6, 64, '2001:db8::1'],
      ['0.0.0.0', 4, 0, '0.0.0.0'],
    ],
  )
})

test('a tunnel: the family that stands first is that of the packet itself', () => {
  const [row] = rows([
    [27, 16, six(1)],
    [28, 16, six(2)],
    [8, 4, ip4('10.0.0.1')],
    [12, 4, ip4('10.0.0.2')],
  ])
  assert.deepEqual([row?.['src.ip'], row?.['dst.ip'], row?.['ip.version']], ['2001:db8::1', '2001:db8::2', 6])
})

test('an interface of 0x3fffffff is not known; 0 is one', () => {
  const found = rows(
    [
      [10, 4, u32(0x3fffffff)],
      [14, 4, u32(0x3fffffff)],
    ],
    [
      [10, 4, u32(0)],
      [14, 4, u32(0xffffffff)],
    ],
  )
  assert.deepEqual(
    found.map((row) => [row['in.if'], row['out.if']]),
    [
      [undefined, undefined],
      [0, 4_294_967_295],
    ],
  )
})

test('flows without interfaces are kept', () => {
  assert.equal(rows([[8, 4, ip4('10.0.0.1')]]).length, 1)
})

test('TCP flags in one octet or two', () => {
  assert.equal(rows([[6, 1, u8(0x12)]])[0]?.['tcp.flags'], 0x12)
  assert.equal(rows([[6, 2, u16(0x0112)]])[0]?.['tcp.flags'], 0x0112)
})

test('a number in more octets than its field has, where it fits and where it does not', () => {
  const found = rows(
    [
      [4, 4, u32(17)],
      [89, 4, u32(0x40)],
      [16, 8, uint(8, 64512)],
      [5, 12, uint(12, 0xb8)],
    ],
    [
      [4, 4, u32(300)],
      [89, 4, u32(0x40000000)],
      [16, 8, uint(8, 2n ** 40n)],
      [5, 12, uint(12, 2n ** 90n)],
    ],
  )
  assert.deepEqual(
    found.map((row) => [row.proto, row['forwarding.status'], row['src.as'], row.tos]),
    [
      [17, 0x40, 64512, 0xb8],
      [undefined, undefined, undefined, undefined],
    ],
  )
})

test('words: only those that the registry has', () => {
  const found = rows(
    [
      [61, 1, u8(0)],
      [136, 1, u8(5)],
    ],
    [
      [61, 1, u8(1)],
      [136, 1, u8(6)],
    ],
    [
      [61, 1, u8(255)],
      [136, 1, u8(1)],
    ],
  )
  assert.deepEqual(
    found.map((row) => [row.direction, row['end.reason']]),
    [
      ['ingress', 'lack of resources'],
      ['egress', undefined],
      [undefined, 'idle timeout'],
    ],
  )
})

test('values whose length is not theirs are left alone', () => {
  const [row] = rows([
    [8, 5, [1, 2, 3, 4, 5]],
    [56, 4, u32(1)],
    [152, 4, u32(1)],
    [11, 2, u16(53)],
  ])
  assert.deepEqual(
    [row?.['src.ip'], row?.['src.mac'], row?.start, row?.['dst.port']],
    [undefined, undefined, SENT_MS, 53],
  )
})

test('many rows with some nulls among them: each row keeps its own', () => {
  const records = Array.from({ length: 200 }, (_, i): readonly Field[] => [
    [10, 4, u32(i % 3 === 0 ? 0x3fffffff : i)],
    [4, 1, u8(i % 2 === 0 ? 1 : 6)],
    [7, 2, u16(i)],
    [11, 2, u16(i)],
  ])
  for (const [i, row] of rows(...records).entries()) {
    assert.equal(row['in.if'], i % 3 === 0 ? undefined : i)
    assert.equal(row['src.port'], i % 2 === 0 ? undefined : i)
    assert.equal(row['icmp.code'], i % 2 === 0 ? i : undefined)
  }
})
