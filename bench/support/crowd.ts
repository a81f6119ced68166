/** Several people who look at dashboards of several panels each, while flows arrive. */
import { send } from '../end-to-end.ts'
import type { BodyOf } from '../../src/shared/api/contract.ts'
import type { Server } from './server.ts'
import { Times } from './timing.ts'

export interface Crowd {
  readonly people: number
  readonly panels: readonly BodyOf<'query'>[]
  readonly everyMs: number
  readonly seconds: number
  readonly flowsPerSecond: number
}

export interface Seen {
  readonly times: Times
  readonly questions: number
  readonly lost: number
}

export async function crowd(
  server: Server,
  { people, panels, everyMs, seconds, flowsPerSecond }: Crowd,
): Promise<Seen> {
  const took: number[] = []
  const before = (await server.call('health')).store.flows
  let sending = true
  const refresh = async (first: number) => {
    await new Promise((resolve) => setTimeout(resolve, first))
    while (sending) {
      const next = performance.now() + everyMs
      await Promise.all(
        panels.map(async (panel) => {
          const began = performance.now()
          await server.call('query', panel)
          took.push(performance.now() - began)
        }),
      )
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())))
    }
  }
  const readers = Array.from({ length: people }, (_, i) => refresh((i * everyMs) / people))
  const truth = await send(server.udpPort, flowsPerSecond, seconds)
  sending = false
  await Promise.all(readers)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const { store } = await server.call('health')
  return { times: new Times(took), questions: took.length, lost: truth.flows - (store.flows - before) }
}
