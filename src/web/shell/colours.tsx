/** Light, dark, or as the system has it. */
import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react'
import { MenuButton } from '../parts/menu-button.tsx'
import { TEXTS } from '../texts.ts'

const ICONS: Record<MantineColorScheme, typeof IconSun> = { light: IconSun, dark: IconMoon, auto: IconSunMoon }

export function Colours() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const Icon = ICONS[colorScheme]
  return (
    <MenuButton
      label={TEXTS.jump[colorScheme]}
      small
      entries={(Object.keys(ICONS) as MantineColorScheme[]).map((scheme) => ({
        label: TEXTS.jump[scheme],
        checked: scheme === colorScheme,
        onSelect: () => setColorScheme(scheme),
      }))}
    >
      <Icon size={16} stroke={1.6} aria-hidden />
    </MenuButton>
  )
}
