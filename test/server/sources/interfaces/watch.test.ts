/** Names, security groups and addresses of network interfaces, as EC2 tells of them. */
import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { AddressOwners, placeKey } from '../../../../src/server/intake/enrich/owners.ts'
import { InterfaceBook } from '../../../../src/server/sources/interfaces/book.ts'
import { EVERY_MS, watchInterfaces } from '../../../../src/server/sources/interfaces/watch.ts'
import { parseIp } from '../../../../src/shared/schema/ip.ts'
import { denied } from '../../../support/aws/faults.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'

const { aws, skip } = await localAws()
const START = Date.UTC(2026, 10, 24, 12)

describe('network interfaces of AWS', { skip }, async () => {
  const proxy = await misbehavingProxy(aws.endpoint)
  process.env['AWS_ACCESS_KEY_ID'] = aws.credentials.accessKeyId
  process.env['AWS_SECRET_ACCESS_KEY'] = aws.credentials.secretAccessKey
  const settings = { region: aws.region, endpoint: proxy.endpoint }

  beforeEach(async () => {
    proxy.clear()
    await aws.reset()
  })

  /** Looks as many times as there are steps between looks, and once more. */
  async function looks(book: InterfaceBook, between: readonly (() => Promise<void>)[] = []) {
    const owners = new AddressOwners()
    const said: string[] = []
    const waits: number[] = []
    const ended = new AbortController()
    const steps = [...between]
    let nowMs = START
    await watchInterfaces(
      [settings, settings],
      {
        book,
        owners,
        now: () => nowMs,
        log: (_, message) => said.push(message),
        async wait(ms) {
          waits.push(ms)
          nowMs += ms
          const step = steps.shift()
          if (step) await step()
          else ended.abort()
        },
      },
      ended.signal,
    )
    return { owners, said, waits }
  }

  it('are known by name, group and network; their addresses are theirs', async () => {
    const { id, vpc, subnet, group } = await aws.make.networkInterface({
      address: '10.0.1.11',
      name: 'web-1',
      group: 'web',
      description: 'front',
    })
    const book = new InterfaceBook()
    const { owners, said, waits } = await looks(book)
    assert.deepEqual(said, [])
    assert.deepEqual(waits, [EVERY_MS], 'two sources of one account and region ask once')
    const found = book.at(START).find((each) => each.id === id)
    assert.equal(found?.name, 'web-1')
    assert.equal(found?.description, 'front')
    assert.deepEqual([found?.vpc, found?.subnet, found?.account], [vpc, subnet, '123456789012'])
    assert.deepEqual(found?.groups, [{ id: group, name: 'web' }])
    assert.ok(found?.addresses.includes('10.0.1.11'))
    const [owner] = owners.of(placeKey(vpc, parseIp('10.0.1.11') as bigint)) ?? []
    assert.deepEqual(owner?.values.slice(0, 4), [id, '', subnet, vpc])
  })

  it('of last week have the names of last week, over a restart too', async () => {
    const { id } = await aws.make.networkInterface({ address: '10.0.1.11', name: 'blue', group: 'web' })
    const book = new InterfaceBook()
    await looks(book, [async () => {}, () => aws.make.nameOf(id, 'green')])
    const again = new InterfaceBook()
    again.load(JSON.parse(JSON.stringify(book.saved())))
    const nameAt = (atMs: number) => again.at(atMs).find((each) => each.id === id)?.name
    assert.equal(nameAt(START - 86_400_000), 'blue', 'before it was first heard of')
    assert.equal(nameAt(START + EVERY_MS), 'blue')
    assert.equal(nameAt(START + 2 * EVERY_MS), 'green')
  })

  it('are done without where they may not be asked for, and the log says what is missing', async () => {
    proxy.when('DescribeNetworkInterfaces', denied())
    const book = new InterfaceBook()
    const { said, waits } = await looks(book, [async () => {}])
    assert.equal(said.length, 1, 'once')
    assert.match(said[0] as string, /ec2:DescribeNetworkInterfaces/)
    assert.equal(waits.length, 2)
    assert.deepEqual(book.at(START), [])
  })
})

describe('a book of interfaces', () => {
  it('leaves out what is not as it writes it', () => {
    const book = new InterfaceBook()
    book.load([null, 7, { id: 'eni-1' }])
    book.load('no')
    assert.deepEqual(book.at(START), [])
  })
})
