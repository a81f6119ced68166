import '@mantine/core/styles/baseline.css'
import './tokens.css'
import './mantine.css'
import './base.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { addFieldsOfSite } from '../data/site-fields.ts'
import { router } from './router.tsx'
import { Theme } from './theme.tsx'

// The first picture needs the chart library; its way here begins before the page asks for it.
if (/^\/(explore)?$/.test(location.pathname)) void import('../parts/echarts.ts')

await addFieldsOfSite()

const client = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: true, staleTime: 1000, gcTime: 5 * 60_000 } },
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Theme>
        <RouterProvider router={router} />
      </Theme>
    </QueryClientProvider>
  </StrictMode>,
)
