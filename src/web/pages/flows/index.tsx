/** Flows: what exactly happened? */
import {
  IconBaselineDensityMedium,
  IconBaselineDensitySmall,
  IconDownload,
  IconLayoutSidebar,
} from '@tabler/icons-react'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { filterOf, usePageSearch, useView } from '../../app/search.ts'
import type { BodyOf } from '../../../shared/api/contract.ts'
import { FORMAT_NAMES, FORMATS, MOST_STREAMED } from '../../../shared/api/formats.ts'
import { download, downloadAnswer, toCsv, toJsonLines } from '../../data/files.ts'
import { useHealth } from '../../data/hooks.ts'
import { Button, buttonClass } from '../../parts/button.tsx'
import { MenuButton } from '../../parts/menu-button.tsx'
import { usePageBasis } from '../../parts/page-basis.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { recordText } from './cells.tsx'
import { columnsOf, fieldsFor } from './columns.ts'
import { FieldList } from './field-list.tsx'
import styles from './flows.module.css'
import { Foot } from './foot.tsx'
import { Histogram } from './histogram.tsx'
import { recordAt } from './record.ts'
import { RecordDrawer } from './record-drawer.tsx'
import { flowsCodec, sortText } from './state.ts'
import { FlowTable } from './table.tsx'
import { texts } from './texts.ts'
import { useFlowPages, type FlowPages } from './use-flow-pages.ts'
import { useRecordKeys } from './use-record-keys.ts'

/** Where the field list stands beside the table, and where a table becomes a list. */
const WIDE = '(min-width: 1200px)'
const NARROW = '(max-width: 699px)'
const CARD_COLUMNS = ['end', 'ends', 'service', 'bytes', 'packets', 'duration']

export function Page() {
  const [view, setView] = useView()
  const [state, setState] = usePageSearch(flowsCodec)
  const wide = useMediaQuery(WIDE, window.matchMedia(WIDE).matches)
  const narrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches)
  const [fieldsOpen, setFieldsOpen] = useState<boolean>()
  const [roomy, setRoomy] = useState(false)
  const [sight, setSight] = useState<readonly [number, number]>([0, 0])
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => columnsOf(narrow ? CARD_COLUMNS : state.columns), [narrow, state.columns])
  const fields = useMemo(() => fieldsFor(columns), [columns])
  const held = sight[0] > 1
  const result = useFlowPages(fields, sortText(state.sort), held)
  const { loaded, hasNextPage, isFetching, fetchNextPage } = result
  const filter = filterOf(view)
  const never = useHealth().data?.store.flows === 0

  const open = useCallback((record: string) => setState({ record }, state.record !== ''), [setState, state.record])
  const { current, move, stand } = useRecordKeys(loaded, state.record, open)
  const onMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const onView = useCallback((first: number, last: number) => setSight([first, last]), [])
  const showFields = fieldsOpen ?? wide
  usePageBasis(
    result.data?.pages[0]
      ? {
          parts: [texts.tookMs(result.data.pages[0].meta.tookMs)],
          exactness: { kind: result.data.pages[0].meta.exact ? 'exact' : 'partial' },
        }
      : null,
  )

  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <PageHead
          title={texts.title}
          hint={loaded ? texts.matched(loaded.matched, loaded.matchedExact, filter !== undefined) : texts.loading}
          actions={
            <>
              <Button aria-pressed={showFields} onClick={() => setFieldsOpen(!showFields)}>
                <IconLayoutSidebar size={15} aria-hidden />
                {texts.fieldsButton}
              </Button>
              {narrow ? null : (
                <Segments
                  label={texts.density.label}
                  segments={[
                    {
                      value: 'dense',
                      label: texts.density.dense,
                      icon: <IconBaselineDensitySmall size={14} aria-hidden />,
                    },
                    {
                      value: 'roomy',
                      label: texts.density.roomy,
                      icon: <IconBaselineDensityMedium size={14} aria-hidden />,
                    },
                  ]}
                  value={roomy ? 'roomy' : 'dense'}
                  onChange={(value) => setRoomy(value === 'roomy')}
                />
              )}
              {loaded && loaded.rows.length > 0 ? <Export loaded={loaded} body={result.body} /> : null}
            </>
          }
        />
      </div>
      <div className={styles['body']}>
        {showFields ? (
          <FieldList columns={columnsOf(state.columns)} onColumns={(ids) => setState({ columns: ids })} />
        ) : null}
        <div className={styles['main']}>
          <Histogram by={state.by} measure={state.measure} onChange={setState} />
          <PanelBody
            state={stateOf(result, {
              is: loaded?.rows.length === 0,
              why: never ? texts.table.emptyEver : filter === undefined ? texts.table.emptyRange : texts.table.empty,
              remedy: (
                <NothingHere
                  never={never}
                  filtered={filter !== undefined}
                  onClear={() => setView({ q: '', pills: [] })}
                  onWider={() => setView({ from: 'now-24h', to: 'now' })}
                />
              ),
            })}
          >
            {loaded ? (
              <div className={styles['tableBox']}>
                <FlowTable
                  loaded={loaded}
                  columns={columns}
                  look={narrow ? 'card' : roomy ? 'roomy' : 'dense'}
                  sort={state.sort}
                  onSort={(sort) => setState({ sort })}
                  current={current}
                  onOpen={(index) => stand(index, true)}
                  onMore={onMore}
                  onView={onView}
                  scroller={scroller}
                  stale={result.isPlaceholderData}
                />
                <Foot
                  loaded={loaded}
                  sight={sight}
                  held={held}
                  failed={result.isFetchNextPageError}
                  onMore={onMore}
                  onTop={() => scroller.current?.scrollTo({ top: 0 })}
                />
              </div>
            ) : null}
          </PanelBody>
        </div>
        {state.record === '' ? null : (
          <div className={styles['drawer']}>
            <RecordDrawer
              recordKey={state.record}
              onClose={() => setState({ record: '' }, true)}
              onOpen={open}
              onPrevious={current > 0 ? () => move(-1) : undefined}
              onNext={loaded && current < loaded.rows.length - 1 ? () => move(1) : undefined}
            />
          </div>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {loaded && current >= 0
          ? texts.table.current(
              current + 1,
              loaded.matched,
              recordText(recordAt(loaded.columns, loaded.rows[current] ?? [])),
            )
          : ''}
      </p>
    </div>
  )
}

/** What is loaded, or all that matches, as a file. */
function Export({ loaded, body }: { readonly loaded: FlowPages; readonly body: BodyOf<'flows'> }) {
  const name = `weir-flows-${new Date(loaded.toMs).toISOString().slice(0, 19).replace(/[:T]/g, '-')}`
  const count = loaded.rows.length
  const all = { ...body, from: loaded.fromMs, to: loaded.toMs, limit: MOST_STREAMED }
  return (
    <MenuButton
      label={texts.export.menu}
      className={buttonClass()}
      entries={[
        { label: texts.export.csv(count), onSelect: () => download(`${name}.csv`, 'text/csv', toCsv(loaded)) },
        {
          label: texts.export.json(count),
          onSelect: () => download(`${name}.jsonl`, 'application/x-ndjson', toJsonLines(loaded)),
        },
        { label: texts.export.all(loaded.matched, loaded.matchedExact, MOST_STREAMED), heading: true },
        ...FORMAT_NAMES.filter((format) => format !== 'json').map((format) => ({
          label: texts.export.allAs(FORMATS[format].label),
          onSelect: () => void downloadAnswer('flows', format, all, name),
        })),
      ]}
    >
      <IconDownload size={15} aria-hidden />
      {texts.export.label}
    </MenuButton>
  )
}

/** The nearest thing that is not nothing. */
function NothingHere({
  never,
  filtered,
  onClear,
  onWider,
}: {
  readonly never: boolean
  readonly filtered: boolean
  readonly onClear: () => void
  readonly onWider: () => void
}) {
  if (never) {
    return (
      <Link to="/get-data" className={buttonClass({ variant: 'filled' })}>
        {texts.table.getData}
      </Link>
    )
  }
  return (
    <>
      {filtered ? <Button onClick={onClear}>{texts.table.clear}</Button> : null}
      <Button onClick={onWider}>{texts.table.wider}</Button>
    </>
  )
}
