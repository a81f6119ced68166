import { WeirError } from '../../../shared/api/errors.ts'

/** Why an address cannot be listened on, and what to do. */
export function explainListener(url: string, port: number, error: NodeJS.ErrnoException): WeirError {
  const other = port === 0 ? url : url.replace(/:\d+\/?$/, `:${port < 60_000 ? port + 10_000 : port - 10_000}`)
  if (error.code === 'EADDRINUSE') {
    return new WeirError(
      'portTaken',
      `listener ${url}: address in use; another collector is running, or choose --listen ${other}`,
      { url },
    )
  }
  if (error.code === 'EACCES') {
    return new WeirError(
      'failed',
      `listener ${url}: not permitted to listen below port 1024; choose --listen ${other}`,
      { url },
    )
  }
  if (error.code === 'EADDRNOTAVAIL') {
    return new WeirError(
      'badOption',
      `listener ${url}: this machine has no such address; choose one of its own, or --listen ${url.replace(/:.*/, '')}://0.0.0.0:${port}`,
      { url },
    )
  }
  return new WeirError('failed', `listener ${url}: ${error.message}`, { url })
}
