/**
 * Every error that Weir answers or prints, by code. `docs/reference/errors.md` is generated from this table.
 */
export const ERRORS = {
  badRequest: {
    status: 400,
    meaning: 'The request is not of the form that this call takes; `detail` names the field, the value and what fits.',
  },
  badFilter: { status: 400, meaning: 'The filter cannot be read; `detail.from` and `detail.to` say where.' },
  badCursor: {
    status: 400,
    meaning: 'The cursor was not given out by this server for this question; start again without one.',
  },
  tooLarge: { status: 413, meaning: 'The request body is larger than this call takes.' },
  tooMany: {
    status: 400,
    meaning:
      'The question would give more cells than the limit; take a longer interval, fewer groups or a smaller limit.',
  },
  wrongType: { status: 415, meaning: 'The request body is not JSON, or its Content-Type does not say so.' },
  wrongHost: {
    status: 403,
    meaning:
      'The Host header is not a name of this server (protection against DNS rebinding); add it with `--http-name`.',
  },
  wrongOrigin: { status: 403, meaning: 'A page of another origin may not ask here.' },
  notOwner: {
    status: 403,
    meaning:
      'This call is for who can read the data folder of this server: it needs what the file `token` in it says, in the header `weir-token`.',
  },
  wrongKey: {
    status: 401,
    meaning:
      'What was pushed came without the key of its source, or with another one; compare it with `sources` in the configuration.',
  },
  notFound: { status: 404, meaning: 'No such call; GET /api/openapi.json lists them all.' },
  notAcceptable: {
    status: 406,
    meaning:
      'The Accept header asks for forms of an answer that there are not; the message lists those that there are.',
  },
  wrongMethod: { status: 405, meaning: 'This call takes another HTTP method.' },
  unreadable: { status: 422, meaning: 'What is to be imported is damaged, or not what it is said to be.' },
  importedBefore: {
    status: 409,
    meaning: 'A file of the same content was imported before; the message says when, and how to take it in again.',
  },
  badTarget: {
    status: 422,
    meaning:
      'A backup cannot go to that folder: it is no folder, cannot be written to, is full, in use or part of the data folder, or holds something else; the message says which, and what mends it.',
  },
  notAvailable: { status: 501, meaning: 'This part of the contract is not built yet.' },
  timeLimit: {
    status: 504,
    meaning: 'The question took longer than the time limit and was ended; narrow the range or the filter.',
  },
  memoryLimit: {
    status: 507,
    meaning:
      'The question needs more memory, or more temporary files, than the database may use (`store.memory`, `store.temporary`; `detail.key` says which), or than was left by the flows to be written.',
  },
  cancelled: { status: 499, meaning: 'The client went away and the question was ended in the database.' },
  storeUnavailable: { status: 503, meaning: 'The store is not answering; GET /api/health says why.' },
  internal: { status: 500, meaning: 'A fault in Weir; the log has the details.' },
  badOption: {
    exit: 2,
    meaning:
      'A command was given an option, file or configuration that it cannot use; the message says how to put it right.',
  },
  portTaken: { exit: 1, meaning: 'Another program listens on that port.' },
  dataLocked: { exit: 1, meaning: 'Another Weir holds the data folder.' },
  dataNewer: {
    exit: 1,
    meaning: 'The data folder was written by a newer Weir; start that version, or choose another folder.',
  },
  failed: { exit: 1, meaning: 'The command could not do its work; the message says why.' },
} as const satisfies Record<string, { meaning: string } & ({ status: number } | { exit: 1 | 2 })>

export type ErrorCode = keyof typeof ERRORS

/** An error that a person is told of. Its message names the thing, the value and the remedy. */
export class WeirError extends Error {
  readonly code: ErrorCode
  readonly detail: Readonly<Record<string, unknown>> | undefined

  constructor(code: ErrorCode, message: string, detail?: Readonly<Record<string, unknown>>, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'WeirError'
    this.code = code
    this.detail = detail
  }
}

/** The status of HTTP that it is answered with. */
export function statusOf(code: ErrorCode): number {
  const entry = ERRORS[code]
  return 'status' in entry ? entry.status : 500
}
