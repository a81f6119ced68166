/** The words on the page that are not a single page's own. */
export const TEXTS = {
  pages: { overview: 'Overview', explore: 'Explore', flows: 'Flows', health: 'Health', getData: 'Get data' },
  notFound: 'There is no such page.',
  panel: {
    menu: (title: string) => `More for ${title}`,
    retry: 'Try again',
    notRefreshed: (why: string) => `Not refreshed: ${why}`,
  },
  basis: { exact: 'exact', estimated: 'estimated', cut: 'cut' },
  value: {
    menu: 'What to do with this value',
    filterFor: 'Filter for this',
    filterOut: 'Filter this out',
    explore: 'Its traffic in Explore',
    records: 'Its records in Flows',
    copy: 'Copy',
  },
  drawer: { close: (title: string) => `Close ${title}` },
  demo: { play: 'Play demo traffic', stop: 'Stop demo traffic' },
} as const
