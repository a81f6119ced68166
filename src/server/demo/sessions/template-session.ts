/** NetFlow v9 and IPFIX: what differs between them is the header, how times are told, and how sampling is announced. */
import { ByteWriter } from '../../intake/encoders/byte-writer.ts'
import { encodeIpfix } from '../../intake/encoders/ipfix.ts'
import { encodeNetflow9 } from '../../intake/encoders/netflow9.ts'
import {
  countRecords,
  recordLength,
  type MessageSet,
  type Template,
  type TemplateField,
} from '../../intake/encoders/template.ts'
import type { Router } from '../network.ts'
import type { FlowRecord } from '../record.ts'
import { bootMs, DATAGRAM_BYTES, uptime, type Session } from './session.ts'

/** Fields that stand side by side in a template, and how they are written, in this order. */
interface Block {
  readonly fields: readonly TemplateField[]
  readonly write: (out: ByteWriter, record: Readonly<FlowRecord>, boot: number) => void
}

const NO_BYTES = new Uint8Array(16)
const SAMPLER = 1
const RANDOM_SAMPLING = 2
const TEMPLATES_EVERY_SECONDS = 20
const MESSAGE_HEADER = 20
const SET_HEADER = 4
/** Of every IPv6 network here. */
const V6_MASK = 48

const V4: Block = {
  fields: fields([8, 4], [12, 4], [15, 4], [9, 1], [13, 1]),
  write(out, { source, destination, nextHop }) {
    out.u32(source.v4)
    out.u32(destination.v4)
    out.u32(nextHop)
    out.u8(source.mask)
    out.u8(destination.mask)
  },
}
const V6: Block = {
  fields: fields([27, 16], [28, 16], [29, 1], [30, 1]),
  write(out, { source, destination }) {
    out.put(source.v6 ?? NO_BYTES)
    out.put(destination.v6 ?? NO_BYTES)
    out.u8(V6_MASK)
    out.u8(V6_MASK)
  },
}
const BOTH: Block = {
  fields: fields(
    [7, 2],
    [11, 2],
    [4, 1],
    [5, 1],
    [6, 1],
    [32, 2],
    [10, 4],
    [14, 4],
    [2, 4],
    [1, 8],
    [16, 4],
    [17, 4],
    [58, 2],
    [61, 1],
  ),
  write(out, record) {
    const { source, destination } = record
    out.u16(record.sourcePort)
    out.u16(record.destinationPort)
    out.u8(record.protocol)
    out.u8(record.tos)
    out.u8(record.flags)
    out.u16(record.icmp)
    out.u32(record.input)
    out.u32(record.output)
    out.u32(record.packets)
    out.u64(record.bytes)
    out.u32(source.as)
    out.u32(destination.as)
    out.u16(source.site === record.router.site ? source.vlan : 0)
    // Direction: all of it is seen on its way in.
    out.u8(0)
  },
}
const TIMES: Readonly<Record<Form, Block>> = {
  netflow9: {
    fields: fields([22, 4], [21, 4]),
    write(out, { startMs, endMs }, boot) {
      out.u32(uptime(startMs, boot))
      out.u32(uptime(endMs, boot))
    },
  },
  ipfix: {
    fields: fields([152, 8], [153, 8], [136, 1]),
    write(out, { startMs, endMs, endReason }) {
      out.u64(startMs)
      out.u64(endMs)
      out.u8(endReason)
    },
  },
}
const SAMPLED: Readonly<Record<Form, Block>> = {
  netflow9: { fields: fields([48, 1]), write: (out) => out.u8(SAMPLER) },
  ipfix: { fields: fields([302, 4]), write: (out) => out.u32(SAMPLER) },
}
/** Only sources are translated, and only on the way out. */
const NAT: Block = {
  fields: fields([225, 4], [226, 4], [227, 2], [228, 2]),
  write(out, { source, destination, router, sourcePort, destinationPort }) {
    out.u32(destination.site === 'internet' ? router.nat : source.v4)
    out.u32(destination.v4)
    out.u16(sourcePort)
    out.u16(destinationPort)
  },
}

type Form = 'netflow9' | 'ipfix'

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
    const common = [BOTH, TIMES[form], SAMPLED[form]]
    this.v4 = new Pending(256, [V4, ...common, ...(router.nat ? [NAT] : [])])
    this.v6 = new Pending(257, [V6, ...common])
    this.announcements = [{ templates: [this.v4.template, this.v6.template] }, ...samplerSets(router, form)]
  }

  add(record: Readonly<FlowRecord>): void {
    ;(record.v6 ? this.v6 : this.v4).add(record, this.boot)
  }

  flush(seconds: number): Uint8Array[] {
    const datagrams: Uint8Array[] = []
    if (seconds - this.templatesAt >= TEMPLATES_EVERY_SECONDS) {
      this.templatesAt = seconds
      datagrams.push(this.message(seconds, this.announcements))
    }
    for (const set of [...this.v4.take(), ...this.v6.take()]) datagrams.push(this.message(seconds, [set]))
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
    this.sequence += countRecords(sets, false)
    return encodeIpfix({ seconds, sequence, domain }, sets)
  }
}

/** Records of one template that wait for the end of the second, as they will stand in their datagrams. */
class Pending {
  readonly template: Template
  private readonly blocks: readonly Block[]
  /** Records that a datagram holds. */
  private readonly most: number
  private readonly out = new ByteWriter()
  private count = 0
  private full: MessageSet[] = []

  constructor(id: number, blocks: readonly Block[]) {
    this.blocks = blocks
    this.template = { id, fields: blocks.flatMap((block) => block.fields) }
    this.most = Math.floor((DATAGRAM_BYTES - MESSAGE_HEADER - SET_HEADER) / recordLength(this.template))
  }

  add(record: Readonly<FlowRecord>, boot: number): void {
    for (const block of this.blocks) block.write(this.out, record, boot)
    if (++this.count === this.most) this.next()
  }

  /** All of them, a datagram's in each. */
  take(): readonly MessageSet[] {
    if (this.count > 0) this.next()
    const { full } = this
    this.full = []
    return full
  }

  private next(): void {
    this.full.push({ template: this.template, written: this.out.finish(), count: this.count })
    this.count = 0
  }
}

function fields(...each: readonly (readonly [element: number, length: number])[]): TemplateField[] {
  return each.map(([element, length]) => ({ element, length }))
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
