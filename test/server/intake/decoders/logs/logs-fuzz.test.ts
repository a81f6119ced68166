/** Damaged records of every format: nothing throws, nothing is lost without a word, and what comes after is still read. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readLog } from '../../../../support/logs.ts'
import { randoms } from '../../../../support/random.ts'
import type { LogType } from '../../../../../src/shared/schema/codes.ts'

/** One good record of each, and what must stand before it. */
const SEEDS: readonly (readonly [type: LogType, record: string, before: string])[] = [
  [
    'gcp-vpc',
    '{"connection":{"src_ip":"10.0.0.2","src_port":4,"dest_ip":"::1","dest_port":443,"protocol":6},"bytes_sent":"1500","end_time":"2026-11-24T08:00:05.1Z","reporter":"SRC","src_location":{"country":"usa","asn":7},"src_gke_details":{"pod":{"pod_name":"a"},"service":[{"service_name":"b"}]}}',
    '',
  ],
  [
    'azure-flow-log',
    '{"macAddress":"00224871C205","targetResourceID":"/subscriptions/a/virtualNetworks/b","flowRecords":{"flows":[{"aclID":"c","flowGroups":[{"rule":"r","flowTuples":["1663146003599,10.0.0.6,10.0.0.7,1,443,6,O,C,NX,3,767,2,1580"]}]}]}}',
    '',
  ],
  ['azure-flow-log', '1663146003,10.0.0.6,10.0.0.7,1,443,T,O,A,E,3,767,2,1580', ''],
  [
    'zeek-conn',
    '{"ts":1591367999.305988,"uid":"C","id.orig_h":"10.0.0.1","id.orig_p":8,"id.resp_h":"10.0.0.2","id.resp_p":0,"proto":"icmp","duration":0.06,"orig_bytes":62,"history":"Dd","orig_pkts":2,"resp_pkts":2}',
    '',
  ],
  [
    'zeek-conn',
    '1.5\t10.0.0.1\t10.0.0.2\ttcp\t12\tShADad',
    '#fields\tts\tid.orig_h\tid.resp_h\tproto\torig_bytes\thistory\n',
  ],
  [
    'suricata-eve',
    '{"timestamp":"2026-11-24T08:00:05.1+0000","event_type":"flow","vlan":[1],"src_ip":"10.0.0.1","dest_ip":"10.0.0.2","proto":"TCP","flow":{"pkts_toserver":1,"bytes_toclient":9,"start":"2026-11-24T08:00:01.1+0000"},"tcp":{"tcp_flags_ts":"1b"}}',
    '',
  ],
  [
    'hubble',
    '{"flow":{"time":"2026-11-24T08:00:05Z","verdict":"DROPPED","IP":{"source":"10.0.0.1","destination":"10.0.0.2"},"l4":{"TCP":{"source_port":1,"flags":{"SYN":true}}},"source":{"workloads":[{"name":"w"}]},"is_reply":false}}',
    '',
  ],
  [
    'nfdump-csv',
    '2026-11-24 09:19:30,1.5,10.0.0.1,10.0.0.2,1,443,TCP,...AP.SF,6,441',
    'ts,td,sa,da,sp,dp,pr,flg,ipkt,ibyt\n',
  ],
]

const WORDS = [
  'null',
  '-1',
  '1e999',
  '{}',
  '[]',
  '"',
  '""',
  '\\',
  ',',
  '9007199254740993',
  '"x"',
  '\u0000',
  '\t',
  '::',
  '%',
  '__proto__',
  'true',
]

describe('damaged flow logs', () => {
  for (const [type, record, before] of SEEDS)
    it(`${type}: ${record.slice(0, 12)}…`, () => {
      const random = randoms(11)
      const damaged = Array.from({ length: 1500 }, () => {
        let text = record
        for (let n = random(3); n >= 0; n--) {
          const at = random(text.length + 1)
          const word = random(2) === 0 ? (WORDS[random(WORDS.length)] as string) : String.fromCharCode(random(256))
          text = text.slice(0, at) + word + text.slice(at + random(6))
        }
        return text.replaceAll('\n', ' ')
      })
      const good = readLog(`${before}${record}\n`, { type }).rows.length
      assert.ok(good > 0)
      const { rows, letters, lost } = readLog(`${before}${record}\n${damaged.join('\n')}\n${record}\n`, { type })
      // The first and the last are read whatever stands between them.
      assert.ok(rows.length >= 2 * good)
      assert.ok(letters.length > 0)
      assert.equal(
        letters.length,
        Object.values(lost).reduce<number>((sum, count) => sum + (count ?? 0), 0),
      )
      for (const { reason, text } of letters) assert.ok(reason !== '' && reason.length < 500 && text.length < 5000)
    })
})
