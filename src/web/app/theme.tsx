/** Mantine's parts in the design's clothes; its variables stand in mantine.css, its colours in tokens.css. */
import { Button, createTheme, Menu, MantineProvider, Modal, Popover, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

const quick = { transition: 'fade', duration: 80 } as const

const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'compact-sm', variant: 'default' } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: quick, shadow: 'md', position: 'bottom-start', withinPortal: true } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: quick, shadow: 'md' } }),
    Tooltip: Tooltip.extend({ defaultProps: { transitionProps: quick, openDelay: 400, withArrow: false } }),
    Modal: Modal.extend({ defaultProps: { transitionProps: quick, lockScroll: false } }),
  },
})

export function Theme({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false} deduplicateCssVariables={false}>
      {children}
    </MantineProvider>
  )
}
