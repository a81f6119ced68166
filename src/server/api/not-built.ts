import { WeirError } from '../../shared/api/errors.ts'
import type { Route } from './route.ts'

/** Calls of the contract that this Weir does not have yet, and what does the work meanwhile. */
const NOT_BUILT = [
  { method: 'POST', url: '/api/import', instead: 'stop Weir and run: weir import FILE --data DIR' },
] as const

export const notBuilt: Route = (app) => {
  for (const { method, url, instead } of NOT_BUILT) {
    app.route({
      method,
      url,
      // Refused before the body is read, whatever its type.
      onRequest: () => {
        throw new WeirError('notAvailable', `${method} ${url} is not built yet; ${instead}`)
      },
      handler: () => undefined,
    })
  }
}
