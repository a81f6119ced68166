/** NetFlow v9 and IPFIX: what differs between them is the header, how times are told, and how sampling is announced. */
import { encodeIpfix } from '../../intake/encoders/ipfix.ts'
import { encodeNetflow9 } from '../../intake/encoders/netflow9.ts'
import {
  recordLength,
  type MessageSet,
  type Template,
  type TemplateField,
  type Value,
} from '../../intake/encoders/template.ts'
import type { Router } from '../network.ts'
import type { FlowRecord } from '../record.ts'
import { bootMs, DATAGRAM_BYTES, uptime, type Session } from './session.ts'

/** A field of the template, and what stands in it. */
interface Column extends TemplateField {
  readonly value: (record: Readonly<FlowRecord>, boot: number) => Value
}

const NO_BYTES = new Uint8Array(16)
const SAMPLER = 1
const RANDOM_SAMPLING = 2
const TEMPLATES_EVERY_SECONDS = 20
const MESSAGE_HEADER = 20
const SET_HEADER = 4

const V4: readonly Column[] = [
  { element: 8, length: 4, value: (record) => record.source.v4 },
  { element: 12, length: 4, value: (record) => record.destination.v4 },
  { element: 15, length: 4, value: (record) => record.nextHop },
  { element: 9, length: 1, value: (record) => record.source.mask },
  { element: 13, length: 1, value: (record) => record.destination.mask },
]
const V6: readonly Column[] = [
  { element: 27, length: 16, value: (record) => record.source.v6 ?? NO_BYTES },
  { element: 28, length: 16, value: (record) => record.destination.v6 ?? NO_BYTES },
  { element: 29, length: 1, value: () => 48 },
  { element: 30, length: 1, value: () => 48 },
]
const BOTH: readonly Column[] = [
  { element: 7, length: 2, value: (record) => record.sourcePort },
  { element: 11, length: 2, value: (record) => record.destinationPort },
  { element: 4, length: 1, value: (record) => record.protocol },
  { element: 5, length: 1, value: (record) => record.tos },
  { element: 6, length: 1, value: (record) => record.flags },
  { element: 32, length: 2, value: (record) => record.icmp },
  { element: 10, length: 4, value: (record) => record.input },
  { element: 14, length: 4, value: (record) => record.output },
  { element: 2, length: 4, value: (record) => record.packets },
  { element: 1, length: 8, value: (record) => record.bytes },
  { element: 16, length: 4, value: (record) => record.source.as },
  { element: 17, length: 4, value: (record) => record.destination.as },
  { element: 58, length: 2, value: (record) => (record.source.site === record.router.site ? record.source.vlan : 0) },
  { element: 61, length: 1, value: () => 0 },
]
const TIMES: Readonly<Record<Form, readonly Column[]>> = {
  netflow9: [
    { element: 22, length: 4, value: (record, boot) => uptime(record.startMs, boot) },
    { element: 21, length: 4, value: (record, boot) => uptime(record.endMs, boot) },
  ],
  ipfix: [
    { element: 152, length: 8, value: (record) => record.startMs },
    { element: 153, length: 8, value: (record) => record.endMs },
    { element: 136, length: 1, value: (record) => record.endReason },
  ],
}
const SAMPLED: Readonly<Record<Form, readonly Column[]>> = {
  netflow9: [{ element: 48, length: 1, value: () => SAMPLER }],
  ipfix: [{ element: 302, length: 4, value: () => SAMPLER }],
}
/** Only sources are translated, and only on the way out. */
const NAT: readonly Column[] = [
  {
    element: 225,
    length: 4,
    value: (record) => (record.destination.site === 'internet' ? record.router.nat : record.source.v4),
  },
  { element: 226, length: 4, value: (record) => record.destination.v4 },
  { element: 227, length: 2, value: (record) => record.sourcePort },
  { element: 228, length: 2, value: (record) => record.destinationPort },
]

type Form = 'netflow9' | 'ipfix'

/** Records of one template that wait for the end of the second. */
interface Pending {
  readonly template: Template
  readonly columns: readonly Column[]
  records: Value[][]
}

export class TemplateSession implements Session {
  private readonly router: Router
  private readonly form: Form
  private readonly boot: number
  private readonly v4: Pending
  private readonly v6: Pending
  private readonly announcements: readonly MessageSet[]
  private sequence = 0
  private templatesAt = -Infinity

  constructor(router: Router, form: Form, startMs: number) {
    this.router = router
    this.form = form
    this.boot = bootMs(startMs)
    const common = [...BOTH, ...TIMES[form], ...SAMPLED[form]]
    this.v4 = pending(256, [...V4, ...common, ...(router.nat ? NAT : [])])
    this.v6 = pending(257, [...V6, ...common])
    this.announcements = [{ templates: [this.v4.template, this.v6.template] }, ...samplerSets(router, form)]
  }

  add(record: Readonly<FlowRecord>): void {
    const { columns, records } = record.v6 ? this.v6 : this.v4
    const values = Array<Value>(columns.length)
    for (let i = 0; i < columns.length; i++) values[i] = (columns[i] as Column).value(record, this.boot)
    records.push(values)
  }

  flush(seconds: number): Uint8Array[] {
    const datagrams: Uint8Array[] = []
    if (seconds - this.templatesAt >= TEMPLATES_EVERY_SECONDS) {
      this.templatesAt = seconds
      datagrams.push(this.message(seconds, this.announcements))
    }
    for (const each of [this.v4, this.v6]) {
      const most = Math.floor((DATAGRAM_BYTES - MESSAGE_HEADER - SET_HEADER) / recordLength(each.template))
      for (let at = 0; at < each.records.length; at += most)
        datagrams.push(this.message(seconds, [{ template: each.template, records: each.records.slice(at, at + most) }]))
      each.records = []
    }
    return datagrams
  }

  /** v9 counts messages (RFC 3954 §5.1), IPFIX data records (RFC 7011 §3.1). */
  private message(seconds: number, sets: readonly MessageSet[]): Uint8Array {
    const { domain } = this.router
    const sequence = this.sequence >>> 0
    if (this.form === 'netflow9') {
      this.sequence++
      return encodeNetflow9({ seconds, uptimeMs: uptime(seconds * 1000, this.boot), sequence, sourceId: domain }, sets)
    }
    for (const set of sets) if ('records' in set) this.sequence += set.records.length
    return encodeIpfix({ seconds, sequence, domain }, sets)
  }
}

function pending(id: number, columns: readonly Column[]): Pending {
  return { template: { id, fields: columns }, columns, records: [] }
}

/** How the router samples: at random, one in so many packets; 1 where it looks at every one. */
function samplerSets(router: Router, form: Form): MessageSet[] {
  const v9 = form === 'netflow9'
  const template: Template = v9
    ? // Scope system(1); FLOW_SAMPLER_ID, FLOW_SAMPLER_MODE, FLOW_SAMPLER_RANDOM_INTERVAL
      {
        id: 512,
        scopes: 1,
        fields: [
          { element: 1, length: 4 },
          { element: 48, length: 1 },
          { element: 49, length: 1 },
          { element: 50, length: 4 },
        ],
      }
    : // selectorId; selectorAlgorithm, samplingPacketInterval, samplingPacketSpace
      {
        id: 512,
        scopes: 1,
        fields: [
          { element: 302, length: 4 },
          { element: 304, length: 2 },
          { element: 305, length: 4 },
          { element: 306, length: 4 },
        ],
      }
  const record = v9 ? [router.address, SAMPLER, RANDOM_SAMPLING, router.sampling] : [SAMPLER, 1, 1, router.sampling - 1]
  return [{ templates: [template] }, { template, records: [record] }]
}
