/** What exporters have told outlives the process: pipelines one after the other over one file. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { Exporter } from '../../../../src/server/intake/exporter.ts'
import { StateFile } from '../../../../src/server/intake/state/state-file.ts'
import { entriesOf, remember } from '../../../../src/server/intake/state/remembered.ts'
import { FORMAT, lineOf, readEntries } from '../../../../src/server/intake/state/entry.ts'
import { netflowStatus } from '../../../../src/server/intake/decoders/netflow-status.ts'
import { until } from '../../../support/server.ts'
import { collect } from '../../../support/rows.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { SENT_MS, ip4, options9, set, template, u16, u32, version10, version9 } from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'
const DAY_MS = 86_400_000

/** A pipeline that remembers in `file`; `now` is when it starts. */
async function start(file: string, now = SENT_MS) {
  const log: string[] = []
  const stateFile = new StateFile(file, (level, message) => log.push(`${level} ${message}`))
  const { pipeline, counters, flush } = collect({ notes: stateFile })
  remember(pipeline.exporters, await stateFile.read(), now)
  stateFile.start(() => entriesOf(pipeline.exporters))
  return {
    stateFile,
    pipeline,
    counters,
    log,
    send: (bytes: Uint8Array) => pipeline.receive(bytes, ROUTER, now),
    exporter: () => [...pipeline.exporters][0] as Exporter,
    sources: () => flush().map((row) => [row['src.ip'], row['sampling.rate']]),
  }
}

const DATA9 = version9([set(256, ip4('10.0.0.9'))])
const DATA10 = version10([set(256, ip4('10.0.0.10'))])

test('templates, rates and the exporter itself are as they were', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const before = await start(file)
  before.send(version9([set(0, template(256, [8, 4])), set(1, options9(300, [[1, 4]], [[34, 4]]))]))
  before.send(version9([set(300, u32(0), u32(100))]))
  before.send(version10([set(2, template(256, [8, 4])), set(2, template(257, [12, 4], [99, 4, 4242]))]))
  // Counts begin anew.
  const told = (exporter: Exporter) => {
    const { templates, sampling } = netflowStatus(exporter)
    return { templates: templates.map((one) => ({ ...one, records: 0 })), sampling }
  }
  const whatWasTold = told(before.exporter())
  await before.stateFile.stop()

  const after = await start(file, SENT_MS + DAY_MS)
  assert.equal(after.exporter().firstSeenMs, SENT_MS)
  assert.equal(after.exporter().lastSeenMs, SENT_MS)
  assert.deepEqual([...after.exporter().protocols], ['netflow9', 'ipfix'])
  assert.deepEqual(told(after.exporter()), whatWasTold)
  after.send(DATA9)
  after.send(DATA10)
  assert.deepEqual(after.sources(), [
    ['10.0.0.9', 100],
    ['10.0.0.10', undefined],
  ])
  assert.deepEqual(after.log, [])
  await after.stateFile.stop()
})

test('what was withdrawn or is of another form now is not remembered as it was', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const first = await start(file)
  first.send(version10([set(2, template(256, [8, 4]), template(257, [8, 4]))]))
  await first.stateFile.stop()
  const second = await start(file)
  second.send(version10([set(2, template(256, [12, 4]), [...u16(257), ...u16(0)])]))
  await second.stateFile.stop()
  const third = await start(file)
  third.send(version10([set(256, ip4('10.0.0.1'))]))
  assert.deepEqual(third.sources(), [[undefined, undefined]])
  assert.deepEqual(
    netflowStatus(third.exporter()).templates.map(({ id }) => id),
    [256],
  )
  await third.stateFile.stop()
})

test('changes are in the file within a second, without a stop', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const { stateFile, send } = await start(file)
  await until('the file is there', () => existsSync(file))
  send(version9([set(0, template(256, [8, 4]))]))
  await until('the template is in it', () => readFileSync(file, 'utf8').includes('"template"'), 5)
  assert.equal(readEntries(readFileSync(file, 'utf8')).problem, null)
  await stateFile.stop()
})

test('nothing is written before the folder is ours', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  writeFileSync(file, 'x\n')
  const stateFile = new StateFile(file, () => undefined)
  await stateFile.read()
  stateFile.note(['shared', ROUTER])
  await stateFile.stop()
  assert.equal(readFileSync(file, 'utf8'), 'x\n')
})

test('a damaged file is named and set aside, and the start goes on with what can be read', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const before = await start(file)
  before.send(version9([set(0, template(256, [8, 4]))]))
  await before.stateFile.stop()
  const damaged = `${readFileSync(file, 'utf8')}no line of ours\n`
  writeFileSync(file, damaged)
  const after = await start(file)
  assert.match(after.log.join(), /^error .*exporters\.state is damaged at line 4: .*exporters\.state\.damaged$/)
  after.send(DATA9)
  assert.deepEqual(after.sources(), [['10.0.0.9', undefined]])
  await after.stateFile.stop()
  assert.equal(readFileSync(`${file}.damaged`, 'utf8'), damaged)
  assert.equal(readEntries(readFileSync(file, 'utf8')).problem, null)
})

test('a file of a newer format is refused by name, kept, and the start goes on without', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const newer = lineOf(['format', FORMAT + 1])
  writeFileSync(file, newer)
  const { stateFile, log } = await start(file)
  assert.match(log.join(), /^error .*exporters\.state is of format 2, and this Weir reads format 1: .*format-2/)
  await stateFile.stop()
  assert.equal(readFileSync(`${file}.format-2`, 'utf8'), newer)
  assert.equal(readFileSync(file, 'utf8'), lineOf(['format', FORMAT]))
})

test('an exporter that was not heard of for a month is not remembered', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const before = await start(file)
  before.send(version9([set(0, template(256, [8, 4]))]))
  await before.stateFile.stop()
  const after = await start(file, SENT_MS + 31 * DAY_MS)
  assert.deepEqual([...after.pipeline.exporters], [])
  await after.stateFile.stop()
})

test('entries that cannot be true, with a right sum, do no harm', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const of = [ROUTER, 0, 'ipfix', 1] as const
  writeFileSync(
    file,
    [
      lineOf(['format', FORMAT]),
      lineOf(['exporter', ROUTER, 0, SENT_MS, 'ipfix,smoke']),
      lineOf(['exporter', 'nobody', 0, SENT_MS, '']),
      lineOf(['template', ...of, 256, -1, 1, '', 0]),
      lineOf(['template', ...of, 257, 9, 1, 'AAgABA==', 0]),
      lineOf(['template', ...of, 258, -1, 1, 'AAgAAA==', 0]),
      lineOf(['template', ROUTER, 0, 'carrier', 1, 256, -1, 1, 'AAgABA==', 0]),
      lineOf(['rate', ...of, 'whim', 1, 10]),
      lineOf(['rate', ...of, 'sampler', 1, -10]),
      lineOf(['name', ROUTER, 'nickname', 1, 'x', '']),
    ].join(''),
  )
  const { stateFile, log, exporter } = await start(file)
  assert.deepEqual([log, netflowStatus(exporter())], [[], { templates: [], sampling: [] }])
  await stateFile.stop()
})

test('where it cannot be written it says why, and the exporters are served', async (t) => {
  const file = join(temporaryFolder(t), 'missing', 'exporters.state')
  const { stateFile, log, send, sources } = await start(file)
  await until('it has tried', () => stateFile.problem !== null)
  assert.match(log.join(), /^error .*cannot be written: ENOENT/)
  send(version9([set(0, template(256, [8, 4]))]))
  send(DATA9)
  assert.equal(sources().length, 1)
  await stateFile.stop()
})

test('exporters behind one address are still told apart after a restart', async (t) => {
  const file = join(temporaryFolder(t), 'exporters.state')
  const send = (
    { pipeline }: Awaited<ReturnType<typeof start>>,
    port: number,
    n: number,
    ...sets: (readonly number[])[]
  ) => pipeline.receive(version9(sets, { sequence: port * 100_000 + n }), ROUTER, SENT_MS, port)
  const before = await start(file)
  send(before, 1, 0, set(0, template(256, [8, 4])))
  send(before, 2, 0, set(0, template(256, [12, 4])))
  send(before, 1, 1, set(256, ip4('10.0.0.1')))
  assert.deepEqual(before.exporter().netflow.ports, [1, 2])
  await before.stateFile.stop()

  const after = await start(file)
  assert.deepEqual(after.exporter().netflow.ports, [1, 2])
  send(after, 1, 2, set(256, ip4('10.0.0.1')))
  send(after, 2, 1, set(256, ip4('10.0.0.2')))
  assert.deepEqual(after.sources(), [
    ['10.0.0.1', undefined],
    [undefined, undefined],
  ])
  await after.stateFile.stop()
})
