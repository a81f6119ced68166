import { SIDES } from '../../../shared/schema/codes.ts'
import { servicesOf } from '../../registry/services.ts'
import { isValid, setValid } from '../batch.ts'
import { bytesOf, maskOf, slot, words16Of, words32Of } from '../slots.ts'
import type { Enricher } from './enricher.ts'

/** The name registered for the server's port; also where it is not known who is the server, but both have the same port. */
export const service: Enricher = {
  name: 'service',
  known: 'serviceKnown',
  run(batch, from, to) {
    const protocols = bytesOf(batch, PROTO)
    const protocolMask = maskOf(batch, PROTO)
    const sourcePorts = words16Of(batch, SRC_PORT)
    const sourcePortMask = maskOf(batch, SRC_PORT)
    const destinationPorts = words16Of(batch, DST_PORT)
    const destinationPortMask = maskOf(batch, DST_PORT)
    const sides = bytesOf(batch, INITIATOR)
    const sideMask = maskOf(batch, INITIATOR)
    const services = words32Of(batch, SERVICE)
    const serviceMask = maskOf(batch, SERVICE)

    let known = 0
    for (let row = from; row < to; row++) {
      if (!isValid(destinationPortMask, row) || !isValid(sourcePortMask, row) || !isValid(protocolMask, row)) continue
      const registered = REGISTERED[protocols[row] as number]
      if (!registered) continue
      const source = sourcePorts[row] as number
      const destination = destinationPorts[row] as number
      let port = destination
      if (isValid(sideMask, row)) {
        if (sides[row] === DST) port = source
      } else if (source !== destination) continue
      const key = registered[port] as number
      if (key === 0) continue
      known++
      services[row] = key
      setValid(serviceMask, row)
    }
    return known
  },
}

const PROTO = slot('proto')
const SRC_PORT = slot('src.port')
const DST_PORT = slot('dst.port')
const INITIATOR = slot('initiator')
const SERVICE = slot('service')
const DST = SIDES.indexOf('dst')

/** Registered services by protocol number; UDP-Lite shares UDP's (RFC 3828 §6). */
const REGISTERED: readonly (Uint32Array | null)[] = Array.from({ length: 256 }, (_, protocol) =>
  servicesOf(protocol === 136 ? 17 : protocol),
)
