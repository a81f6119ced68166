/**
 * Data records that are more than a row of values: with lists in them (RFC 6313), with properties that were told once for
 * many records (RFC 5473), with octets of packets (RFC 5477 §8.5). Each is made plain and then read by a compiled program,
 * so that the rules of normalising hold for them too. What this costs, only templates of this kind pay.
 */
import { elementKey } from '../../registry/elements.ts'
import { isKnown } from '../normalise/plan.ts'
import { runtime } from '../normalise/runtime.ts'
import { NumberList } from '../number-list.ts'
import { put32, slot } from '../slots.ts'
import { compile, type Compiled, type Program } from './compile.ts'
import { FlatRecord } from './flat-record.ts'
import { findOctets, foundFrom, foundTo, walkList, walkRecord, type ListVisitor } from './lists.ts'
import type { Message } from './message.ts'
import { LABELS, OCTET_COUNTERS, PACKET_COUNTERS, PacketSections } from './packet-sections.ts'
import type { TemplateField } from './template-fields.ts'
import type { Template } from './template.ts'
import type { WalkedField } from './walked-fields.ts'

/** Semantic noneOf: what such a list holds is not so (RFC 6313 §4.4). */
const NONE_OF = 0

/** Numbers of properties in common that one record may name; RFC 5473 has records with one. */
const MOST_COMMON = 8

/** Runs a program over records of the message; how many rows they made. */
export type WriteRows = (message: Message, program: Program, from: number, end: number) => { rows: number }

/** Reads data records from `from` up to `end`: how many there were, how many rows they made, where the last one ended. */
export function readStructured(
  message: Message,
  from: number,
  end: number,
  template: Template,
  writeRows: WriteRows,
): { records: number; rows: number; next: number } {
  const { exporter } = message
  reader.open(message, template, writeRows)
  let records = 0
  let rows = 0
  let next = from
  while (next + template.shortest <= end) {
    const after = reader.readRecord(next, end)
    if (after < 0) break
    records++
    rows += reader.writeRecord()
    next = after
  }
  if (reader.damaged > 0) exporter.lose('decode.badList', reader.damaged)
  if (reader.uncompiled > 0) exporter.lose('decode.templatesFull', 1)
  reader.close()
  return { records, rows, next }
}

/** An entry of a list that is a flow by itself. */
interface FlowEntry {
  readonly fields: readonly WalkedField[]
  readonly at: number
  readonly end: number
}

/** What is so at one depth of lists. */
interface Level {
  /** Of the entry at hand; 0 in a basicList. */
  template: number
  /** The list says what is not so. */
  denied: boolean
  /** How many labels it had so far. */
  labels: number
  /** What it is a list of is not known, and counted. */
  unknown: boolean
}

class RecordReader implements ListVisitor {
  /** Lists that are not as they should be. */
  damaged = 0
  /** Rows for which nothing could be compiled. */
  uncompiled = 0
  private message: Message | undefined
  /** The same, of a record made plain. */
  private plain: Message | undefined
  private writeRows: WriteRows = () => ({ rows: 0 })
  private octets: Uint8Array = new Uint8Array(0)
  private fields: readonly WalkedField[] = []
  /** Whether the record itself is no flow, so that entries of its lists may be. */
  private mayHoldFlows = false
  /** What all rows of the record have. */
  private readonly record = new FlatRecord()
  /** One row of several. */
  private readonly row = new FlatRecord()
  /** The one of these two that is filled. */
  private into = this.record
  private readonly sections = new PacketSections()
  /** Number, start and end of the record's lists, one after the other. */
  private readonly lists: number[] = []
  private readonly flows: FlowEntry[] = []
  /** By depth; those of lists that have ended are used again. */
  private readonly levels: Level[] = []
  private depth = 0
  /** Within an entry that is a flow: it is read by itself. */
  private passing = false
  private readonly path = new NumberList()
  private hasPath = false
  private readonly commonIds: number[] = []
  private compiled: Compiled | undefined
  private layout: readonly TemplateField[] = []

  open(message: Message, template: Template, writeRows: WriteRows): void {
    const { view } = message
    this.damaged = 0
    this.uncompiled = 0
    this.message = message
    this.plain = undefined
    this.depth = 0
    this.passing = false
    this.writeRows = writeRows
    this.octets = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    this.fields = template.walked
    this.mayHoldFlows = !isFlow(this.fields)
  }

  close(): void {
    this.message = undefined
    this.plain = undefined
    this.octets = new Uint8Array(0)
    this.compiled = undefined
  }

  /** Takes in the record at `at`; where it ends, or -1 where it is not all there. */
  readRecord(at: number, end: number): number {
    const { view, domain } = this.message as Message
    this.record.clear()
    this.into = this.record
    this.sections.clear()
    this.lists.length = 0
    this.flows.length = 0
    this.path.clear()
    this.hasPath = false
    this.commonIds.length = 0
    let next = at
    for (const field of this.fields) {
      if (!findOctets(view, next, end, field.length)) return -1
      const from = foundFrom()
      next = foundTo()
      if (field.kind === 'list') this.lists.push(field.id, from, next)
      else this.take(field, from, next)
    }
    // The record's own values go before those in its lists, and these before what it has in common with others.
    for (let i = 0; i < this.lists.length; i += 3) {
      const { lists } = this
      walkList(lists[i] as number, view, lists[i + 1] as number, lists[i + 2] as number, this.templates, this)
    }
    for (const id of this.commonIds) {
      const common = domain.common.get(id)
      if (common) this.record.addAll(common)
    }
    return next
  }

  /** Writes the rows of the record taken in last; how many. */
  writeRecord(): number {
    if (this.flows.length === 0) return this.writeRow(this.record)
    const { view } = this.message as Message
    this.into = this.row
    let rows = 0
    for (const { fields, at, end } of this.flows.splice(0)) {
      this.row.clear()
      this.sections.clear()
      if (walkRecord(fields, view, at, end, this.templates, this) < 0) continue
      this.row.addRecord(this.record)
      rows += this.writeRow(this.row)
    }
    return rows
  }

  element(field: WalkedField, from: number, to: number): void {
    const level = this.depth > 0 ? this.levels[this.depth] : undefined
    if (this.passing || field.kind === 'list' || level?.denied) return
    if (level?.template !== 0) return this.take(field, from, to)
    if (!field.taken && field.kind === 'value') return this.countUnknown(field, level)
    // Several values of one element: of those that make one thing together, all are taken.
    const { enterprise, id } = field
    if (enterprise === 0 && id >= FIRST_LABEL && id < FIRST_LABEL + LABELS.length) {
      const place = LABELS[level.labels++]
      if (place && to - from === place.length) this.take(place, from, to)
    } else if (enterprise === 0 && AS_NUMBERS.has(id)) {
      if (to - from > 4 || to === from) return
      this.path.add(runtime.low((this.message as Message).view, from, to - from))
      this.hasPath = true
    } else this.take(field, from, to)
  }

  entry(template: number, fields: readonly WalkedField[], at: number, end: number): void {
    const level = this.levels[this.depth] as Level
    level.template = template
    if (template !== 0 && this.into === this.record) {
      const known = (this.message as Message).domain.template(template)
      if (known) known.records++
    }
    if (this.depth > 1 || this.into !== this.record) return
    this.passing = this.mayHoldFlows && !level.denied && template !== 0 && isFlow(fields)
    if (this.passing) this.flows.push({ fields, at, end })
  }

  list(_id: number, semantic: number): void {
    const above = this.depth > 0 ? this.levels[this.depth] : undefined
    const level = (this.levels[++this.depth] ??= { template: -1, denied: false, labels: 0, unknown: false })
    level.template = -1
    level.denied = semantic === NONE_OF || above?.denied === true
    level.labels = 0
    level.unknown = false
  }

  listEnd(): void {
    this.depth--
    if (this.depth === 0) this.passing = false
  }

  damage(): void {
    // Entries that are flows are read twice.
    if (this.into === this.record) this.damaged++
  }

  readonly templates = (id: number): readonly WalkedField[] | undefined => {
    const { domain, header } = this.message as Message
    const template = domain.template(id)
    if (!template) return undefined
    template.lastSeenMs = header.receivedMs
    return template.walked
  }

  /** Once for each list. Those in lists of records are counted with their templates. */
  private countUnknown({ enterprise, id }: WalkedField, level: Level): void {
    const key = elementKey(enterprise, id)
    if (level.unknown || isKnown(key)) return
    level.unknown = true
    const { exporter } = this.message as Message
    exporter.netflow.countUnknown(exporter, key, 1)
  }

  private take(field: WalkedField, from: number, to: number): void {
    if (field.kind !== 'value' && from < to) {
      const { view } = this.message as Message
      if (field.kind !== 'common') this.sections.take(field, this.octets, view, from, to)
      else if (to - from <= 8 && this.commonIds.length < MOST_COMMON)
        this.commonIds.push(runtime.wide(view, from, to - from))
    }
    if (field.taken) this.into.add(field, this.octets, from, to)
  }

  private writeRow(record: FlatRecord): number {
    const message = this.message as Message
    const { batch } = message.output
    const row = batch.rows
    this.sections.read(record, message.exporter.settings.tunnels === 'inner', batch, row)
    if (this.hasPath) put32(batch, AS_PATH, row, this.path.intern(batch.texts))
    const length = record.write()
    const compiled = this.compiledFor(record)
    const program = compiled?.program
    if (!program || length === 0) {
      if (length > 0) this.uncompiled++
      batch.clearRow(row)
      return 0
    }
    if (this.plain?.view !== record.view) this.plain = { ...message, view: record.view }
    const { plain } = this
    const { rows } = this.writeRows(plain, program, 0, length)
    if (rows === 0) batch.clearRow(row)
    return compiled.reverse ? rows + this.writeRows(plain, compiled.reverse, 0, length).rows : rows
  }

  /** Records of one template are mostly of one layout too. */
  private compiledFor(record: FlatRecord): Compiled | undefined {
    const { exporter, header } = this.message as Message
    if (!this.compiled?.program || !record.isOf(this.layout)) {
      this.layout = record.fields
      this.compiled = compile(this.layout, exporter.netflow.compiling, header.receivedMs)
    }
    return this.compiled
  }
}

/** mplsTopLabelStackSection */
const FIRST_LABEL = 70
const AS_PATH = slot('as.path')
/** bgpSourceAsNumber, bgpDestinationAsNumber, bgpNextAdjacentAsNumber, bgpPrevAdjacentAsNumber: in a list, a path. */
const AS_NUMBERS: ReadonlySet<number> = new Set([16, 17, 128, 129])

const flows = new WeakMap<readonly TemplateField[], boolean>()

/** Whether records of these fields are flows by themselves: from where to where, and how much. */
function isFlow(fields: readonly TemplateField[]): boolean {
  let known = flows.get(fields)
  if (known === undefined) {
    const ids = new Set(fields.filter(({ enterprise }) => enterprise === 0).map(({ id }) => id))
    known =
      (ids.has(8) || ids.has(27)) &&
      (ids.has(12) || ids.has(28)) &&
      [...OCTET_COUNTERS, ...PACKET_COUNTERS].some((id) => ids.has(id))
    flows.set(fields, known)
  }
  return known
}

/** One for all messages: they are read one after the other. */
const reader = new RecordReader()
