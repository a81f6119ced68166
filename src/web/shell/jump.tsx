/** Ctrl K: any page, any action, any field to group by; an address, network, port or AS becomes a filter. */
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Input.css'
import '@mantine/core/styles/InlineInput.css'
import '@mantine/core/styles/ScrollArea.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/spotlight/styles.css'
import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconChartAreaLine,
  IconClock,
  IconFilter,
  IconKeyboard,
  IconListSearch,
  IconMoon,
  IconSearch,
  IconSun,
  IconSunMoon,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { FIELDS } from '../../shared/schema/fields.ts'
import { useView, viewParams } from '../app/search.ts'
import { clauseOfTyped } from '../data/clause.ts'
import { liveOf } from '../data/range.ts'
import { withPill } from '../parts/value-menu.tsx'
import { TEXTS } from '../texts.ts'
import { onShellCommand, shellCommand } from './commands.ts'
import styles from './jump.module.css'
import { PAGES } from './pages.tsx'

const [store, jump] = createSpotlight()

export default function Jump() {
  const [typed, setTyped] = useState('')
  const [view, setView] = useView()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })

  useEffect(() => {
    jump.open()
    return onShellCommand('jump', jump.open)
  }, [])

  const actions = useMemo<SpotlightActionGroupData[]>(() => {
    const clause = clauseOfTyped(typed)
    const only = clause === null ? {} : { pills: withPill(view.pills, clause, false) }
    return [
      ...(clause === null
        ? []
        : [
            {
              group: TEXTS.jump.typed,
              actions: [
                {
                  id: 'filter',
                  label: TEXTS.jump.filterFor(clause),
                  keywords: typed,
                  leftSection: <IconFilter size={16} />,
                  onClick: () => setView(only),
                },
                {
                  id: 'explore',
                  label: TEXTS.jump.explore(clause),
                  keywords: typed,
                  leftSection: <IconChartAreaLine size={16} />,
                  onClick: () => void navigate({ to: '/explore', search: viewParams(view, only) }),
                },
                {
                  id: 'records',
                  label: TEXTS.jump.records(clause),
                  keywords: typed,
                  leftSection: <IconListSearch size={16} />,
                  onClick: () => void navigate({ to: '/flows', search: viewParams(view, only) }),
                },
              ],
            },
          ]),
      {
        group: TEXTS.jump.pages,
        actions: PAGES.map(({ path, label, key, Icon }) => ({
          id: path,
          label,
          leftSection: <Icon size={16} />,
          rightSection: <kbd>g {key}</kbd>,
          onClick: () => void navigate({ to: path }),
        })),
      },
      {
        group: TEXTS.jump.actions,
        actions: [
          {
            id: 'query',
            label: TEXTS.keys.query,
            leftSection: <IconFilter size={16} />,
            rightSection: <kbd>/</kbd>,
            onClick: () => shellCommand('query'),
          },
          {
            id: 'time',
            label: TEXTS.keys.time,
            leftSection: <IconClock size={16} />,
            rightSection: <kbd>t</kbd>,
            onClick: () => shellCommand('time'),
          },
          {
            id: 'live',
            label: TEXTS.live.go,
            leftSection: <IconClock size={16} />,
            onClick: () => setView(liveOf(view)),
          },
          {
            id: 'light',
            label: TEXTS.jump.light,
            leftSection: <IconSun size={16} />,
            onClick: () => setColorScheme('light'),
          },
          {
            id: 'dark',
            label: TEXTS.jump.dark,
            leftSection: <IconMoon size={16} />,
            onClick: () => setColorScheme('dark'),
          },
          {
            id: 'auto',
            label: TEXTS.jump.auto,
            leftSection: <IconSunMoon size={16} />,
            onClick: () => setColorScheme('auto'),
          },
          {
            id: 'keys',
            label: TEXTS.keys.title,
            leftSection: <IconKeyboard size={16} />,
            rightSection: <kbd>?</kbd>,
            onClick: () => shellCommand('keys'),
          },
        ],
      },
      {
        group: TEXTS.jump.fields,
        actions: FIELDS.filter((field) => field.role === 'dimension' && !field.either).map((field) => ({
          id: field.name,
          label: field.label,
          description: field.name,
          keywords: [...(field.aliases ?? [])],
          leftSection: <IconChartAreaLine size={16} />,
          onClick: () => void navigate({ to: '/explore', search: { ...viewParams(view), by: field.name } }),
        })),
      },
    ]
  }, [typed, view, setView, navigate, setColorScheme])

  return (
    <Spotlight
      store={store}
      actions={actions}
      query={typed}
      onQueryChange={setTyped}
      nothingFound={TEXTS.jump.nothing}
      limit={12}
      attributes={{ content: { 'aria-label': TEXTS.shell.jump } }}
      size={560}
      overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
      classNames={{
        content: styles['content'] ?? '',
        search: styles['search'] ?? '',
        action: styles['action'] ?? '',
        actionsGroup: styles['group'] ?? '',
      }}
      shortcut={null}
      lockScroll={false}
      scrollable
      maxHeight={480}
      searchProps={{
        placeholder: TEXTS.jump.placeholder,
        'aria-label': TEXTS.jump.placeholder,
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  )
}
