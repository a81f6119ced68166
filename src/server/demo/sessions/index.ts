/** How routers report, by protocol. */
import type { Router } from '../network.ts'
import { Netflow5Session } from './netflow5-session.ts'
import type { Session } from './session.ts'
import { Sflow5Session } from './sflow5-session.ts'
import { TemplateSession } from './template-session.ts'

/** A session of a router whose traffic begins at `startMs`. */
export function openSession(router: Router, startMs: number): Session {
  switch (router.protocol) {
    case 'netflow5':
      return new Netflow5Session(router, startMs)
    case 'netflow9':
    case 'ipfix':
      return new TemplateSession(router, router.protocol, startMs)
    case 'sflow5':
      return new Sflow5Session(router, startMs)
  }
}
