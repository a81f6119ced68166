/** Real exporters and another collector: what they need, and how their datagrams are recorded and counted. */
import { execFile, spawn, spawnSync } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as immediate, setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { packetCapture, type PlainFlow } from './traffic.ts'

const run = promisify(execFile)
/** Debian keeps daemons where a user's path does not look. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, TZ: 'UTC' }

/** For `it(name, { skip })`: false where all commands are there, else what installs them. */
export function missing(...commands: readonly (keyof typeof PACKAGES)[]): string | false {
  const absent = commands.filter((command) => spawnSync('sh', ['-c', `command -v ${command}`], { env }).status !== 0)
  return (
    absent.length > 0 &&
    `${absent.join(', ')} missing: apt-get install -y ${[...new Set(absent.map((command) => PACKAGES[command]))].join(' ')}`
  )
}

const PACKAGES = {
  softflowd: 'softflowd',
  nfcapd: 'nfdump',
  nfdump: 'nfdump',
  pmacctd: 'pmacct',
  sfacctd: 'pmacct',
  fprobe: 'fprobe',
  'ovs-vswitchd': 'openvswitch-switch',
  tshark: 'tshark',
} as const

/** An exporter and how it is told to export. */
export type Setting =
  | {
      readonly program: 'softflowd'
      /** `psamp`: every packet's beginning, as IPFIX (RFC 5476). */
      readonly version: 1 | 5 | 9 | 10 | 'psamp'
      /** It looks at the first packet, and then at every one after so many. */
      readonly samplingRate?: number
      /** Both directions in one record (RFC 5103); of IPFIX only. */
      readonly bidirectional?: true
      /** In the language of tcpdump. */
      readonly filter?: string
    }
  /** It looks at one in so many packets, by chance. */
  | { readonly program: 'nfprobe'; readonly version: 5 | 9 | 10; readonly samplingRate?: number }
  | { readonly program: 'sfprobe'; readonly samplingRate: number }

/** Datagrams that an exporter sends of the test traffic, in their order. */
export async function record(setting: Setting, withIpv6: boolean): Promise<Uint8Array[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-exporter-'))
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 })
  const datagrams: Uint8Array[] = []
  socket.on('message', (bytes) => datagrams.push(Uint8Array.from(bytes)))
  try {
    const port = await bound(socket)
    const traffic = join(folder, 'traffic.pcap')
    writeFileSync(traffic, packetCapture(withIpv6))
    if (setting.program === 'softflowd') {
      await run(
        'softflowd',
        [
          '-D',
          '-r',
          traffic,
          '-n',
          `127.0.0.1:${port}`,
          '-v',
          String(setting.version),
          '-p',
          join(folder, 'pid'),
          '-c',
          'none',
          ...(setting.samplingRate ? ['-s', String(setting.samplingRate)] : []),
          ...(setting.bidirectional ? ['-b'] : []),
          ...(setting.filter ? [setting.filter] : []),
        ],
        { env },
      )
    } else {
      await pmacct('pmacctd', folder, [`pcap_savefile: ${traffic}`, ...probe(setting, port)])
    }
    // The exporter has ended, so all of it is in the socket's buffer.
    await drained(datagrams)
    return datagrams
  } finally {
    socket.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Lets softflowd send IPFIX of the test traffic to a port of this machine, over UDP or TCP; resolves when it has ended. */
export async function exportTo(transport: 'udp' | 'tcp', port: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-exporter-'))
  try {
    const traffic = join(folder, 'traffic.pcap')
    writeFileSync(traffic, packetCapture(true))
    const to = ['-n', `127.0.0.1:${port}`, '-P', transport, '-v', '10']
    await run('softflowd', ['-D', '-r', traffic, ...to, '-p', join(folder, 'pid'), '-c', 'none'], { env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Resolves when the socket that fills the list has nothing more to read. */
export async function drained(datagrams: readonly unknown[]): Promise<void> {
  for (let before = -1; before !== datagrams.length;) {
    before = datagrams.length
    await wait(50)
    // Timers that are late come before sockets; what is immediate comes after them.
    await immediate()
  }
}

function probe(setting: Exclude<Setting, { program: 'softflowd' }>, port: number): string[] {
  return setting.program === 'nfprobe'
    ? [
        'plugins: nfprobe',
        `nfprobe_receiver: 127.0.0.1:${port}`,
        `nfprobe_version: ${setting.version}`,
        'aggregate: src_host, dst_host, src_port, dst_port, proto, tos',
        ...(setting.samplingRate ? [`sampling_rate: ${setting.samplingRate}`] : []),
      ]
    : [
        'plugins: sfprobe',
        `sfprobe_receiver: 127.0.0.1:${port}`,
        'sfprobe_agentip: 192.0.2.9',
        `sampling_rate: ${setting.samplingRate}`,
      ]
}

/** UDP datagrams of `bytes` octets, all to one port. */
export interface Traffic {
  readonly port: number
  readonly bytes: number
  readonly count: number
}

/** What fprobe sends of traffic over `lo`, in a network namespace of its own. It can only watch an interface. */
export async function recordFprobe(version: 1 | 5 | 7, packets: readonly Traffic[]): Promise<Uint8Array[]> {
  const args = [
    '-i',
    'lo',
    '-n',
    version,
    '-s',
    1,
    '-d',
    1,
    '-e',
    1,
    '-l',
    2,
    '-f',
    'udp and not port PORT',
    '127.0.0.1:PORT',
  ]
  const live = {
    command: 'fprobe',
    args: args.map(String),
    ready: 'collector #1',
    packets,
    silenceMs: 1500,
    limitMs: 20_000,
  }
  const script = fileURLToPath(new URL('live-exporter.mjs', import.meta.url))
  const { stdout } = await run('unshare', ['--net', process.execPath, script, JSON.stringify(live)], { env })
  return stdout
    .trim()
    .split('\n')
    .map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))
}

/** For `it(name, { skip })`: false where network namespaces may be made. */
export function noNamespaces(): string | false {
  return spawnSync('unshare', ['--net', 'true'], { env }).status === 0 ? false : 'no right to make a network namespace'
}

/** Runs one of pmacct's daemons until the end of its capture file. */
async function pmacct(daemon: 'pmacctd' | 'sfacctd', folder: string, settings: readonly string[]): Promise<void> {
  const config = join(folder, `${daemon}.conf`)
  writeFileSync(config, ['daemonize: false', ...settings, ''].join('\n'))
  await run(daemon, ['-f', config], { env }).catch(ignoreExitCode)
}

/** Samples and octets of their frames for each pair of addresses, as sfacctd counts them. */
export async function sfacctdPairs(capture: Uint8Array): Promise<Map<string, { samples: number; octets: number }>> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-sfacctd-'))
  try {
    const file = join(folder, 'datagrams.pcap')
    const table = join(folder, 'table.csv')
    writeFileSync(file, capture)
    await pmacct('sfacctd', folder, [
      `pcap_savefile: ${file}`,
      'plugins: print',
      'print_output: csv',
      'print_refresh_time: 3600',
      `print_output_file: ${table}`,
      'sfacctd_renormalize: false',
      'aggregate: src_host, dst_host',
    ])
    const lines = readFileSync(table, 'utf8').trim().split('\n').slice(1)
    return new Map(
      lines.map((line) => {
        const [source, destination, samples, octets] = line.split(',')
        return [`${source} ${destination}`, { samples: Number(samples), octets: Number(octets) }]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** They end with 1 at the end of their file. */
function ignoreExitCode(error: unknown): void {
  if (typeof (error as { code?: unknown }).code !== 'number') throw error
}

/** What nfcapd stores of the datagrams, as nfdump prints it. */
export async function nfdumpFlows(datagrams: readonly Uint8Array[]): Promise<PlainFlow[]> {
  const { text } = await nfdumpText(datagrams, [
    '-q',
    '-N',
    '-6',
    '-o',
    'fmt:%sa,%da,%sp,%dp,%pr,%pkt,%byt,%flg,%ts,%te',
  ])
  return text.trim().split('\n').map(flowOf)
}

/** What nfcapd stores of the datagrams: its file, and what nfdump prints of it. */
export async function nfdumpText(
  datagrams: readonly Uint8Array[],
  options: readonly string[],
): Promise<{ text: string; file: Uint8Array }> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-nfcapd-'))
  const socket = createSocket('udp4')
  const port = await bound(socket)
  await new Promise<void>((resolve) => socket.close(resolve))
  const collector = spawn('nfcapd', ['-b', '127.0.0.1', '-p', String(port), '-w', folder, '-t', '3600'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const sender = createSocket('udp4')
  try {
    let said = ''
    const ready = new Promise<void>((resolve, reject) => {
      for (const stream of [collector.stdout, collector.stderr]) {
        stream.on('data', (text: Buffer) => {
          said += text.toString()
          if (said.includes('Startup')) resolve()
        })
      }
      collector.once('exit', () => reject(new Error(`nfcapd ended: ${said}`)))
    })
    await ready
    for (const bytes of datagrams) {
      await new Promise<void>((resolve, reject) =>
        sender.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve())),
      )
      await wait(1)
    }
    // It reads one datagram at a time and looks at the signal in between.
    await wait(200)
    collector.removeAllListeners('exit')
    collector.kill('SIGTERM')
    await once(collector, 'exit')
    const file = readdirSync(folder).find((name) => name.startsWith('nfcapd.'))
    const path = join(folder, file as string)
    const { stdout } = await run('nfdump', ['-r', path, ...options], { env })
    return { text: stdout, file: readFileSync(path) }
  } finally {
    sender.close()
    collector.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

function flowOf(line: string): PlainFlow {
  const [
    source = '',
    destination = '',
    sourcePort = '',
    destinationPort = '',
    protocol,
    packets,
    bytes,
    flags = '',
    start,
    end,
  ] = line.split(',').map((cell) => cell.trim())
  // Of ICMP, type.code stands where the port does.
  const icmp = /^(\d+)\.(\d+)$/.exec(destinationPort)
  return {
    source,
    destination,
    sourcePort: Number(sourcePort),
    destinationPort: icmp ? Number(icmp[1]) * 256 + Number(icmp[2]) : Number(destinationPort),
    protocol: Number(protocol),
    packets: Number(packets),
    bytes: Number(bytes),
    flags: flags.split('').reduce((sum, letter, i) => sum + (letter === '.' ? 0 : 2 ** (flags.length - 1 - i)), 0),
    startMs: Date.parse(`${start}Z`),
    endMs: Date.parse(`${end}Z`),
  }
}

async function bound(socket: Socket): Promise<number> {
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket.address().port
}
