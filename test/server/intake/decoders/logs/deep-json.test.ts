/** JSON that is nested as deeply as a line is long: `JSON.parse` takes it, and what walks it by calls does not. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LogType } from '../../../../../src/shared/schema/codes.ts'
import { readLog } from '../../../../support/logs.ts'

const FORMS: readonly (readonly [LogType, before: string, after: string])[] = [
  ['gcp-vpc', '{"connection":{"src_ip":"10.0.0.1","dest_ip":"10.0.0.2","src_port":', '}}'],
  ['azure-flow-log', '{"flowRecords":{"flows":[{"flowGroups":[{"flowTuples":[', ']}]}]}}'],
  ['suricata-eve', '{"event_type":"flow","src_ip":"10.0.0.1","dest_ip":"10.0.0.2","src_port":', ',"flow":{}}'],
  ['hubble', '{"flow":{"time":"2026-11-24T00:00:00Z","IP":{"source":"10.0.0.1"},"l4":{"TCP":{"source_port":', '}}}}'],
  ['zeek-conn', '{"ts":1.5,"uid":"C","id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","id.orig_p":', '}'],
  ['aws-flow-log', '{"logEvents":[', ']}'],
]
const DEEP = [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`]

describe('JSON that is nested a hundred thousand deep', () => {
  for (const [type, before, after] of FORMS)
    it(`in ${type} ended the source instead of the record`, () => {
      const { letters, rows } = readLog(DEEP.map((deep) => `${before}${deep}${after}\n`).join(''), { type }, [1 << 20])
      assert.equal(rows.length, 0)
      assert.equal(letters.length, 2)
    })
})
