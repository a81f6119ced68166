import { format } from '../shared/schema/units.ts'
import { dateTimeText } from './data/times.ts'

/** The words on the page that are not a single page's own. */
export const TEXTS = {
  pages: {
    overview: 'Overview',
    explore: 'Explore',
    flows: 'Flows',
    vpc: 'VPC',
    health: 'Health',
    getData: 'Get data',
  },
  shell: {
    navigation: 'Pages',
    skip: 'Skip to the page',
    widen: 'Widen the navigation',
    narrow: 'Narrow the navigation',
    jump: 'Jump to a page, field, address or action',
    jumpTo: 'Jump to…',
  },
  pulse: {
    title: 'Flows of the last ten seconds, and what Weir has lost since it started',
    receiving: 'Receiving',
    quiet: 'Quiet',
    silent: 'No flows yet',
    down: 'Not answering',
    starting: 'Starting',
    lost: (count: string) => `lost ${count}`,
  },
  query: {
    label: 'Filter flows',
    placeholder: 'Filter flows: field:value and …, or type an address or a port',
    clear: 'Clear the filter',
    history: 'Filters used before',
    enter: 'Enter applies the filter, Esc brings back the present one',
    at: (place: number) => `At ${place}:`,
    valuesOf: (of: {
      readonly field: string | null
      readonly flows: number
      readonly complete: boolean
      readonly leftOut: readonly string[]
    }) =>
      [
        `${of.field ?? ''} in ${of.complete ? 'all' : 'the newest'} ${format(of.flows, '')} flows`,
        ...(of.leftOut.length > 0 ? [`without ${of.leftOut.join(' and ')}, which cannot be read yet`] : []),
      ].join(', '),
  },
  named: {
    open: 'Named filters',
    keep: 'Keep this filter as',
    name: 'Name',
    save: 'Save',
    replace: 'Replace',
    kept: (name: string) => `Kept as @${name}`,
    rule: 'Small letters, digits, dots, hyphens and underscores.',
    none: 'No filter is kept yet. Write one, then give it a name here: it stands in others as @name.',
    nothing: 'Write a filter first to keep it under a name.',
    use: (name: string) => `Filter by @${name}`,
    drop: (name: string) => `Drop @${name}`,
    usedBy: (names: readonly string[]) => `in ${names.map((name) => `@${name}`).join(', ')}`,
    asking: 'Asking…',
  },
  pills: {
    filter: 'Filter',
    add: 'Add a filter',
    example: 'src.ip:10.0.0.0/8',
    change: (text: string) => `Change the filter ${text}`,
    removeThis: (text: string) => `Remove the filter ${text}`,
    keep: 'Keep what matches',
    exclude: 'Exclude what matches',
    on: 'Switch on',
    off: 'Switch off for now',
    intoBar: 'Move into the query',
    remove: 'Remove',
  },
  scope: {
    hint: {
      all: 'every observation',
      ingress: 'ingress only',
      deduplicated: 'each flow counted at one exporter',
      one: (address: string) => `seen by ${address}`,
    },
    label: (now: string) => `Which observations count: ${now}`,
    all: 'Every observation',
    allHint: 'as reported',
    ingress: 'Ingress only',
    ingressHint: 'not counted again on the way out',
    deduplicated: 'Deduplicated',
    deduplicatedHint: 'each flow counted at one exporter',
    one: 'One exporter',
  },
  time: {
    label: (now: string) => `Time range: ${now}`,
    panel: 'Choose a time range',
    back: 'Earlier',
    forward: 'Later',
    zoomOut: 'Zoom out',
    quick: 'Quick',
    recent: 'Used before',
    absolute: 'Days',
    calendar: {
      previousMonth: 'Month before',
      nextMonth: 'Month after',
      previousYear: 'Year before',
      nextYear: 'Year after',
      previousDecade: 'Decade before',
      nextDecade: 'Decade after',
    },
    exact: 'From and to',
    from: 'From',
    to: 'To',
    apply: 'Show this range',
    examples: 'Such as 2026-11-17 13:05, now-90m or now-1d/d. Dates are in local time; /d rounds to UTC days.',
    backwards: 'The start must be before the end.',
    unreadable: (text: string) => `${text === '' ? 'An empty field' : text} is not a time.`,
    today: 'Today, UTC',
    now: (now: string, zone: string) => `Now it is ${now} ${zone}.`,
    last: (count: number, unit: 's' | 'm' | 'h' | 'd' | 'w') => {
      const word = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' }[unit]
      return count === 1 ? `Last ${word}` : `Last ${count} ${word}s`
    },
  },
  live: {
    live: 'Live',
    paused: 'Paused',
    go: 'Go live',
    refresh: 'Refresh now',
    label: (now: string) => `${now}, choose how often to refresh`,
    every: (seconds: number) =>
      seconds === 0 ? 'Paused' : seconds < 60 ? `Every ${seconds} s` : `Every ${seconds / 60} min`,
    short: (seconds: number) => (seconds < 60 ? `${seconds} s` : `${seconds / 60} min`),
  },
  jump: {
    placeholder: 'Page, field, action, or an address, network, port or AS…',
    nothing: 'Nothing of that name. An address, a network, a port or an AS number works too.',
    typed: 'What you typed',
    filterFor: (clause: string) => `Filter for ${clause}`,
    explore: (clause: string) => `Traffic of ${clause} in Explore`,
    records: (clause: string) => `Records of ${clause} in Flows`,
    pages: 'Pages',
    actions: 'Actions',
    fields: 'Group by a field in Explore',
    light: 'Light colours',
    dark: 'Dark colours',
    auto: 'Colours as the system has them',
  },
  keys: {
    title: 'Keys',
    close: 'Close',
    query: 'Write a filter',
    time: 'Choose the time range',
    live: 'Live or paused',
    back: 'Earlier',
    forward: 'Later',
    zoomOut: 'Zoom out',
  },
  notFound: 'There is no such page.',
  panel: {
    menu: (title: string) => `More for ${title}`,
    retry: 'Try again',
    notRefreshed: (why: string) => `Not refreshed: ${why}`,
  },
  basis: {
    exact: { text: 'exact', title: 'All that was asked for was counted, to the unit.' },
    sampled: {
      text: 'sampled',
      title:
        'All that exporters reported was counted. Some of them look at one packet in so many, and their counts are multiplied.',
    },
    partial: {
      text: 'not all there',
      title:
        'The single flows are gone and their sums cannot be parted: what lies just outside the range may be in, or part of what was asked for is missing.',
    },
    bounded: {
      text: (off: string | null) => (off === null ? 'nearly exact' : `exact to ${off}`),
      title:
        'Sums are kept of the largest by name. A named value may be too low by that share of the total, and one without a name may have as much. Totals are exact.',
    },
    estimated: {
      text: (off: string | null) => (off === null ? 'estimated' : `estimated, ± ${off}`),
      title:
        'Worked out from a sample while everything is being read. 95 of 100 values are nearer to the exact one than that share of the total.',
    },
  },
  value: {
    menu: 'What to do with this value',
    filterFor: 'Filter for this',
    filterOut: 'Filter this out',
    explore: 'Its traffic in Explore',
    records: 'Its records in Flows',
    copy: 'Copy',
  },
  seen: {
    never: 'Not seen in what is kept',
    text: (first: number, last: number, days: number) =>
      `First seen ${dateTimeText(first)}, last seen ${dateTimeText(last)}, on ${days === 1 ? '1 day' : `${days} days`}`,
    asking: 'When was it seen?',
  },
  cloudInterface: { groups: (names: string) => `Security groups: ${names}` },
  drawer: { close: (title: string) => `Close ${title}` },
  total: 'Total',
  other: 'Other',
  average: (interval: string) => `avg ${interval}`,
  resolution: {
    raw: 'raw flows',
    minute: 'sums by minute',
    hour: 'sums by hour',
    day: 'sums by day',
    mixed: 'several resolutions',
  },
  topAndOther: (count: number) => `top ${count} + Other`,
  unknown: 'unknown',
  flowsMatch: (count: string) => `${count} flows`,
  spread: 'bytes spread over each flow’s life',
  counters: { bytes: 'Bytes', packets: 'Packets', flows: 'Flows' },
  fieldPicker: 'Fields to group by',
  dataFrom: (ms: number) => `Flows are kept since ${dateTimeText(ms)}; what came before is not in this picture.`,
  copied: 'Copied',
  copiedThis: (text: string) => `Copied ${text}`,
  notCopied: 'Could not copy',
  /** A group without a value: `no service`. */
  without: (label: string) => `no ${label}`,
  chart: {
    keys: 'Arrow keys move along the time, with Shift they select, Enter zooms in.',
    explainKey: 'E explains what is selected.',
    noData: 'no data',
    keptSince: (time: string) => `kept since ${time}`,
  },
  selection: { label: 'What was selected', explain: 'Explain', zoom: 'Zoom', clear: 'Select nothing' },
  demo: { play: 'Play demo traffic', stop: 'Stop demo traffic' },
} as const
