/**
 * Who asks: the address that a request comes from, known wherever something is done for it, on both sides of a call
 * between threads. Questions of one client take turns with those of the others.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

export const client = new AsyncLocalStorage<string>()

/** `''` where nobody outside asks. */
export function clientNow(): string {
  return client.getStore() ?? ''
}
