/** The kinds of conversations that there are, how often, between whom and how big. */
import type { Role, SiteName } from './company.ts'
import type { Rhythm } from './rhythm.ts'

/** Half of all are below the median; none is above the most. */
export interface Spread {
  readonly median: number
  readonly sigma: number
  readonly most: number
}

export interface Kind {
  readonly name: string
  /** Who opens the conversation, and where they are; a share is for all of these sites together. */
  readonly client: Role
  readonly at: readonly SiteName[]
  readonly server: Role
  /** Where the server is; `own`: at the client's site. */
  readonly to: SiteName | 'own'
  readonly protocol: number
  /** Of the server; 0 for ICMP echo. */
  readonly port: number
  /** Of all conversations at the busiest time, in parts of any size. */
  readonly share: number
  readonly rhythm: Rhythm
  /** Payload bytes from client to server and back; a second where `stream`. */
  readonly up: Spread
  readonly down: Spread
  /** Milliseconds. */
  readonly lasts: Spread
  /** Volume grows with time: calls, replication. */
  readonly stream?: boolean
  /** Payload bytes of a full packet; less for UDP that sends small ones. */
  readonly segment: number
  readonly tos: number
  /** How strongly the traffic gathers on few clients and few servers; 1 is even. */
  readonly skew: readonly [number, number]
}

const TCP = 6
const UDP = 17
const ICMP = 1
const ESP = 50
const OFFICES: readonly SiteName[] = ['hq', 'osaka', 'lyon', 'porto', 'austin']
const MINUTE = 60_000
const MB = 1_000_000
const GB = 1_000_000_000
/** Seldom more than a few per cent off. */
const about = (median: number): Spread => ({ median, sigma: 0.25, most: median * 4 })
const wide = (median: number, sigma: number, most: number): Spread => ({ median, sigma, most })
const none: Spread = { median: 0, sigma: 0, most: 0 }
const bulk = { segment: 1448, tos: 0, skew: [1.8, 2.2] } as const

export const KINDS: readonly Kind[] = [
  // Names
  { name: 'dns', client: 'desk', at: OFFICES, server: 'resolver', to: 'own', protocol: UDP, port: 53, share: 12, rhythm: 'office', up: about(38), down: wide(120, 0.5, 1200), lasts: wide(3, 1.2, 800), segment: 1232, tos: 0, skew: [1.3, 1.5] },
  { name: 'dns-forward', client: 'resolver', at: OFFICES, server: 'resolver', to: 'dc1', protocol: UDP, port: 53, share: 5, rhythm: 'office', up: about(42), down: wide(140, 0.5, 1200), lasts: wide(24, 0.8, 2000), segment: 1232, tos: 0, skew: [1, 1.4] },
  { name: 'dns-recursion', client: 'resolver', at: ['dc1', 'hq'], server: 'dnshost', to: 'internet', protocol: UDP, port: 53, share: 9, rhythm: 'office', up: about(44), down: wide(180, 0.6, 1232), lasts: wide(18, 0.9, 2000), segment: 1232, tos: 0, skew: [1, 1.8] },
  // Web
  { name: 'https', client: 'desk', at: OFFICES, server: 'cdn', to: 'internet', protocol: TCP, port: 443, share: 20, rhythm: 'office', up: wide(1900, 1.1, 20 * MB), down: wide(30_000, 2, 500 * MB), lasts: wide(6000, 1.6, 20 * MINUTE), ...bulk },
  { name: 'quic', client: 'desk', at: OFFICES, server: 'cdn', to: 'internet', protocol: UDP, port: 443, share: 11, rhythm: 'office', up: wide(2600, 1.1, 8 * MB), down: wide(36_000, 2, 400 * MB), lasts: wide(9000, 1.4, 15 * MINUTE), segment: 1250, tos: 0, skew: [1.8, 2.6] },
  { name: 'saas', client: 'desk', at: OFFICES, server: 'saas', to: 'internet', protocol: TCP, port: 443, share: 9, rhythm: 'office', up: wide(5200, 1.6, 120 * MB), down: wide(16_000, 1.7, 200 * MB), lasts: wide(42_000, 1.5, 40 * MINUTE), ...bulk },
  { name: 'http', client: 'desk', at: OFFICES, server: 'cdn', to: 'internet', protocol: TCP, port: 80, share: 1.6, rhythm: 'office', up: about(420), down: wide(2400, 1.8, 60 * MB), lasts: wide(800, 1.4, 2 * MINUTE), ...bulk },
  { name: 'updates', client: 'desk', at: OFFICES, server: 'proxy', to: 'hq', protocol: TCP, port: 8080, share: 1.2, rhythm: 'office', up: wide(1400, 0.7, 1 * MB), down: wide(220_000, 1.8, 600 * MB), lasts: wide(9000, 1.2, 10 * MINUTE), ...bulk },
  { name: 'shop', client: 'visitor', at: ['internet'], server: 'shop', to: 'dc1', protocol: TCP, port: 443, share: 17, rhythm: 'evening', up: wide(2400, 1, 4 * MB), down: wide(120_000, 1.3, 60 * MB), lasts: wide(9000, 1.2, 10 * MINUTE), segment: 1448, tos: 0, skew: [1.4, 1] },
  // Behind the shop
  { name: 'shop-web', client: 'web', at: ['dc1'], server: 'app', to: 'dc1', protocol: TCP, port: 8443, share: 2, rhythm: 'evening', up: wide(3000, 1, 5 * MB), down: wide(40_000, 1.2, 40 * MB), lasts: wide(14_000, 1, 5 * MINUTE), segment: 1448, tos: 0, skew: [1.2, 1.6] },
  { name: 'cache', client: 'app', at: ['dc1'], server: 'cache', to: 'dc1', protocol: TCP, port: 6379, share: 0.8, rhythm: 'evening', up: wide(30_000, 1, 20 * MB), down: wide(160_000, 1.2, 100 * MB), lasts: wide(55_000, 0.8, 10 * MINUTE), segment: 1448, tos: 0, skew: [1.4, 1.6] },
  { name: 'database', client: 'app', at: ['dc1'], server: 'database', to: 'dc1', protocol: TCP, port: 5432, share: 1.8, rhythm: 'evening', up: wide(60_000, 1.2, 60 * MB), down: wide(420_000, 1.4, 300 * MB), lasts: wide(70_000, 1, 20 * MINUTE), segment: 1448, tos: 0, skew: [1.4, 2.4] },
  { name: 'nfs', client: 'hypervisor', at: ['dc1'], server: 'nas', to: 'dc1', protocol: TCP, port: 2049, share: 0.7, rhythm: 'evening', up: wide(2 * MB, 1.3, 900 * MB), down: wide(7 * MB, 1.4, 2 * GB), lasts: wide(120_000, 0.8, 30 * MINUTE), segment: 8948, tos: 0, skew: [1.3, 1.8] },
  // The cloud
  { name: 'cloud-database', client: 'api', at: ['vpc'], server: 'database', to: 'dc1', protocol: TCP, port: 5432, share: 2.2, rhythm: 'evening', up: wide(20_000, 1.1, 20 * MB), down: wide(120_000, 1.3, 100 * MB), lasts: wide(40_000, 1.1, 15 * MINUTE), segment: 1398, tos: 0, skew: [1.4, 2.4] },
  { name: 'kafka', client: 'app', at: ['dc1'], server: 'kafka', to: 'vpc', protocol: TCP, port: 9092, share: 2.2, rhythm: 'steady', up: wide(160_000, 1.2, 100 * MB), down: wide(24_000, 1, 10 * MB), lasts: wide(90_000, 1, 60 * MINUTE), segment: 1398, tos: 0, skew: [1.5, 1.2] },
  { name: 'cloud-https', client: 'worker', at: ['vpc'], server: 'saas', to: 'internet', protocol: TCP, port: 443, share: 4, rhythm: 'steady', up: wide(4000, 1.4, 50 * MB), down: wide(12_000, 1.6, 100 * MB), lasts: wide(3000, 1.3, 5 * MINUTE), ...bulk },
  // Files, mail, code, machines
  { name: 'files', client: 'desk', at: OFFICES, server: 'files', to: 'own', protocol: TCP, port: 445, share: 3.4, rhythm: 'office', up: wide(30_000, 1.9, 400 * MB), down: wide(140_000, 2, 900 * MB), lasts: wide(60_000, 1.3, 60 * MINUTE), ...bulk },
  { name: 'mail', client: 'desk', at: OFFICES, server: 'mail', to: 'dc1', protocol: TCP, port: 993, share: 3, rhythm: 'office', up: wide(1600, 1, 25 * MB), down: wide(9000, 1.9, 40 * MB), lasts: wide(14_000, 1.6, 29 * MINUTE), ...bulk },
  { name: 'mail-in', client: 'mailhost', at: ['internet'], server: 'mail', to: 'dc1', protocol: TCP, port: 25, share: 2, rhythm: 'office', up: wide(26_000, 1.6, 30 * MB), down: about(700), lasts: wide(1800, 0.9, 2 * MINUTE), segment: 1448, tos: 0, skew: [1.6, 1.2] },
  { name: 'mail-out', client: 'mail', at: ['dc1'], server: 'mailhost', to: 'internet', protocol: TCP, port: 25, share: 1.2, rhythm: 'office', up: wide(30_000, 1.6, 30 * MB), down: about(800), lasts: wide(2200, 0.9, 2 * MINUTE), segment: 1448, tos: 0, skew: [1.2, 1.6] },
  { name: 'directory', client: 'desk', at: OFFICES, server: 'directory', to: 'dc1', protocol: TCP, port: 389, share: 2, rhythm: 'office', up: about(1500), down: wide(5000, 0.8, 400_000), lasts: wide(300, 1, 60_000), segment: 1448, tos: 0, skew: [1.2, 1.2] },
  { name: 'kerberos', client: 'desk', at: OFFICES, server: 'directory', to: 'dc1', protocol: UDP, port: 88, share: 1.6, rhythm: 'office', up: about(280), down: about(1100), lasts: wide(20, 0.6, 800), segment: 1432, tos: 0, skew: [1.2, 1.2] },
  { name: 'ssh', client: 'desk', at: ['hq', 'lyon', 'austin'], server: 'app', to: 'dc1', protocol: TCP, port: 22, share: 0.5, rhythm: 'office', up: wide(14_000, 1.3, 3 * MB), down: wide(60_000, 1.5, 30 * MB), lasts: wide(6 * MINUTE, 1.3, 180 * MINUTE), segment: 1448, tos: 0x10, skew: [3, 1.3] },
  { name: 'git', client: 'desk', at: ['hq', 'lyon', 'austin'], server: 'git', to: 'dc1', protocol: TCP, port: 22, share: 0.8, rhythm: 'office', up: wide(9000, 1.2, 10 * MB), down: wide(120_000, 2, 800 * MB), lasts: wide(2500, 1.1, 5 * MINUTE), segment: 1448, tos: 8, skew: [3, 1] },
  { name: 'build', client: 'build', at: ['dc1'], server: 'git', to: 'dc1', protocol: TCP, port: 22, share: 0.06, rhythm: 'office', up: wide(12_000, 1, 2 * MB), down: wide(30 * MB, 1.2, 1.2 * GB), lasts: wide(14_000, 0.9, 5 * MINUTE), segment: 1448, tos: 8, skew: [1.6, 1] },
  { name: 'desktop', client: 'desk', at: OFFICES, server: 'app', to: 'dc1', protocol: TCP, port: 3389, share: 0.3, rhythm: 'office', up: wide(1200, 0.5, 20_000), down: wide(9000, 0.7, 200_000), lasts: wide(14 * MINUTE, 1, 120 * MINUTE), stream: true, segment: 1448, tos: 0, skew: [2.4, 1.6] },
  { name: 'print', client: 'desk', at: OFFICES, server: 'printer', to: 'own', protocol: TCP, port: 9100, share: 0.2, rhythm: 'office', up: wide(900_000, 1.3, 80 * MB), down: about(400), lasts: wide(9000, 0.9, 4 * MINUTE), segment: 1448, tos: 0, skew: [1.5, 1.5] },
  // Voices and faces, bytes a second
  { name: 'meeting', client: 'desk', at: OFFICES, server: 'meeting', to: 'internet', protocol: UDP, port: 3478, share: 0.09, rhythm: 'office', up: wide(40_000, 0.6, 180_000), down: wide(90_000, 0.6, 300_000), lasts: wide(24 * MINUTE, 0.6, 90 * MINUTE), stream: true, segment: 1050, tos: 0x88, skew: [1.4, 1.5] },
  { name: 'voice', client: 'phone', at: OFFICES, server: 'phone', to: 'hq', protocol: UDP, port: 5004, share: 0.3, rhythm: 'office', up: about(8000), down: about(8000), lasts: wide(150_000, 0.9, 60 * MINUTE), stream: true, segment: 172, tos: 0xb8, skew: [1.2, 1.2] },
  { name: 'signalling', client: 'phone', at: OFFICES, server: 'proxy', to: 'hq', protocol: UDP, port: 5060, share: 0.8, rhythm: 'office', up: about(900), down: about(700), lasts: wide(900, 1, 20_000), segment: 1200, tos: 0x60, skew: [1.1, 1] },
  { name: 'tunnel', client: 'visitor', at: ['internet'], server: 'mail', to: 'dc1', protocol: ESP, port: 0, share: 0.06, rhythm: 'office', up: wide(4000, 1, 100_000), down: wide(14_000, 1, 300_000), lasts: wide(10 * MINUTE, 0.8, 60 * MINUTE), stream: true, segment: 1380, tos: 0, skew: [4, 1] },
  // The machines' own
  { name: 'time', client: 'desk', at: OFFICES, server: 'time', to: 'dc1', protocol: UDP, port: 123, share: 1.4, rhythm: 'steady', up: about(48), down: about(48), lasts: wide(14, 0.8, 400), segment: 48, tos: 0xb8, skew: [1, 1] },
  { name: 'time-up', client: 'time', at: ['dc1'], server: 'timehost', to: 'internet', protocol: UDP, port: 123, share: 0.2, rhythm: 'steady', up: about(48), down: about(48), lasts: wide(14, 0.6, 300), segment: 48, tos: 0, skew: [1, 1] },
  { name: 'snmp', client: 'monitor', at: ['dc1'], server: 'printer', to: 'hq', protocol: UDP, port: 161, share: 0.5, rhythm: 'steady', up: about(900), down: wide(4200, 0.5, 30_000), lasts: wide(900, 0.6, 9000), segment: 600, tos: 0x40, skew: [1, 1] },
  { name: 'snmp-cloud', client: 'monitor', at: ['dc1'], server: 'api', to: 'vpc', protocol: UDP, port: 161, share: 0.5, rhythm: 'steady', up: about(900), down: wide(4200, 0.5, 30_000), lasts: wide(700, 0.6, 9000), segment: 600, tos: 0x40, skew: [1, 1] },
  { name: 'logs', client: 'worker', at: ['vpc'], server: 'logs', to: 'dc1', protocol: UDP, port: 514, share: 1.6, rhythm: 'steady', up: wide(1600, 1.2, 4 * MB), down: none, lasts: wide(20_000, 1, 5 * MINUTE), segment: 260, tos: 0, skew: [1.3, 1] },
  { name: 'ping', client: 'monitor', at: ['dc1'], server: 'desk', to: 'hq', protocol: ICMP, port: 0, share: 0.7, rhythm: 'steady', up: about(168), down: about(168), lasts: wide(2000, 0.1, 4000), segment: 56, tos: 0, skew: [1, 1] },
  { name: 'ping-branch', client: 'monitor', at: ['dc1'], server: 'files', to: 'osaka', protocol: ICMP, port: 0, share: 0.3, rhythm: 'steady', up: about(168), down: about(168), lasts: wide(2000, 0.1, 4000), segment: 56, tos: 0, skew: [1, 1] },
  // At night
  { name: 'backup', client: 'app', at: ['dc1'], server: 'backup', to: 'dc1', protocol: TCP, port: 9103, share: 0.08, rhythm: 'night', up: wide(280 * MB, 1, 6 * GB), down: wide(60_000, 0.6, 2 * MB), lasts: wide(4 * MINUTE, 0.7, 60 * MINUTE), segment: 8948, tos: 8, skew: [1, 1] },
  { name: 'backup-branch', client: 'files', at: OFFICES, server: 'backup', to: 'dc1', protocol: TCP, port: 9103, share: 0.12, rhythm: 'night', up: wide(60 * MB, 1, 2 * GB), down: wide(30_000, 0.6, 1 * MB), lasts: wide(6 * MINUTE, 0.7, 60 * MINUTE), segment: 1448, tos: 8, skew: [1, 1] },
]
