/** What has arrived from a device so far, as steps that tick one after the other from live data. */
import type { AnswerOf } from '../../../shared/api/contract.ts'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import { agoText } from '../../data/times.ts'
import { protocolName } from '../../parts/protocols.ts'
import { CLOCK_TOLERANCE_MS } from '../health/exporter-state.ts'
import { texts } from './texts.ts'

export type Health = AnswerOf<'health'>
export type Exporter = AnswerOf<'exporters'>['exporters'][number]

export interface Step {
  readonly id: 'listening' | 'datagram' | 'template' | 'flows' | 'sampling' | 'clock'
  /** `waiting`: nothing yet, and nothing wrong; `attention`: a person should look. */
  readonly state: 'done' | 'waiting' | 'attention'
  readonly title: string
  readonly detail: string
}

/** The device that is most likely the one being set up: the one that was heard of last. */
export function newestExporter(exporters: readonly Exporter[]): Exporter | undefined {
  return exporters.reduce<Exporter | undefined>(
    (newest, one) => (newest && newest.firstSeen >= one.firstSeen ? newest : one),
    undefined,
  )
}

export function arrivalSteps(health: Health, exporter: Exporter | undefined, nowMs: number): readonly Step[] {
  return [
    listening(health),
    datagram(health, exporter, nowMs),
    template(health, exporter),
    flows(exporter),
    sampling(exporter),
    clock(exporter),
  ]
}

/** Where a listener takes datagrams from: any address of this machine, only programs on it, or one address. */
export function reachOf(url: string): 'any' | 'loopback' | 'one' {
  const host = hostOf(url)
  if (host === '0.0.0.0' || host === '::') return 'any'
  return host === 'localhost' || host === '::1' || host.startsWith('127.') ? 'loopback' : 'one'
}

/** Host of `udp://HOST:PORT`, without brackets. */
export function hostOf(url: string): string {
  return url
    .replace(/^\w+:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
}

/** Port of `udp://HOST:PORT`. */
export function portOf(url: string): number {
  return Number(/:(\d+)$/.exec(url)?.[1] ?? 0)
}

/** `udp 2055, 4739`. */
function portList(urls: readonly string[]): string {
  const transports = [...new Set(urls.map((url) => url.replace(/:.*/s, '')))]
  return transports
    .map(
      (transport) =>
        `${transport} ${[...new Set(urls.filter((url) => url.startsWith(`${transport}:`)).map(portOf))].join(', ')}`,
    )
    .join(', ')
}

function listening(health: Health): Step {
  const listeners = health.intake.listeners
  if (listeners.length === 0) {
    return { id: 'listening', state: 'attention', title: texts.steps.noListener, detail: texts.steps.noListenerDetail }
  }
  const ports = portList(listeners.map((one) => one.url))
  if (listeners.every((one) => reachOf(one.url) === 'loopback')) {
    return {
      id: 'listening',
      state: 'attention',
      title: texts.steps.loopbackOnly(ports),
      detail: texts.steps.loopbackDetail,
    }
  }
  const dropped = listeners.reduce((sum, one) => sum + one.kernelDrops, 0)
  const buffers = listeners.filter((one) => one.url.startsWith('udp:')).map((one) => one.receiveBufferGot)
  return {
    id: 'listening',
    state: 'done',
    title: texts.steps.listening(ports),
    detail: buffers.length === 0 ? '' : texts.steps.listeningDetail(format(Math.min(...buffers), 'B'), dropped),
  }
}

function datagram(health: Health, exporter: Exporter | undefined, nowMs: number): Step {
  if (!exporter) {
    const refused =
      (health.intake.lost['decode.notFlowData'] ?? 0) + (health.intake.lost['decode.unsupportedVersion'] ?? 0)
    return refused > 0
      ? {
          id: 'datagram',
          state: 'attention',
          title: texts.steps.notFlowData(refused),
          detail: texts.steps.notFlowDataDetail,
        }
      : {
          id: 'datagram',
          state: 'waiting',
          title: texts.steps.waitingForDatagram,
          detail: texts.steps.waitingForDatagramDetail,
        }
  }
  return {
    id: 'datagram',
    state: 'done',
    title: texts.steps.datagram(exporter.address, agoText(nowMs - exporter.lastSeen)),
    detail: texts.steps.datagramDetail(exporter.protocols.map(protocolName).join(', '), exporter.datagrams),
  }
}

function template(health: Health, exporter: Exporter | undefined): Step {
  const templates = exporter?.templates.filter((one) => !one.options) ?? []
  const first = templates[0]
  if (first) {
    const unknown = first.fields.filter((field) => !field.known).length
    return {
      id: 'template',
      state: 'done',
      title: texts.steps.template(templates.map((one) => one.id)),
      detail: texts.steps.templateDetail(first.fields.length, unknown),
    }
  }
  const needed = exporter?.protocols.some((protocol) => protocol === 'netflow9' || protocol === 'ipfix') ?? false
  if (exporter && !needed)
    return {
      id: 'template',
      state: 'done',
      title: texts.steps.noTemplateNeeded,
      detail: texts.steps.noTemplateNeededDetail,
    }
  return {
    id: 'template',
    state: 'waiting',
    title: texts.steps.waitingForTemplate,
    detail: texts.steps.waitingForTemplateDetail(health.intake.waitingSets),
  }
}

function flows(exporter: Exporter | undefined): Step {
  if (!exporter || exporter.flows === 0) {
    return {
      id: 'flows',
      state: 'waiting',
      title: texts.steps.waitingForFlows,
      detail: texts.steps.waitingForFlowsDetail,
    }
  }
  const lost = Object.values(exporter.lost).reduce((sum, count) => sum + count, 0)
  return {
    id: 'flows',
    state: 'done',
    title: texts.steps.flows(exporter.flows),
    detail: texts.steps.flowsDetail(exporter.records, lost),
  }
}

function sampling(exporter: Exporter | undefined): Step {
  const known = exporter?.sampling.filter((one) => one.source !== 'none') ?? []
  if (known.length > 0) {
    const rates = [...new Set(known.map((one) => one.rate))].toSorted((a, b) => a - b)
    const sources = [...new Set(known.map((one) => one.source))]
    return {
      id: 'sampling',
      state: 'done',
      title: texts.steps.sampling(rates),
      detail: texts.steps.samplingDetail(sources),
    }
  }
  if (!exporter || exporter.flows === 0) {
    return {
      id: 'sampling',
      state: 'waiting',
      title: texts.steps.waitingForSampling,
      detail: texts.steps.waitingForSamplingDetail,
    }
  }
  return {
    id: 'sampling',
    state: 'attention',
    title: texts.steps.samplingUnknown,
    detail: texts.steps.samplingUnknownDetail,
  }
}

function clock(exporter: Exporter | undefined): Step {
  const offset = exporter?.clockOffsetMs ?? null
  if (offset === null)
    return {
      id: 'clock',
      state: 'waiting',
      title: texts.steps.waitingForClock,
      detail: texts.steps.waitingForClockDetail,
    }
  const off = formatDuration(Math.abs(offset))
  return Math.abs(offset) <= CLOCK_TOLERANCE_MS
    ? { id: 'clock', state: 'done', title: texts.steps.clock(off), detail: texts.steps.clockDetail }
    : {
        id: 'clock',
        state: 'attention',
        title: texts.steps.clockOff(off, offset > 0),
        detail: texts.steps.clockOffDetail,
      }
}
