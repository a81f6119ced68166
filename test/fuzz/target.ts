/** What the bad datagrams are sent to: the whole way up to the store, and the raw reader. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Counters } from '../../src/server/counters.ts'
import { netflowStatus } from '../../src/server/intake/decoders/netflow-status.ts'
import { ENRICHERS } from '../../src/server/intake/enrich/index.ts'
import { IpfixFramer } from '../../src/server/intake/sources/ipfix-framer.ts'
import { Session } from '../../src/server/intake/session.ts'
import { Pipeline } from '../../src/server/intake/pipeline.ts'
import { RawReader } from '../../src/server/intake/raw/raw-reader.ts'
import { encodeNetflow5 } from '../../src/server/intake/encoders/netflow5.ts'
import { encodeSflow5 } from '../../src/server/intake/encoders/sflow5.ts'
import { LIMITS } from '../support/rows.ts'
import type { Stream } from './mutate.ts'
import { SENT_MS, SENT_S, ip4, set, template, u32, version10, version9 } from '../support/wire.ts'

/** Addresses that bad datagrams come from; more are named by sFlow's agents. */
const ADDRESSES = 4
/** The one whose datagrams are good. */
const GOOD = '203.0.113.9'
/** What the heap may grow by after it has been warmed up. */
const MOST_GROWTH = 64 * 1024 * 1024
/** The raw reader makes objects of everything: every so many. */
const RAW_EVERY = 16

const LONGEST_MESSAGE = 65_535

const collectGarbage = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

export class Target {
  readonly counters = new Counters()
  private readonly pipeline: Pipeline
  private raw = false
  private fault: unknown
  private heap = 0

  constructor() {
    const reader = new RawReader(() => {})
    this.pipeline = new Pipeline({
      counters: this.counters,
      limits: LIMITS,
      settings: {},
      enrichers: ENRICHERS,
      tap: {
        datagram: (...told) => {
          if (this.raw) reader.datagram(...told)
        },
        dataSet: (...told) => {
          if (this.raw) reader.dataSet(...told)
        },
      },
      onRefused: (_address, loss, _bytes, fault) => {
        if (loss === 'decode.fault') this.fault = fault
      },
      sink: {
        take(batch) {
          batch.clear()
          return batch
        },
      },
    })
    // It is known before the others take up all room.
    this.checkGood()
  }

  /** Takes the n-th input in. Throws what a decoder threw. */
  receive(bytes: Uint8Array, n: number): void {
    this.raw = n % RAW_EVERY === 0
    this.pipeline.receive(bytes, `192.0.2.${n % ADDRESSES}`, SENT_MS + (n >> 5), 2055)
    this.rethrow()
  }

  /** Takes a stream in, as a connection that ends after it. */
  receiveStream({ bytes, slices }: Stream, n: number): void {
    const framer = new IpfixFramer()
    const session = new Session(40_000, true)
    let [at, taken] = [0, 0]
    for (const length of slices) {
      const whole = framer.push(bytes.subarray(at, (at += length)), (message) => {
        taken += message.length
        this.pipeline.receive(message, `192.0.2.${n % ADDRESSES}`, SENT_MS + (n >> 5), session.port, session)
      })
      if (!whole) break
      if (framer.waiting > LONGEST_MESSAGE) throw new Error(`${framer.waiting} bytes of one message wait`)
      if (taken + framer.waiting !== at)
        throw new Error(`of ${at} bytes, ${taken} were read and ${framer.waiting} wait`)
    }
    this.pipeline.end(session)
    this.rethrow()
  }

  /** Throws where more is kept than may be, or a good datagram is not read. */
  check(): void {
    this.checkGood()
    this.checkBounds()
    this.checkHeap()
  }

  private checkGood(): void {
    const before = this.counters.get('flows')
    const record = [...ip4('10.0.0.1'), ...u32(3)]
    for (const bytes of [
      version9([set(0, template(256, [8, 4], [2, 4])), set(256, record)]),
      version10([set(2, template(256, [8, 4], [2, 4])), set(256, record)]),
      encodeNetflow5(
        {
          seconds: SENT_S,
          nanoseconds: 0,
          uptimeMs: 1000,
          sequence: 0,
          engineType: 0,
          engineId: 0,
          samplingMode: 0,
          samplingInterval: 0,
        },
        [
          {
            source: 1,
            destination: 2,
            nextHop: 0,
            input: 1,
            output: 2,
            packets: 1,
            bytes: 40,
            firstMs: 0,
            lastMs: 1,
            sourcePort: 1,
            destinationPort: 2,
            tcpFlags: 0,
            protocol: 6,
            tos: 0,
            sourceAs: 0,
            destinationAs: 0,
            sourceMask: 0,
            destinationMask: 0,
          },
        ],
      ),
      encodeSflow5({ agent: Uint8Array.from(ip4(GOOD)), subAgent: 0, sequence: 1, uptimeMs: 1 }, [
        {
          sequence: 1,
          sourceId: 1,
          rate: 1,
          pool: 1,
          drops: 0,
          input: 1,
          output: 2,
          frameLength: 64,
          stripped: 4,
          header: new Uint8Array(60),
        },
      ]),
    ])
      this.pipeline.receive(bytes, GOOD, SENT_MS, 2055)
    const flows = this.counters.get('flows') - before
    if (flows !== 4) throw new Error(`of 4 good datagrams, ${flows} were read`)
  }

  private rethrow(): void {
    if (this.fault) throw new Error('a decoder threw', { cause: this.fault })
  }

  private checkBounds(): void {
    if (this.counters.get('waitingSets') > LIMITS.waitingSets) throw new Error('too many sets wait')
    let exporters = 0
    for (const exporter of this.pipeline.exporters) {
      exporters++
      const { templates } = netflowStatus(exporter)
      if (templates.length > LIMITS.templatesPerExporter) throw new Error('too many templates')
      if (exporter.unknownElements.size > 1000) throw new Error('too many unknown elements')
    }
    if (exporters > LIMITS.exporters) throw new Error('too many exporters')
  }

  /** The first call is the measure for the others: by then all that is made once was made. */
  private checkHeap(): void {
    collectGarbage()
    const now = getHeapStatistics().used_heap_size + process.memoryUsage().external
    if (this.heap === 0) this.heap = now
    else if (now - this.heap > MOST_GROWTH)
      throw new Error(`memory grew by ${Math.round((now - this.heap) / 1048576)} MiB`)
  }
}
