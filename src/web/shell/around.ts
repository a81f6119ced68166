import { filterOf, type View } from '../app/search.ts'

/** What the page looks at, for completion within it. */
export interface Around {
  readonly from: string
  readonly to: string
  readonly scope: string
  /** What holds besides the filter that is typed. */
  readonly within: string
}

/** `besides`: the filters of the view that hold besides. */
export function aroundOf(view: View, besides: Pick<View, 'q' | 'pills'>): Around {
  return {
    from: view.from,
    to: view.to,
    scope: typeof view.scope === 'object' ? view.scope.exporter : view.scope,
    within: filterOf(besides) ?? '',
  }
}
