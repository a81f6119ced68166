/**
 * Open vSwitch's userspace switch with ports that only exist inside it: frames go in by its control socket, and what it
 * reports of them comes back over loopback. It needs no rights and touches no interface of the machine.
 */
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { drained } from './exporters.ts'
import { trafficFrames } from './traffic.ts'

const run = promisify(execFile)
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
const SCHEMA = '/usr/share/openvswitch/vswitch.ovsschema'
/** Frames in one call of its control program: a command line is not endless. */
const FRAMES_PER_CALL = 50

/** Kinds of reports, with their settings. */
export const REPORTS = {
  netflow: { table: 'NetFlow', settings: ['engine_id=1', 'engine_type=2', 'active_timeout=-1'] },
  sflow: { table: 'sFlow', settings: ['agent=lo', 'header=128', 'polling=0'] },
  ipfix: {
    table: 'IPFIX',
    settings: ['obs_domain_id=7', 'obs_point_id=9', 'cache_active_timeout=60', 'cache_max_flows=1000'],
  },
} as const

/** The datagrams that it sends of the test traffic. `sampling` is not for NetFlow; `pollingSeconds`, of counters, is for sFlow. */
export async function recordSwitch(
  report: keyof typeof REPORTS,
  sampling?: number,
  pollingSeconds = 0,
): Promise<Uint8Array[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-ovs-'))
  const database = `unix:${join(folder, 'db.sock')}`
  const inFolder = { cwd: folder, env: { ...env, OVS_RUNDIR: folder } }
  const daemon = (name: string, ...args: string[]) =>
    run(
      name,
      [
        ...args,
        `--pidfile=${folder}/${name}.pid`,
        `--unixctl=${folder}/${name}.ctl`,
        `--log-file=${folder}/${name}.log`,
        '--detach',
        '--no-chdir',
      ],
      inFolder,
    )
  const configure = (...commands: string[]) =>
    run('ovs-vsctl', [`--db=${database}`, '--timeout=10', ...commands.join(' -- ').split(' ')], inFolder)
  const control = (...args: string[]) =>
    run('ovs-appctl', ['-t', join(folder, 'ovs-vswitchd.ctl'), '--timeout=10', ...args], inFolder)

  const datagrams: Uint8Array[] = []
  const collector = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 })
  collector.on('message', (bytes) => datagrams.push(Uint8Array.from(bytes)))
  collector.bind(0, '127.0.0.1')
  await once(collector, 'listening')
  try {
    await run('ovsdb-tool', ['create', 'conf.db', SCHEMA], inFolder)
    await daemon('ovsdb-server', 'conf.db', `--remote=p${database}`)
    await configure('--no-wait init')
    await daemon('ovs-vswitchd', database, '--enable-dummy')
    const { table, settings } = REPORTS[report]
    // Only ports with a number of the system's are polled.
    const number = (name: string) => (pollingSeconds > 0 ? ` options:ifindex=100${name.slice(1)}` : '')
    const port = (name: string) => `add-port br0 ${name} -- set interface ${name} type=dummy${number(name)}`
    await configure(
      'add-br br0 -- set bridge br0 datapath_type=dummy fail-mode=standalone',
      port('p1'),
      port('p2'),
      `--id=@report create ${table} targets="127.0.0.1:${collector.address().port}" ${settings.join(' ').replace('polling=0', `polling=${pollingSeconds}`)}${sampling === undefined ? '' : ` sampling=${sampling}`}`,
      `set bridge br0 ${report}=@report`,
    )
    await run('ovs-ofctl', ['del-flows', join(folder, 'br0.mgmt')], inFolder)
    await run('ovs-ofctl', ['add-flow', join(folder, 'br0.mgmt'), 'in_port=p1,actions=output:p2'], inFolder)
    await control('time/stop')
    const frames = trafficFrames(true).map(({ frame }) => Buffer.from(frame).toString('hex'))
    for (let at = 0; at < frames.length; at += FRAMES_PER_CALL)
      await control('netdev-dummy/receive', 'p1', ...frames.slice(at, at + FRAMES_PER_CALL))
    await control('revalidator/wait')
    await control('revalidator/purge')
    await control('time/warp', '30000', '1000')
    // Without its bridge it tells of all flows that it still has.
    await configure('del-br br0')
    await drained(datagrams)
    return datagrams
  } finally {
    collector.close()
    for (const name of ['ovs-vswitchd', 'ovsdb-server']) end(join(folder, `${name}.pid`))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Ends the daemon whose number the file has; it may not have come as far as to write it. */
function end(pidFile: string): void {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8').trim()))
  } catch {
    // It is not there.
  }
}
