/** The way of a flow, station by station. */
import { IconBinaryTree, IconCheck, IconDatabase, IconPlugConnected, IconRouter, IconTags } from '@tabler/icons-react'
import { FILTERED, type FilteredName } from '../../../shared/filtered.ts'
import { LOSSES, type LossName } from '../../../shared/losses.ts'
import { format } from '../../../shared/schema/units.ts'
import type { Exporter, Health } from '../../data/hooks.ts'
import { Panel } from '../../parts/panel.tsx'
import { Tag } from '../../parts/tag.tsx'
import { lostInWeir } from '../../shell/pulse.tsx'
import { useRecent } from '../../shell/recent.ts'
import { exporterState, isClockOff, isSamplingUnknown } from './exporter-state.ts'
import styles from './way.module.css'
import { Gauge, Station, type LossLine } from './station.tsx'
import { texts } from './texts.ts'

interface WayProps {
  readonly health: Health
  readonly exporters: readonly Exporter[]
  /** When Weir was asked, epoch milliseconds. */
  readonly asOf: number
}

export function Way({ health, exporters, asOf }: WayProps) {
  const { intake } = health
  const datagrams = useRecent(intake.perSecond.datagrams, asOf)
  const flows = useRecent(intake.perSecond.flows, asOf)
  const stored = useRecent(intake.perSecond.stored, asOf)
  const lost = lostInWeir(health)
  const buffers = intake.listeners.reduce((sum, one) => sum + one.receiveBufferGot, 0)
  const connections = intake.listeners.reduce((sum, one) => sum + (one.connections ?? 0), 0)
  const connectionsLimit = intake.listeners.reduce((sum, one) => sum + (one.connectionsLimit ?? 0), 0)
  const silent = exporters.filter((one) => exporterState(one, asOf) === 'silent').length
  return (
    <Panel
      title={texts.way.title}
      className={styles['way']}
      basis={{ parts: [texts.way.rates, texts.way.losses] }}
      actions={
        lost === 0 ? (
          <Tag tone="ok">
            <IconCheck size={13} aria-hidden style={{ verticalAlign: -2 }} /> {texts.way.noneLost}
          </Tag>
        ) : (
          <Tag tone="bad">{texts.way.someLost(lost)}</Tag>
        )
      }
    >
      <ol className={styles['stations']}>
        <Station
          name={texts.way.stations.exporters}
          hint={texts.way.outside}
          Icon={IconRouter}
          outside
          rate={exporters.length - silent}
          unit=""
          rateHint={texts.way.sending(exporters.length)}
          losses={outsideLines(exporters, silent)}
        >
          <Gauge label={texts.way.lostOnTheWay} />
        </Station>
        <Station
          name={texts.way.stations.source}
          Icon={IconPlugConnected}
          rate={intake.perSecond.datagrams}
          unit=""
          rateHint="datagrams/s"
          recent={datagrams}
          losses={linesOf(health, 'source')}
        >
          <Gauge
            label={intake.listeners.length === 0 ? texts.way.noListener : texts.way.listeners(intake.listeners.length)}
          >
            {buffers === 0 ? null : texts.way.kernelBuffer(format(buffers, 'B'))}
          </Gauge>
          {connectionsLimit === 0 ? null : (
            <Gauge label={texts.way.connections} share={share(connections, connectionsLimit)}>
              {texts.way.connectionsOf(connections, connectionsLimit)}
            </Gauge>
          )}
        </Station>
        <Station
          name={texts.way.stations.decode}
          Icon={IconBinaryTree}
          rate={intake.perSecond.flows}
          unit="flows/s"
          recent={flows}
          losses={linesOf(health, 'decode')}
        >
          <Gauge label={texts.way.waiting} share={share(intake.waitingSets, intake.waitingSetsLimit)}>
            {texts.way.waitingOf(intake.waitingSets, intake.waitingSetsLimit)}
          </Gauge>
        </Station>
        <Station
          name={texts.way.stations.enrich}
          Icon={IconTags}
          rate={intake.perSecond.flows}
          unit="flows/s"
          recent={flows}
          losses={[]}
        >
          {intake.enrichers.map((one) => (
            <Gauge key={one.name} label={texts.way.known(one.name)} share={share(one.known, one.rows)}>
              {one.rows === 0 ? '–' : `${((one.known / one.rows) * 100).toFixed(1)} %`}
            </Gauge>
          ))}
          {Object.entries(intake.filtered).map(([name, count]) => (
            <Gauge key={name} label={name} wrap>
              {texts.way.filtered(count, FILTERED[name as FilteredName].unit)}
            </Gauge>
          ))}
        </Station>
        <Station
          name={texts.way.stations.store}
          Icon={IconDatabase}
          rate={intake.perSecond.stored}
          unit=""
          rateHint="rows/s"
          recent={stored}
          losses={linesOf(health, 'store')}
        >
          <Gauge label={texts.way.queue} share={share(intake.queuedBatches, intake.queuedBatchesLimit)}>
            {texts.way.queueOf(intake.queuedBatches, intake.queuedBatchesLimit)}
          </Gauge>
        </Station>
      </ol>
    </Panel>
  )
}

function linesOf(health: Health, station: 'source' | 'decode' | 'store'): readonly LossLine[] {
  return health.losses
    .filter((loss) => loss.station === station)
    .map((loss) => ({
      name: loss.name,
      count: loss.count,
      unit: loss.unit,
      meaning: loss.meaning,
      remedy: LOSSES[loss.name as LossName]?.remedy ?? '',
    }))
}

/** What is wrong before Weir, exporter by exporter added up. */
function outsideLines(exporters: readonly Exporter[], silent: number): readonly LossLine[] {
  const { way } = texts
  const missing = exporters.reduce((sum, one) => sum + one.sequence.missing, 0)
  return [
    {
      name: way.sequenceGaps,
      count: missing,
      unit: '',
      meaning: way.sequenceMeaning,
      remedy: way.sequenceRemedy,
      soft: true,
    },
    { name: way.silent, count: silent, unit: '', meaning: way.silentMeaning, remedy: way.silentRemedy },
    {
      name: way.samplingUnknown,
      count: exporters.filter(isSamplingUnknown).length,
      unit: '',
      meaning: way.samplingMeaning,
      remedy: way.samplingRemedy,
      soft: true,
    },
    {
      name: way.clockOff,
      count: exporters.filter(isClockOff).length,
      unit: '',
      meaning: way.clockMeaning,
      remedy: way.clockRemedy,
      soft: true,
    },
  ]
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
