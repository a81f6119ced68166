/** One route a page, each in a chunk of its own. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { NotFound } from '../shell/not-found.tsx'
import { Shell } from '../shell/shell.tsx'
import { parseSearch, SHARED_PARAMS, stringifySearch, type Params } from './search.ts'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>): Params =>
    Object.fromEntries(Object.entries(search).filter(([, value]) => typeof value === 'string')) as Params,
  search: { middlewares: [retainSearchParams<Params>([...SHARED_PARAMS])] },
})

const page = <P extends string>(path: P, load: () => Promise<{ Page: () => ReactNode }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, 'Page') })

const routes = root.addChildren([
  page('/', () => import('../pages/overview/index.tsx')),
  page('/explore', () => import('../pages/explore/index.tsx')),
  page('/flows', () => import('../pages/flows/index.tsx')),
  page('/vpc', () => import('../pages/vpc/index.tsx')),
  page('/health', () => import('../pages/health/index.tsx')),
  page('/get-data', () => import('../pages/get-data/index.tsx')),
])

export const router = createRouter({
  routeTree: routes,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
