/** The exporters that Weir knows, found by the address their datagrams come from or the agent address within. */
import { formatIp, parseIp } from '../../shared/schema/ip.ts'
import { Exporter, type Shared } from './exporter.ts'
import { u16, u32 } from './octets.ts'

/** An exporter that has said nothing for this long gives up its place when there is no other. */
const SILENT_MS = 3_600_000

export class Exporters implements Iterable<Exporter> {
  private readonly shared: Shared
  private readonly byAddress = new Map<string, Exporter>()
  /** As the socket or the datagram writes the address: text, or an IPv4 agent's 32 bits. */
  private readonly shortcuts = new Map<string | number, Exporter>()
  private lookedMs = 0
  /** Of the last one that was not given: whether it is because the configuration does not let it in. */
  denied = false

  constructor(shared: Shared) {
    this.shared = shared
  }

  [Symbol.iterator](): Iterator<Exporter> {
    return this.byAddress.values()
  }

  /** The exporter of that source address, also where it is new; undefined where there is no room for it or it is denied. */
  ofSource(address: string, nowMs: number): Exporter | undefined {
    return this.shortcuts.get(address) ?? this.find(address, address, nowMs)
  }

  /** The exporter of the agent address in an sFlow datagram, or of its source where the agent names none. */
  ofAgent(bytes: Uint8Array, source: string, nowMs: number): Exporter | undefined {
    const type = bytes.length >= 12 ? u32(bytes, 4) : 0
    if (type === 1) {
      const agent = u32(bytes, 8)
      if (agent !== 0)
        return (
          this.shortcuts.get(agent) ??
          this.find(agent, `${agent >>> 24}.${(agent >>> 16) & 255}.${(agent >>> 8) & 255}.${agent & 255}`, nowMs)
        )
    } else if (type === 2 && bytes.length >= 24) {
      let agent = ''
      for (let at = 8; at < 24; at += 2) agent += (at > 8 ? ':' : '') + u16(bytes, at).toString(16)
      if (agent !== '0:0:0:0:0:0:0:0') return this.ofSource(agent, nowMs)
    }
    return this.ofSource(source, nowMs)
  }

  /** The exporter of that address in its usual form, if Weir knows it. */
  at(address: string): Exporter | undefined {
    return this.byAddress.get(address)
  }

  /** The exporter of that source address, if Weir knows it. */
  known(address: string): Exporter | undefined {
    return this.shortcuts.get(address)
  }

  private find(shortcut: string | number, address: string, nowMs: number): Exporter | undefined {
    const usual = formatIp(parseIp(address) ?? 0n)
    let exporter = this.byAddress.get(usual)
    if (!exporter) {
      this.denied = this.shared.allows?.(usual) === false
      if (this.denied) return undefined
      if (this.byAddress.size >= this.shared.limits.exporters && !this.makeRoom(nowMs)) return undefined
      exporter = new Exporter(usual, nowMs, this.shared)
      this.byAddress.set(usual, exporter)
      this.shared.counters.set('exporters', this.byAddress.size)
    }
    // An exporter has two or three spellings; more come from link-local addresses with zones.
    if (this.shortcuts.size >= 4 * this.shared.limits.exporters) this.shortcuts.clear()
    this.shortcuts.set(shortcut, exporter)
    return exporter
  }

  /** Forgets the exporters that have long been silent; looks for them once a second at most. */
  private makeRoom(nowMs: number): boolean {
    if (Math.abs(nowMs - this.lookedMs) < 1000) return false
    this.lookedMs = nowMs
    for (const [address, exporter] of this.byAddress) {
      if (nowMs - exporter.lastSeenMs < SILENT_MS) continue
      this.byAddress.delete(address)
      exporter.forget()
    }
    this.shortcuts.clear()
    return this.byAddress.size < this.shared.limits.exporters
  }
}
