import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { azureContainer, type AzureContainer } from '../../../support/azure-container.ts'
import { runSource, SourceClock, type RunningSource } from '../../../support/source.ts'
import { totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const BLOB = 'flowLogResourceID=/A&B_NETWORKWATCHERRG/y=2026/m=11/d=24/h=12/m=00/macAddress=00224871C205/PT1H.json'

/** An hour's blob with those minutes: a denied flow each, of one packet and 60 bytes where it is counted. */
function blobOf(minutes: readonly number[]): string {
  const records = minutes.map((minute) => ({
    time: new Date(NOW + minute * 60_000).toISOString(),
    flowLogVersion: 4,
    macAddress: '00224871C205',
    category: 'FlowLogFlowEvent',
    operationName: 'FlowLogFlowEvent',
    flowRecords: {
      flows: [
        {
          aclID: '00000000-1234-abcd-ef00-c1c2c3c4c5c6',
          flowGroups: [
            {
              rule: 'AllowAll',
              flowTuples: [`${NOW + minute * 60_000},10.0.0.6,52.239.184.180,23956,443,6,O,E,NX,1,${10 ** minute},0,0`],
            },
          ],
        },
      ],
    },
  }))
  return JSON.stringify({ records })
}

async function start(folder: string, container: AzureContainer, sas = container.sas): Promise<RunningSource> {
  const settings = { type: 'azure', name: 'vnet', container: container.url, sas, key: 'a token of some length' }
  return runSource(join(folder, 'data'), { ...settings, from: '2026-11-24' }, { clock: new SourceClock(NOW) })
}

const bytesOf = async ({ store }: RunningSource) => (await totalsOf(store))[0]

describe('flow logs in Azure Blob Storage', () => {
  it('are taken as the blob of the hour grows, each flow once, over restarts', async (test: TestContext) => {
    const folder = temporaryFolder(test)
    const container = await azureContainer(test)
    container.put(BLOB, blobOf([1]), NOW)
    const first = await start(folder, container)
    await first.until(async () => (await bytesOf(first)) === 10)
    container.put(BLOB, blobOf([1, 2]), NOW + 60_000)
    await first.until(async () => (await bytesOf(first)) === 110)
    await first.stop()
    container.put(BLOB, blobOf([1, 2, 3]), NOW + 120_000)
    const second = await start(folder, container)
    await second.until(async () => (await bytesOf(second)) === 1110)
    assert.equal(container.reads.length, 3, 'a blob is read when it has changed')
    await second.stop()
  })

  it('of a blob whose connection broke off were taken again the next time', async (test) => {
    const container = await azureContainer(test)
    const blob = blobOf([1, 2, 3])
    container.put(BLOB, blob, NOW)
    container.breaksOffAfter = blob.length - 40
    const running = await start(temporaryFolder(test), container)
    await running.until(() => container.reads.length >= 3)
    container.breaksOffAfter = null
    await running.until(async () => Number(await bytesOf(running)) >= 1110)
    assert.equal(await bytesOf(running), 1110)
    await running.stop()
  })

  it('whose position was not saved when Weir was killed came twice', async (test) => {
    const folder = temporaryFolder(test)
    const container = await azureContainer(test)
    container.put(BLOB, blobOf([1, 2]), NOW)
    const first = await start(folder, container)
    await first.until(async () => (await bytesOf(first)) === 110)
    await first.stop()
    const begun = { savedMs: NOW, fromMs: NOW - 86_400_000, blobs: {} }
    writeFileSync(join(folder, 'data', 'sources', 'vnet.json'), JSON.stringify(begun))
    container.put(BLOB, blobOf([1, 2, 3]), NOW + 60_000)
    const second = await start(folder, container)
    await second.until(async () => (await bytesOf(second)) === 1110)
    await second.stop()
  })

  it('are found on all pages of the list', async (test) => {
    const container = await azureContainer(test)
    for (let minute = 0; minute < 5; minute++) container.put(`h=${minute}/PT1H.json`, blobOf([minute]), NOW)
    const running = await start(temporaryFolder(test), container)
    await running.until(async () => (await bytesOf(running)) === 11_111)
    await running.stop()
  })

  it('keep a record that cannot be read as one dead letter, however often its blob is read', async (test) => {
    const container = await azureContainer(test)
    const broken = (minutes: readonly number[]) => blobOf(minutes).replace('10.0.0.6', '10.0.0.600')
    container.put(BLOB, broken([1, 2]), NOW)
    const running = await start(temporaryFolder(test), container)
    await running.until(async () => (await bytesOf(running)) === 100)
    container.put(BLOB, broken([1, 2, 3]), NOW + 60_000)
    await running.until(async () => (await bytesOf(running)) === 1100)
    assert.equal(running.letters.length, 1)
    await running.stop()
  })

  it('that Azure refuses are told with its own reason and the mend, without the signature', async (test) => {
    const container = await azureContainer(test)
    const running = await start(temporaryFolder(test), container, 'sp=rl&sig=wrong')
    await running.until(() => running.source.state().state === 'failing')
    const { trouble, remedy } = running.source.state()
    assert.match(trouble ?? '', /403 AuthenticationFailed/)
    assert.match(remedy ?? '', /read and list/)
    assert.doesNotMatch([trouble, remedy, ...running.log].join(), /wrong/)
    await running.stop()
  })

  it('go on when Azure answers again', async (test) => {
    const container = await azureContainer(test)
    container.put(BLOB, blobOf([1]), NOW)
    container.refuse = { status: 503, code: 'ServerBusy' }
    const running = await start(temporaryFolder(test), container)
    await running.until(() => running.source.state().state === 'failing')
    container.refuse = null
    await running.until(async () => (await bytesOf(running)) === 10)
    await running.until(() => running.source.state().state === 'ok')
    await running.stop()
  })

  it('are told of by Event Grid, after its handshake', async (test) => {
    const running = await start(temporaryFolder(test), await azureContainer(test))
    const handshake = Buffer.from(JSON.stringify([{ data: { validationCode: '512d38b6' } }]))
    const answer = await running.source.take?.({
      body: handshake,
      headers: { 'aeg-event-type': 'SubscriptionValidation' },
    })
    assert.deepEqual(answer, { status: 200, body: '{"validationResponse":"512d38b6"}' })
    const told = Buffer.from(
      JSON.stringify([{ eventType: 'Microsoft.Storage.BlobCreated', data: { url: 'https://x' } }]),
    )
    assert.equal((await running.source.take?.({ body: told, headers: {} }))?.status, 200)
    assert.equal((await running.source.take?.({ body: Buffer.from('no'), headers: {} }))?.status, 400)
    await running.stop()
  })
})
