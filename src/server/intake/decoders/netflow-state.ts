/** What NetFlow and IPFIX exporters have told: templates and sampling, by observation domain, all of it bounded. */
import type { ElementKey } from '../../registry/elements.ts'
import type { Exporter } from '../exporter.ts'
import { noteTold, templateEntry } from '../state/notes.ts'
import { closeness, Ports } from '../ports.ts'
import { countsIn } from '../sequence.ts'
import { Session } from '../session.ts'
import { totalsOf, type Totals } from '../totals.ts'
import { Budget } from './budget.ts'
import { Domain, type NetflowProtocol, type SampledPart } from './domain.ts'
import { ElementTypes } from './element-types.ts'
import type { Template } from './template.ts'

/** Looking for what is stale costs a walk over all of it. */
const PRUNE_EVERY_MS = 1000
/** More elements than this are not told apart. */
const UNKNOWN_LIMIT = 1000

/** Templates of one exporter that are compiled at once, and then in a second. */
const COMPILE_AT_ONCE = 256
const COMPILE_PER_SECOND = 1
/** Fields that its templates may have on average; usual ones have 20. */
const FIELDS_PER_TEMPLATE = 64

/** The same over all exporters. */
const FIELDS_PER_TEMPLATE_IN_ALL = 32

/** Source ports of one address that are told apart. */
const PORTS = 256

/** Domains of different protocols do not share their numbers. */
const PROTOCOL_KEYS: Readonly<Record<NetflowProtocol, number>> = {
  netflow5: 0,
  netflow9: 2 ** 32,
  ipfix: 2 ** 33,
  netflow1: 2 ** 34,
  netflow6: 2 ** 35,
  netflow7: 2 ** 36,
}
/** What each protocol's sequence number counts; '' where it has none. */
export const SEQUENCE_UNITS: Readonly<Record<NetflowProtocol, string>> = {
  netflow1: '',
  netflow5: 'flows',
  netflow6: 'flows',
  netflow7: 'flows',
  netflow9: 'packets',
  ipfix: 'records',
}

export class NetflowState {
  /** Of elements that no registry has. */
  readonly elements = new ElementTypes()
  readonly compiling = new Budget(COMPILE_AT_ONCE, COMPILE_PER_SECOND)
  /** Of all datagrams, whatever port they come from. */
  private readonly udp = new Session(0, false)
  /** Once several exporters send from the address: of the datagrams from each port. */
  private byPort: Map<number, Session> | null = null
  /** Those that have domains. */
  private readonly sessions = new Set<Session>()
  /** Of the message that is read. */
  private session = this.udp
  /** The source port of that message. */
  private port = 0
  private domainCount = 0
  private prunedMs = 0
  private templates = 0
  private fields = 0
  /** Samplers, interfaces, properties in common, types of elements. */
  private told = 0

  /** The next message is of that connection, or a datagram. */
  enter(exporter: Exporter, connection: Session | null, port: number): void {
    this.session = connection ?? this.sessionOf(exporter, port)
    this.session.exporter = exporter
    this.port = port
  }

  /** Whether several exporters send from its address and are told apart by their source ports. */
  get isShared(): boolean {
    return this.byPort !== null
  }

  /** The source ports that are told apart, where they are. */
  get ports(): number[] {
    return Array.from(this.byPort?.values() ?? [], ({ port }) => port).toSorted((a, b) => a - b)
  }

  /** Tells source ports apart from now on. */
  share(): void {
    this.byPort ??= new Map()
  }

  /**
   * The next message of the domain bears that sequence number. The domain that it is of: another one where it has become
   * clear that several exporters send from the address.
   */
  follow(exporter: Exporter, domain: Domain, number: number, nowMs: number): Domain | undefined {
    const { port } = this
    if (domain.port === port) return domain
    // Of what is remembered from before a restart, the port is not known.
    if (domain.port === 0 || port === 0) {
      domain.port = port
      return domain
    }
    domain.ports ??= new Ports()
    const areSeveral = domain.ports.moved(domain.port, port, domain.sequence.next, number, nowMs)
    domain.port = port
    if (!areSeveral) {
      // A new port with a number far away is a restart, or another exporter: no loss.
      if (domain.sequence.next >= 0 && closeness(number, domain.sequence.next) === 0)
        domain.sequence.restart(exporter.sequence)
      return domain
    }
    domain.sequence.next = domain.ports.next
    this.part(exporter)
    this.enter(exporter, null, port)
    return this.domain(exporter, domain.protocol, domain.id, nowMs)
  }

  /** Forgets what was told in a session. */
  end(exporter: Exporter, session: Session): void {
    for (const [key, domain] of session.domains) {
      for (const template of domain.templates.values()) this.withdraw(exporter, domain, template)
      if (domain.waiting.size > 0) exporter.waiting.drop(domain.waiting)
      this.remove(exporter, session, key)
    }
  }

  /** The domain of that number, also where it is new; undefined where there is no room for it. */
  domain(exporter: Exporter, protocol: NetflowProtocol, id: number, nowMs: number): Domain | undefined {
    const { session } = this
    let domain = session.lastUsed
    if (domain?.id !== id || domain.protocol !== protocol) {
      const key = PROTOCOL_KEYS[protocol] + id
      domain = session.domains.get(key)
      if (!domain) {
        const totals = totalsOf(exporter.shared)
        const { templates, templatesPerExporter } = exporter.shared.limits
        if (
          !this.hasRoom(
            exporter,
            () => this.domainCount < templatesPerExporter,
            () => totals.domains < templates,
            nowMs,
          )
        )
          return undefined
        domain = new Domain(session, protocol, id, this.port, exporter.settings.samplingDefault)
        session.domains.set(key, domain)
        this.sessions.add(session)
        this.domainCount++
        totals.domains++
        totals.exporters.add(exporter)
        countsIn(exporter.sequence, SEQUENCE_UNITS[protocol])
      }
      session.lastUsed = domain
    }
    domain.lastSeenMs = nowMs
    return domain
  }

  *domains(): Generator<Domain> {
    for (const session of this.sessions) yield* session.domains.values()
  }

  /** Takes a template in, in place of one of the same id; false where there is no room. */
  define(exporter: Exporter, domain: Domain, template: Template): boolean {
    const before = domain.template(template.id)
    if (before) this.withdraw(exporter, domain, before)
    if (before && before.port !== this.port) domain.ports?.displace(before)
    template.port = this.port
    const fields = template.fieldCount
    const totals = totalsOf(exporter.shared)
    const { limits } = exporter.shared
    if (
      !this.hasRoom(
        exporter,
        () =>
          this.templates < limits.templatesPerExporter &&
          this.fields + fields < limits.templatesPerExporter * FIELDS_PER_TEMPLATE,
        () =>
          totals.templates < limits.templates && totals.fields + fields < limits.templates * FIELDS_PER_TEMPLATE_IN_ALL,
        template.lastSeenMs,
      )
    )
      return false
    this.count(totals, 1, fields)
    domain.templates.set(template.id, template)
    noteTold(exporter, domain, (key) => templateEntry(key, template))
    return true
  }

  withdraw(exporter: Exporter, domain: Domain, template: Template): void {
    this.settle(exporter, template)
    domain.templates.delete(template.id)
    this.count(totalsOf(exporter.shared), -1, -template.fieldCount)
    noteTold(exporter, domain, (key) => ['withdrawn', ...key, template.id])
  }

  /** Withdraws all templates of data, or all of options. */
  withdrawAll(exporter: Exporter, domain: Domain, options: boolean): void {
    for (const template of domain.templates.values())
      if (template.isOptions === options) this.withdraw(exporter, domain, template)
  }

  /**
   * Takes in that a sampler, or all on an interface, or in the whole domain, looks at one in `rate` packets (0: that it no
   * longer says so); false where there is no room for it.
   */
  defineSampling(exporter: Exporter, domain: Domain, of: SampledPart, id: number, rate: number): boolean {
    const before = of === 'domain' ? domain.toldRate : domain.rateOf(of, id)
    if ((before ?? 0) === rate) return true
    if (rate === 0) {
      if (of !== 'domain') this.giveBackOption(exporter)
    } else if (before === undefined && !this.takeOption(exporter, domain.lastSeenMs)) return false
    if (of === 'domain') domain.setRate(rate, 'domain')
    else domain.setRateOf(of, id, rate)
    if (domain.session === this.udp) (domain.tellers ??= new Map()).set(`${of} ${id}`, this.port)
    noteTold(exporter, domain, (key) => ['rate', ...key, of, id, rate])
    return true
  }

  /** Takes in when the exporter booted. */
  defineBoot(exporter: Exporter, domain: Domain, ms: number): void {
    if (domain.systemInitMs === ms) return
    domain.systemInitMs = ms
    noteTold(exporter, domain, (key) => ['boot', ...key, ms])
  }

  /** Takes room for one more of what options tell; false where there is none. */
  takeOption(exporter: Exporter, nowMs: number): boolean {
    const totals = totalsOf(exporter.shared)
    const { options, optionsPerExporter } = exporter.shared.limits
    if (
      !this.hasRoom(
        exporter,
        () => this.told < optionsPerExporter,
        () => totals.options < options,
        nowMs,
      )
    )
      return false
    this.told++
    totals.options++
    return true
  }

  private giveBackOption(exporter: Exporter): void {
    this.told--
    totalsOf(exporter.shared).options--
  }

  /** Gives back what it takes up of the totals. */
  forget(exporter: Exporter): void {
    for (const session of this.sessions) this.end(exporter, session)
    this.told -= this.elements.size
    totalsOf(exporter.shared).options -= this.elements.size
    this.elements.clear()
  }

  /** Counts the unknown elements of the records since the last time. */
  settle(exporter: Exporter, template: Template): void {
    const records = template.records - template.settled
    template.settled = template.records
    if (records === 0) return
    for (const key of template.unknown) this.countUnknown(exporter, key, records)
  }

  /** Counts records with an element that no field takes. */
  countUnknown({ unknownElements }: Exporter, key: ElementKey, records: number): void {
    if (unknownElements.has(key) || unknownElements.size < UNKNOWN_LIMIT)
      unknownElements.set(key, (unknownElements.get(key) ?? 0) + records)
  }

  /**
   * Parts what was told by source port. Templates that no other port has told otherwise hold for all of them; rates only
   * for the one that has told them.
   */
  private part(exporter: Exporter): void {
    this.share()
    exporter.shared.notes?.note(['shared', exporter.address])
    const before = Array.from(this.udp.domains.values(), (domain) => ({
      domain,
      templates: [...domain.templates.values()],
    }))
    // Room first: what each port has takes as much as all had together.
    this.end(exporter, this.udp)
    for (const { domain, templates } of before) {
      const { protocol, id, ports, sequence } = domain
      for (const { port, next } of [{ port: domain.port, next: sequence.next }, ...(ports?.others() ?? [])]) {
        this.enter(exporter, null, port)
        const own = this.domain(exporter, protocol, id, domain.lastSeenMs)
        if (!own) continue
        own.sequence.next = next
        for (const template of templates)
          if (!this.define(exporter, own, (ports?.templateOf(port, template.id) ?? template).copy())) break
        for (const { of, id: part, rate } of domain.rates())
          if (domain.tellers?.get(`${of} ${part}`) === port) this.defineSampling(exporter, own, of, part, rate)
      }
    }
  }

  private sessionOf(exporter: Exporter, port: number): Session {
    if (this.byPort === null) return this.udp
    let session = this.byPort.get(port)
    if (session) return session
    if (this.byPort.size >= PORTS) {
      const [oldest] = [...this.byPort.values()].toSorted((a, b) => lastSeen(a) - lastSeen(b))
      if (oldest) this.end(exporter, oldest)
      if (oldest) this.byPort.delete(oldest.port)
    }
    session = new Session(port, false)
    this.byPort.set(port, session)
    return session
  }

  /** Whether there is room for one more, by the exporter's own bounds and by those of all; makes some where there is none. */
  private hasRoom(exporter: Exporter, own: () => boolean, all: () => boolean, nowMs: number): boolean {
    const lifetime = exporter.shared.limits.templateLifetime
    if (!own() && nowMs - this.prunedMs >= PRUNE_EVERY_MS) {
      this.prunedMs = nowMs
      this.prune(exporter, nowMs - lifetime)
    }
    if (!own()) return false
    const totals = totalsOf(exporter.shared)
    if (!all() && totals.mayPrune(nowMs))
      for (const other of totals.exporters) {
        other.netflow.prune(other, nowMs - lifetime)
        other.sflow.prune(other, nowMs - lifetime)
      }
    return all()
  }

  private count(totals: Totals, templates: number, fields: number): void {
    this.templates += templates
    this.fields += fields
    totals.templates += templates
    totals.fields += fields
  }

  /** Forgets templates and domains not heard of since `beforeMs`. */
  private prune(exporter: Exporter, beforeMs: number): void {
    for (const session of this.sessions) {
      for (const [key, domain] of session.domains) {
        for (const template of domain.templates.values()) {
          if (template.lastSeenMs < beforeMs) this.withdraw(exporter, domain, template)
        }
        if (domain.lastSeenMs >= beforeMs || domain.templates.size > 0 || domain.waiting.size > 0) continue
        this.remove(exporter, session, key)
      }
    }
  }

  private remove(exporter: Exporter, session: Session, key: number): void {
    const domain = session.domains.get(key)
    if (!domain) return
    session.domains.delete(key)
    if (session.lastUsed === domain) session.lastUsed = undefined
    if (session.domains.size === 0) {
      this.sessions.delete(session)
      this.byPort?.delete(session.port)
    }
    const told = domain.samplers.size + domain.interfaces.size + domain.common.size
    this.told -= told
    this.domainCount--
    const totals = totalsOf(exporter.shared)
    totals.options -= told
    totals.domains--
  }
}

function lastSeen({ domains }: Session): number {
  return Math.max(0, ...Array.from(domains.values(), ({ lastSeenMs }) => lastSeenMs))
}
