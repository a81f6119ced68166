/** Which fields the records of an AWS flow log have, in their order, and what is to be done with each. */
import { slot, type Slot } from '../../slots.ts'
import { AWS_DEFAULT, AWS_FIELDS, awsName } from './aws-fields.ts'

/** What becomes of a value: a text that is kept, one without a field, or `AwsRecord`'s own. */
export const TEXT = 0
export const OTHER = 1
export const COUNT = 2
export const ADDRESS = 3
export const SRCPORT = 4
export const DSTPORT = 5
export const PROTOCOL = 6
export const START = 7
export const END = 8
export const ACTION = 9
export const STATUS = 10
export const TYPE = 11
export const DIRECTION = 12
export const PATH = 13
export const FLAGS = 14
export const VERSION = 15

const KINDS = {
  text: TEXT,
  u64: COUNT,
  srcaddr: ADDRESS,
  dstaddr: ADDRESS,
  'pkt-srcaddr': ADDRESS,
  'pkt-dstaddr': ADDRESS,
  srcport: SRCPORT,
  dstport: DSTPORT,
  protocol: PROTOCOL,
  start: START,
  end: END,
  action: ACTION,
  'log-status': STATUS,
  type: TYPE,
  'flow-direction': DIRECTION,
  'traffic-path': PATH,
  'tcp-flags': FLAGS,
  version: VERSION,
} as const
const NUMBERS: ReadonlySet<number> = new Set([COUNT, SRCPORT, DSTPORT, PROTOCOL, START, END, PATH, FLAGS])
/** Places of the addresses of a record. */
const ADDRESSES: readonly string[] = ['srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr']

export interface AwsColumn {
  /** In AWS's spelling. */
  readonly name: string
  readonly kind: number
  readonly isNumber: boolean
  /** Where texts and counts go. */
  readonly to: Slot | null
  /** Which of the addresses it is, or which of the texts that are of an end of the flow; -1 for others. */
  readonly place: number
}

export interface AwsLayout {
  readonly columns: readonly AwsColumn[]
  /** By place: where a text goes that is of the source or the destination. */
  readonly ends: readonly (readonly [src: Slot, dst: Slot])[]
  /** Whether it has the packet's own addresses. */
  readonly packetSrc: boolean
  readonly packetDst: boolean
  /** Whether it says anything by which traffic can be told from silence. */
  readonly saysTraffic: boolean
  readonly account: number
  readonly interface: number
}

/** `layout`: names as AWS spells them, as configurations (`${vpc-id}`) or as Parquet columns (`vpc_id`) do. */
export function layoutOf(layout: readonly string[]): AwsLayout {
  const names = layout.map(awsName)
  // The account of a transit gateway's record is that of the gateway, which is no end of the flow.
  const isOfGateway = names.some((name) => name.startsWith('tgw-'))
  const ends: (readonly [Slot, Slot])[] = []
  const columns = names.map((name): AwsColumn => {
    const field = AWS_FIELDS.get(name)
    if (field === undefined) return { name, kind: OTHER, isNumber: false, to: null, place: -1 }
    const kind = KINDS[field.as]
    const isNumber = NUMBERS.has(kind)
    if (!('to' in field)) return { name, kind, isNumber, to: null, place: ADDRESSES.indexOf(name) }
    const to = slot(field.to)
    if (isOfGateway || !('ends' in field) || field.ends === undefined) return { name, kind, isNumber, to, place: -1 }
    ends.push([slot(field.ends[0]), slot(field.ends[1])])
    return { name, kind, isNumber, to, place: ends.length - 1 }
  })
  return {
    columns,
    ends,
    packetSrc: names.includes('pkt-srcaddr'),
    packetDst: names.includes('pkt-dstaddr'),
    saysTraffic: [...ADDRESSES, 'packets', 'bytes'].some((name) => names.includes(name)),
    account: names.indexOf('account-id'),
    interface: names.indexOf('interface-id'),
  }
}

export const DEFAULT_LAYOUT = layoutOf(AWS_DEFAULT)
