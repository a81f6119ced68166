/** What a person should know or mend at exporters. */
import type { ExporterStatus } from '../messages.ts'
import type { Facts, Finding } from './findings.ts'

const CLOCK_OFF_MS = 30_000
const SILENT_MS = 5 * 60_000
const FORGOTTEN_MS = 24 * 3_600_000
/** Most exporters that one finding names. */
const NAMED = 5

const clocksOff = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter(
      (exporter) => Math.abs(exporter.clockOffsetMs ?? 0) > CLOCK_OFF_MS && exporter.clockCorrectionMs === 0,
    ),
    (exporter) =>
      `${exporter.address} by ${Math.round((exporter.clockOffsetMs as number) / 1000).toLocaleString('en')} s`,
    {
      level: 'warn',
      code: 'clock.off',
      message: 'The clock of an exporter is off, and the times of its flows with it',
      remedy:
        'Set the time on the exporter by NTP, or let Weir correct it: exporters: {"192.0.2.1": {correctClock: 30s}}.',
    },
  )

const templatesMissing = ({ exporters, waitingSets }: Facts): Finding[] =>
  waitingSets === 0
    ? []
    : ofExporters(
        exporters.filter(
          (exporter) =>
            exporter.templates.length === 0 &&
            exporter.datagrams > 0 &&
            exporter.protocols.some((protocol) => protocol === 'netflow9' || protocol === 'ipfix'),
        ),
        (exporter) => exporter.address,
        {
          level: 'info',
          code: 'template.awaited',
          message: 'Data waits for its template',
          remedy: 'It is decoded when the template comes. Let the exporter send its templates every minute.',
        },
      )

const samplingUnknown = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter(
      (exporter) => exporter.flows > 0 && !exporter.sampling.some((sampler) => sampler.source !== 'none'),
    ),
    (exporter) => exporter.address,
    {
      level: 'info',
      code: 'sampling.unknown',
      message: 'A sampling rate was never announced, so counts are taken as they are',
      remedy:
        'If the exporter samples, let it send its sampler option, or set it in the configuration: exporters: { 192.0.2.1: { sampling: 1000 } }.',
    },
  )

const shared = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.ports.length > 1),
    (exporter) =>
      `${exporter.address} (ports ${exporter.ports.slice(0, NAMED).join(', ')}${exporter.ports.length > NAMED ? ', …' : ''})`,
    {
      level: 'info',
      code: 'exporter.shared',
      message: 'Several exporters send from one address, so they are told apart by source port',
      remedy:
        'Where NAT or a container network stands between, let them send by addresses of their own: flows and names show only the shared one.',
    },
  )

const limited = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.keptOneIn > 1),
    (exporter) => `${exporter.address} one in ${exporter.keptOneIn.toLocaleString('en')}`,
    {
      level: 'info',
      code: 'rate.limited',
      message: 'An exporter sends more than its limit, so one flow in so many is kept and counted for all',
      remedy: 'Nothing to mend; flowsPerSecond of exporters in the configuration is the limit.',
    },
  )

const missingBySequence = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.sequence.missing > 0),
    (exporter) => `${exporter.address} ${exporter.sequence.missing.toLocaleString('en')} ${exporter.sequence.unit}`,
    {
      level: 'info',
      code: 'sequence.missing',
      message: 'By sequence number, some never arrived',
      remedy: 'Where kernel.drops is zero they were lost on the way or at the exporter.',
    },
  )

const lostAtExporter = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.statistics.some(({ loss, value }) => loss && value > 0)),
    (exporter) =>
      `${exporter.address} (${exporter.statistics
        .filter(({ loss, value }) => loss && value > 0)
        .slice(0, NAMED)
        .map(({ name, value }) => `${name} ${value.toLocaleString('en')}`)
        .join(', ')})`,
    {
      level: 'info',
      code: 'exporter.loses',
      message: 'An exporter says itself that it could not observe or send all, since it started',
      remedy: 'Sample more coarsely, give its flow cache more room, or send less often; it is lost before Weir.',
    },
  )

const silent = ({ exporters, nowMs }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => nowMs - exporter.lastSeen > SILENT_MS && nowMs - exporter.lastSeen < FORGOTTEN_MS),
    (exporter) => `${exporter.address} since ${new Date(exporter.lastSeen).toISOString().slice(0, 19)}Z`,
    {
      level: 'info',
      code: 'exporter.silent',
      message: 'An exporter sends no more',
      remedy: 'Look at the exporter, its route and the firewalls between.',
    },
  )

const samplesLeftOut = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => leftOut(exporter) > 0),
    (exporter) => `${exporter.address} (${leftOut(exporter)} samples)`,
    {
      level: 'warn',
      code: 'sampling.dropped',
      message: 'Devices had to leave samples out, for want of time or memory',
      remedy: 'Sample less there: one in more packets. Until then their traffic is shown too small.',
    },
  )

function leftOut({ sampling }: ExporterStatus): number {
  return sampling.reduce((sum, { dropped = 0 }) => sum + dropped, 0)
}

const unknownFields = ({ exporters }: Facts): Finding[] =>
  ofExporters(
    exporters.filter((exporter) => exporter.unknownElements.length > 0),
    (exporter) =>
      `${exporter.address} (${exporter.unknownElements
        .slice(0, NAMED)
        .map(({ element, name }) => (name === element ? element : `${element} ${name}`))
        .join(', ')})`,
    {
      level: 'info',
      code: 'elements.unknown',
      message: 'Elements come in that no field keeps',
      remedy: 'Nothing to mend; the details of the exporter show some of their values, and how to keep them.',
    },
  )

export const EXPORTER_CHECKS: readonly ((facts: Facts) => Finding[])[] = [
  clocksOff,
  templatesMissing,
  samplingUnknown,
  shared,
  limited,
  missingBySequence,
  lostAtExporter,
  silent,
  samplesLeftOut,
  unknownFields,
]

/** One finding for all exporters that it is true of. */
function ofExporters(
  exporters: readonly ExporterStatus[],
  say: (exporter: ExporterStatus) => string,
  finding: Finding,
): Finding[] {
  if (exporters.length === 0) return []
  const named = exporters.slice(0, NAMED).map(say).join(', ')
  const more = exporters.length > NAMED ? ` and ${exporters.length - NAMED} more` : ''
  return [{ ...finding, message: `${finding.message}: ${named}${more}.` }]
}
