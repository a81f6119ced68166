/** Get data: from nothing to a picture. */
import { useState } from 'react'
import { usePageSearch } from '../../app/search.ts'
import { useExporters, useHealth } from '../../data/hooks.ts'
import { Notice } from '../../parts/notice.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { newestExporter, reachOf, type Health } from './arrival.ts'
import { Choose } from './choose.tsx'
import { Clouds } from './clouds.tsx'
import { Configure } from './configure.tsx'
import { Demo } from './demo.tsx'
import type { Values } from './devices/device.ts'
import { FirstFlows } from './first-flows.tsx'
import styles from './get-data.module.css'
import { collectorsOf, deviceOf, portsOf, setupCodec, valuesOf, variantOf } from './setup.ts'
import { texts } from './texts.ts'
import { Watch } from './watch.tsx'

/** While somebody watches it arrive, ask often. */
const EVERY_MS = 2000

export function Page() {
  const health = useHealth(EVERY_MS)
  const exporters = useExporters(EVERY_MS)
  const [setup, setSetup] = usePageSearch(setupCodec)
  const [chosen, setChosen] = useState<string>()
  const device = deviceOf(setup)
  const variant = variantOf(device, setup)
  const collectors = collectorsOf(location.hostname, health.data)
  const ports = portsOf(health.data)
  const values = valuesOf(setup, variant, collectors, ports)
  const list = exporters.data ?? []
  const exporter = list.find((one) => one.address === chosen) ?? newestExporter(list)
  return (
    <>
      <PageHead title={texts.title} hint={texts.subtitle} />
      {health.data && health.error ? (
        <Notice level="error" title={texts.notRefreshed}>
          {health.error.message}
        </Notice>
      ) : null}
      {health.data === undefined ? (
        <PanelBody state={stateOf(health, { is: false, why: '' })}>{null}</PanelBody>
      ) : (
        <div className={styles['page']}>
          <div className={styles['column']}>
            <Choose
              device={device}
              endpoint={endpointOf(values)}
              onChoose={(next) => setSetup({ device: next.id, variant: '', interfaces: '', rate: '' })}
            />
            <Clouds />
            <Demo health={health.data} />
          </div>
          <div className={styles['column']}>
            <Configure
              device={device}
              variant={variant}
              values={values}
              setup={setup}
              collectors={collectors}
              ports={ports}
              obstacle={obstacleOf(health.data)}
              onChange={(change) => setSetup(change, true)}
            />
            <FirstFlows exporter={exporter?.address} />
          </div>
          <Watch
            health={health.data}
            exporters={list}
            exporter={exporter}
            onChoose={setChosen}
            asOf={exporters.dataUpdatedAt || health.dataUpdatedAt}
          />
        </div>
      )}
    </>
  )
}

function obstacleOf(health: Health): { readonly title: string; readonly detail: string } | undefined {
  const { listeners } = health.intake
  if (listeners.length === 0) return { title: texts.steps.noListener, detail: texts.steps.noListenerDetail }
  if (listeners.every((one) => reachOf(one.url) === 'loopback'))
    return { title: texts.configure.loopbackOnly, detail: texts.steps.loopbackDetail }
  return undefined
}

function endpointOf(values: Values): string {
  if (values.collector === '') return ''
  return `${values.collector.includes(':') ? `[${values.collector}]` : values.collector}:${values.port}`
}
