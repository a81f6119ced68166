/** Health: are the numbers complete? */
import { IconActivityHeartbeat } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import { usePageSearch, type Codec } from '../../app/search.ts'
import { useExporters, useHealth, type Health } from '../../data/hooks.ts'
import { buttonClass } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { usePageBasis } from '../../parts/page-basis.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { ExporterDrawer } from './exporter-drawer.tsx'
import { Exporters } from './exporters.tsx'
import styles from './health.module.css'
import { Findings, Questions, Storage } from './side.tsx'
import { Sources } from './sources.tsx'
import { texts } from './texts.ts'
import { Way } from './way.tsx'

const codec: Codec<{ readonly exporter: string }> = {
  read: (params) => ({ exporter: params['exporter'] ?? '' }),
  write: ({ exporter }) => ({ exporter: exporter || undefined }),
}

const STATUS_TONES: Record<Health['status'], Tone> = { ok: 'ok', degraded: 'warn', failed: 'bad' }

export function Page() {
  const health = useHealth()
  const exporters = useExporters()
  const [{ exporter: chosen }, change] = usePageSearch(codec)
  const choose = useCallback((exporter: string) => change({ exporter }, exporter === ''), [change])
  const list = exporters.data ?? []
  const opened = list.find((one) => one.address === chosen)
  const asOf = Math.max(health.dataUpdatedAt, exporters.dataUpdatedAt)
  const questions = health.data?.questions
  usePageBasis(
    questions
      ? {
          parts: [
            questions.p50Ms === null
              ? ''
              : texts.basis(formatDuration(questions.p50Ms), formatDuration(questions.p95Ms)),
            texts.ownCounters,
          ],
        }
      : null,
  )
  const cpu = useCpu(health.data)
  return (
    <>
      <PageHead
        title={texts.title}
        hint={
          health.data ? (
            <>
              <Tag tone={STATUS_TONES[health.data.status]}>{texts.status[health.data.status]}</Tag>{' '}
              {texts.hint(
                health.data.version,
                formatDuration(health.data.uptimeSeconds * 1000),
                format(health.data.memoryBytes, 'B'),
                cpu,
              )}
            </>
          ) : null
        }
        actions={
          <a href="/metrics" target="_blank" rel="noreferrer" className={buttonClass()}>
            <IconActivityHeartbeat size={15} aria-hidden />
            {texts.prometheus}
          </a>
        }
      />
      {health.data && health.error ? (
        <Notice level="error" title={texts.notRefreshed}>
          {health.error.message}
        </Notice>
      ) : null}
      {health.data === undefined ? (
        <PanelBody state={stateOf(health, { is: false, why: '' })}>{null}</PanelBody>
      ) : (
        <div className={styles['page']}>
          <Way health={health.data} exporters={list} asOf={asOf} />
          <div className={styles['column']}>
            <Exporters
              exporters={list}
              asOf={asOf}
              chosen={chosen}
              onChoose={choose}
              state={stateOf(exporters, {
                is: list.length === 0,
                why: texts.exporters.empty,
                remedy: <Link to="/get-data">{texts.exporters.emptyRemedy}</Link>,
              })}
            />
            <Sources sources={health.data.sources} />
            <Storage store={health.data.store} asOf={asOf} />
          </div>
          <div className={styles['column']}>
            <Findings findings={health.data.findings} />
            <Questions questions={health.data.questions} />
          </div>
        </div>
      )}
      {opened ? <ExporterDrawer key={opened.address} exporter={opened} asOf={asOf} onClose={() => choose('')} /> : null}
    </>
  )
}

/** Share of one core between the last two readings (at first since the start), as `37 %`. */
function useCpu(health: Health | undefined): string {
  const [reading, setReading] = useState({ cpu: 0, uptime: 0, text: '–' })
  const cpu = health?.cpuSeconds ?? 0
  const uptime = health?.uptimeSeconds ?? 0
  if (uptime > reading.uptime) {
    const share = Math.max(0, (cpu - reading.cpu) / (uptime - reading.uptime))
    setReading({ cpu, uptime, text: `${Math.round(share * 100)} %` })
  }
  return reading.text
}
