/**
 * The source ports that a domain's datagrams come from, and whether several exporters send from its address (behind NAT,
 * out of a container network). An exporter that restarts has a new port, and some use several ports in turn; but one
 * exporter has one sequence number for its domain. So several exporters are those where a port comes again, after others
 * spoke, and goes on with its own number and not with theirs, four times in a row. Where the others have told a template of
 * its with other fields, it is certain as soon as it comes again, unless it goes on with their number.
 */
import type { Template } from './decoders/template.ts'

/** Ports of a domain that are told apart; beyond, the one that was silent longest goes. */
const PORTS = 16
/** A port that was silent for longer does not come again: it is used by somebody else now. */
const SILENT_MS = 3_600_000
/** So many returns in a row that go on with the port's own number. */
const RETURNS = 4
/** A number within this of the expected one goes on from it, with loss between. */
const NEAR = 4096
/** Templates of other ports that are kept, in case it turns out whose they are. */
const DISPLACED = 16
/** Fields that they may have in all. */
const DISPLACED_FIELDS = 512

interface Trail {
  readonly port: number
  /** The number that its next message should bear; -1 where that is not known. */
  readonly next: number
  readonly lastSeenMs: number
}

export class Ports {
  /** Of all ports but the one that speaks, the last one at the end. */
  private trails: Trail[] = []
  private returns = 0
  /** The number that the port which came again should bear; -1 where that is not known. */
  next = -1
  private displaced: Template[] = []

  /**
   * A message that bears `number` comes from port `to`; the one before came from `from`, after which `next` should come.
   * Whether it is certain now that several exporters send; `to` should then have gone on with `this.next`.
   */
  moved(from: number, to: number, next: number, number: number, nowMs: number): boolean {
    const own = this.trails.find(({ port }) => port === to)
    this.trails = this.trails.filter(
      ({ port, lastSeenMs }) => port !== from && port !== to && nowMs - lastSeenMs < SILENT_MS,
    )
    this.trails.push({ port: from, next, lastSeenMs: nowMs })
    if (this.trails.length >= PORTS) this.trails.shift()
    if (!own || nowMs - own.lastSeenMs > SILENT_MS) return false
    const goesOn = own.next < 0 || next < 0 ? 0 : closeness(number, own.next) - closeness(number, next)
    if (goesOn < 0) this.returns = 0
    if (goesOn > 0) this.returns++
    if (this.returns < RETURNS && !(goesOn >= 0 && this.displaced.some(({ port }) => port === to))) return false
    this.next = own.next
    return true
  }

  /** A template was told with other fields by another port than its own. */
  displace(template: Template): void {
    this.displaced = this.displaced.filter(({ id, port }) => id !== template.id || port !== template.port)
    this.displaced.push(template)
    let fields = this.displaced.reduce((sum, { fieldCount }) => sum + fieldCount, 0)
    while (this.displaced.length > DISPLACED || fields > DISPLACED_FIELDS)
      fields -= this.displaced.shift()?.fieldCount ?? fields
  }

  /** The ports that are known, with the number that should come next, besides the one that speaks. */
  others(): readonly { readonly port: number; readonly next: number }[] {
    return this.trails
  }

  /** The template of that id as the port has told it, where another has told it otherwise since. */
  templateOf(port: number, id: number): Template | undefined {
    return this.displaced.find((template) => template.port === port && template.id === id)
  }
}

/** 2: the very number, 1: near it, 0: neither. */
export function closeness(number: number, next: number): number {
  const ahead = (number - next) >>> 0
  return ahead === 0 ? 2 : ahead < NEAR || ahead > 2 ** 32 - NEAR ? 1 : 0
}
