/** The pages that there are: navigation, jump and keys all take them from here. */
import { IconChartAreaLine, IconCloud, IconGauge, IconHeartbeat, IconListSearch, IconRouter } from '@tabler/icons-react'
import type { PagePath } from '../app/search.ts'
import { TEXTS } from '../texts.ts'

interface PageEntry {
  readonly path: PagePath
  readonly label: string
  /** Pressed after `g`. */
  readonly key: string
  readonly Icon: typeof IconGauge
}

export const PAGES: readonly PageEntry[] = [
  { path: '/', label: TEXTS.pages.overview, key: 'o', Icon: IconGauge },
  { path: '/explore', label: TEXTS.pages.explore, key: 'e', Icon: IconChartAreaLine },
  { path: '/flows', label: TEXTS.pages.flows, key: 'f', Icon: IconListSearch },
  { path: '/vpc', label: TEXTS.pages.vpc, key: 'v', Icon: IconCloud },
  { path: '/health', label: TEXTS.pages.health, key: 'h', Icon: IconHeartbeat },
  { path: '/get-data', label: TEXTS.pages.getData, key: 'd', Icon: IconRouter },
]
