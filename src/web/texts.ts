/** The words on the page that are not a single page's own. */
export const TEXTS = {
  pages: { overview: 'Overview', explore: 'Explore', flows: 'Flows', health: 'Health', getData: 'Get data' },
  notFound: 'There is no such page.',
} as const
