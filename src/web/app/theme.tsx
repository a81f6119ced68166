/** Mantine's parts in the design's clothes; its variables stand in mantine.css, its colours in tokens.css. */
import { createTheme, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'

const quick = { transition: 'fade', duration: 80 } as const

/** Parts are named by text, so that their code stays in the chunks that use them. */
const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Menu: { defaultProps: { transitionProps: quick, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: quick, shadow: 'md' } },
    Modal: { defaultProps: { transitionProps: quick, lockScroll: false } },
  },
})

export function Theme({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateCssVariables={false}
    >
      {children}
    </MantineProvider>
  )
}
