import assert from 'node:assert/strict'
import { it } from 'node:test'
import { recognise } from '../../../src/server/intake/recognise.ts'

const cases: [hex: string, expected: string][] = [
  ['0005 0001', 'netflow5'],
  ['0009 0001', 'netflow9'],
  ['000a 0010', 'ipfix'],
  ['0000 0005', 'sflow5'],
  ['0001 0001', 'netflow1'],
  ['0006 0001', 'netflow6'],
  ['0007 0001', 'netflow7'],
  ['0008 0001', 'decode.unsupportedVersion'],
  ['0000 0002', 'decode.unsupportedVersion'],
  ['0000 0004', 'decode.unsupportedVersion'],
  ['0000 0000', 'decode.notFlowData'],
  ['0003 0000', 'decode.notFlowData'],
  ['0500 0000', 'decode.notFlowData'],
  ['4745 5420', 'decode.notFlowData'],
  ['0005 00', 'decode.notFlowData'],
  ['', 'decode.notFlowData'],
]
for (const [hex, expected] of cases) {
  it(`${hex || 'nothing'} is ${expected}`, () =>
    assert.equal(recognise(Buffer.from(hex.replaceAll(' ', ''), 'hex')), expected))
}
