/** The kinds of conversations that there are, how often, between whom and how big. */
import type { Role, SiteName } from './company.ts'
import type { Rhythm } from './rhythm.ts'

/** Half of all are below the median, two thirds within a factor of e^sigma of it. */
export interface Spread {
  readonly median: number
  readonly sigma: number
}

export interface Kind {
  readonly name: string
  /** Of all conversations at the busiest time, in parts of any size. */
  readonly share: number
  readonly rhythm: Rhythm
  /** Who opens the conversation, and where they are; the share is for all of these sites together. */
  readonly client: Role
  readonly at: readonly SiteName[]
  readonly server: Role
  /** Where the server is; `own`: at the client's site. */
  readonly to: SiteName | 'own'
  readonly transport: Transport
  /** Payload bytes from client to server and back; a second where `stream`. */
  readonly up: Spread
  readonly down: Spread
  /** Milliseconds. */
  readonly lasts: Spread
  /** Volume grows with time: calls, remote screens, tunnels. */
  readonly stream: boolean
  /** How strongly the traffic gathers on few clients and few servers; 1 is even. */
  readonly skew: readonly [number, number]
}

interface Transport {
  readonly protocol: number
  /** Of the server; 0 for protocols without ports. */
  readonly port: number
  /** Payload bytes of a full packet. */
  readonly segment: number
  readonly tos: number
}

/** Sites that rows name together. */
const SITES = {
  offices: ['hq', 'osaka', 'lyon', 'porto', 'austin'],
  engineering: ['hq', 'lyon', 'austin'],
} as const satisfies Record<string, readonly SiteName[]>
const even = [1, 1] as const
/** Seldom more than a few per cent off. */
const LITTLE = 0.25

const tcp = (port: number, tos = 0): Transport => ({ protocol: 6, port, segment: 1448, tos })
/** Within the data centre: frames of 9,000 bytes. */
const jumbo = (port: number, tos = 0): Transport => ({ protocol: 6, port, segment: 8948, tos })
const udp = (port: number, segment = 1232, tos = 0): Transport => ({ protocol: 17, port, segment, tos })
/** Marked as voice and video are: expedited forwarding (RFC 3246). */
const media = (port: number, segment: number): Transport => udp(port, segment, 0xb8)
const echo: Transport = { protocol: 1, port: 0, segment: 56, tos: 0 }
const esp: Transport = { protocol: 50, port: 0, segment: 1380, tos: 0 }

/** A median, with a sigma where it varies much. */
type Size = readonly [median: number, sigma?: number]
type Row = readonly [
  name: string,
  share: number,
  rhythm: Rhythm,
  from: `${Role}@${SiteName | keyof typeof SITES}`,
  to: `${Role}@${Kind['to']}`,
  transport: Transport,
  up: Size,
  down: Size,
  lastsMs: Size,
  skew: readonly [number, number],
]

const TALKS: readonly Row[] = [
  // Names
  ['dns', 12, 'office', 'desk@offices', 'resolver@own', udp(53), [38], [120, 0.5], [3, 1.2], [1.3, 1.5]],
  ['dns-forward', 5, 'office', 'resolver@offices', 'resolver@dc1', udp(53), [42], [140, 0.5], [24, 0.8], [1, 1.4]],
  ['dns-out', 5, 'office', 'resolver@dc1', 'dnshost@internet', udp(53), [44], [180, 0.4], [18, 0.9], [1, 1.8]],
  ['dns-hq', 4, 'office', 'resolver@hq', 'dnshost@internet', udp(53), [44], [180, 0.4], [18, 0.9], [1, 1.8]],
  // Web
  ['https', 20, 'office', 'desk@offices', 'cdn@internet', tcp(443), [1900, 1.1], [5e4, 2], [6000, 1.6], [1.8, 2.2]],
  ['quic', 11, 'office', 'desk@offices', 'cdn@internet', udp(443), [2600, 1.1], [36e3, 2], [9000, 1.4], [1.8, 2.6]],
  ['saas', 9, 'office', 'desk@offices', 'saas@internet', tcp(443), [5200, 1.6], [16e3, 1.7], [42e3, 1.4], [1.8, 2.2]],
  ['http', 1.6, 'office', 'desk@offices', 'cdn@internet', tcp(80), [420], [2400, 1.8], [800, 1.4], [1.8, 2.2]],
  ['updates', 1.2, 'office', 'desk@offices', 'proxy@hq', tcp(8080), [1400, 0.7], [22e4, 1.8], [9000, 1.2], [1.8, 1]],
  ['shop', 17, 'evening', 'visitor@internet', 'shop@dc1', tcp(443), [2400, 1], [12e4, 1.3], [9000, 1.2], [1.4, 1]],
  ['cloud', 4, 'steady', 'worker@vpc', 'saas@internet', tcp(443), [4000, 1.4], [12e3, 1.6], [3000, 1.3], [1.8, 2.2]],
  // Behind the shop
  ['web', 2, 'evening', 'web@dc1', 'app@dc1', tcp(8443), [3000, 1], [4e4, 1.2], [14e3, 1], [1.2, 1.6]],
  ['cache', 0.8, 'evening', 'app@dc1', 'cache@dc1', tcp(6379), [3e4, 1], [16e4, 1.2], [55e3, 0.8], [1.4, 1.6]],
  ['sql', 1.8, 'evening', 'app@dc1', 'database@dc1', tcp(5432), [6e4, 1.2], [42e4, 1.4], [7e4, 1], [1.4, 2.4]],
  ['sql-cloud', 2.2, 'evening', 'api@vpc', 'database@dc1', tcp(5432), [2e4, 1.1], [12e4, 1.3], [4e4, 1.1], [1.4, 2.4]],
  ['kafka', 2.2, 'steady', 'app@dc1', 'kafka@vpc', tcp(9092), [16e4, 1.2], [24e3, 1], [9e4, 1], [1.5, 1.2]],
  ['nfs', 0.7, 'evening', 'hypervisor@dc1', 'nas@dc1', jumbo(2049), [2e6, 1.3], [7e6, 1.4], [12e4, 0.8], [1.3, 1.8]],
  // Files, mail, code
  ['files', 3.4, 'office', 'desk@offices', 'files@own', tcp(445), [3e4, 1.9], [14e4, 2], [6e4, 1.1], [1.8, 2.2]],
  ['print', 0.2, 'office', 'desk@offices', 'printer@own', tcp(9100), [9e5, 1.3], [400], [9000, 0.9], [1.5, 1.5]],
  ['mail', 3, 'office', 'desk@offices', 'mail@dc1', tcp(993), [1600, 1], [9000, 1.9], [14e3, 1.3], [1.8, 1.4]],
  ['mail-in', 2, 'office', 'mailhost@internet', 'mail@dc1', tcp(25), [26e3, 1.6], [700], [1800, 0.9], [1.6, 1.2]],
  ['mail-out', 1.2, 'office', 'mail@dc1', 'mailhost@internet', tcp(25), [3e4, 1.6], [800], [2200, 0.9], [1.2, 1.6]],
  ['ldap', 2, 'office', 'desk@offices', 'directory@dc1', tcp(389), [1500], [5000, 0.8], [300, 1], [1.2, 1.2]],
  ['kerberos', 1.6, 'office', 'desk@offices', 'directory@dc1', udp(88, 1432), [280], [1100], [20, 0.6], [1.2, 1.2]],
  ['ssh', 0.5, 'office', 'desk@engineering', 'app@dc1', tcp(22, 0x10), [14e3, 1.3], [6e4, 1.5], [36e4, 0.8], [3, 1.3]],
  ['git', 0.8, 'office', 'desk@engineering', 'git@dc1', tcp(22, 8), [9000, 1.2], [12e4, 2], [2500, 1.1], [3, 1]],
  ['build', 0.06, 'office', 'build@dc1', 'git@dc1', tcp(22, 8), [12e3, 1], [30e6, 0.9], [14e3, 0.9], [1.6, 1]],
  // The machines' own
  ['sip', 0.8, 'office', 'phone@offices', 'proxy@hq', udp(5060, 1200, 0x60), [900], [700], [900, 1], [1.1, 1]],
  ['ntp', 1.4, 'steady', 'desk@offices', 'time@dc1', udp(123, 48, 0xb8), [48], [48], [14, 0.8], even],
  ['ntp-out', 0.2, 'steady', 'time@dc1', 'timehost@internet', udp(123, 48), [48], [48], [14, 0.6], even],
  ['snmp', 0.5, 'steady', 'monitor@dc1', 'printer@hq', udp(161, 600, 0x40), [900], [4200, 0.5], [900, 0.6], even],
  ['snmp-cloud', 0.5, 'steady', 'monitor@dc1', 'api@vpc', udp(161, 600, 0x40), [900], [4200, 0.5], [700, 0.6], even],
  ['syslog', 1.6, 'steady', 'worker@vpc', 'logs@dc1', udp(514, 260), [1600, 1.2], [0], [2e4, 1], [1.3, 1]],
  ['ping', 0.7, 'steady', 'monitor@dc1', 'desk@hq', echo, [168], [168], [2000, 0.1], even],
  ['ping-branch', 0.3, 'steady', 'monitor@dc1', 'files@osaka', echo, [168], [168], [2000, 0.1], even],
  ['noise', 1.2, 'steady', 'noise@internet', 'mail@dc1', tcp(23), [0], [0], [3000], [2, 1]],
  // At night
  ['backup', 0.08, 'night', 'app@dc1', 'backup@dc1', jumbo(9103, 8), [280e6, 0.8], [6e4, 0.6], [24e4, 0.7], even],
  [
    'backup-branch',
    0.12,
    'night',
    'files@offices',
    'backup@dc1',
    tcp(9103, 8),
    [60e6, 0.8],
    [3e4, 0.6],
    [36e4, 0.7],
    even,
  ],
]

/** Bytes are a second. */
const STREAMS: readonly Row[] = [
  [
    'video',
    0.06,
    'office',
    'desk@offices',
    'meeting@internet',
    media(3478, 1050),
    [4e4, 0.6],
    [9e4, 0.5],
    [14e5, 0.4],
    [1.4, 1.5],
  ],
  ['voice', 0.3, 'office', 'phone@offices', 'phone@hq', media(5004, 172), [8000], [8000], [15e4, 0.8], [1.2, 1.2]],
  ['rdp', 0.3, 'office', 'desk@offices', 'app@dc1', tcp(3389), [900, 0.5], [4500, 0.7], [84e4, 0.6], [2.4, 1.6]],
  ['tunnel', 0.06, 'office', 'visitor@internet', 'mail@dc1', esp, [4000, 1], [14e3, 1], [6e5, 0.6], [4, 1]],
]

export const KINDS: readonly Kind[] = [
  ...TALKS.map((row) => kindOf(row, false)),
  ...STREAMS.map((row) => kindOf(row, true)),
]

function kindOf(row: Row, stream: boolean): Kind {
  const [name, share, rhythm, from, to, transport, up, down, lasts, skew] = row
  const [client, sites] = from.split('@') as [Role, SiteName | keyof typeof SITES]
  const [server, place] = to.split('@') as [Role, Kind['to']]
  const at = sites in SITES ? SITES[sites as keyof typeof SITES] : [sites as SiteName]
  const who = { client, at, server, to: place, skew }
  return { name, share, rhythm, ...who, transport, up: spread(up), down: spread(down), lasts: spread(lasts), stream }
}

function spread([median, sigma = LITTLE]: Size): Spread {
  return { median, sigma }
}
