/** Certificate and key of TLS listeners: PEM files, read again when they change. */
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createSecureContext, type TlsOptions } from 'node:tls'
import { WeirError } from '../../../shared/api/errors.ts'
import type { TlsSettings } from '../../messages.ts'

/** How often the files are looked at. */
const LOOK_MS = 10_000
/** RFC 9325 §3.1.1. */
const LEAST_VERSION = 'TLSv1.2'

export class TlsFiles {
  private readonly settings: TlsSettings
  private readonly changed: (() => void)[] = []

  private readonly lookMs: number

  private constructor(settings: TlsSettings, lookMs: number) {
    this.settings = settings
    this.lookMs = lookMs
  }

  /** Throws `badOption` where a file is missing, cannot be read or does not fit the others. */
  static open(url: string, settings: TlsSettings | null, lookMs = LOOK_MS): TlsFiles {
    if (!settings)
      throw new WeirError(
        'badOption',
        `listener ${url}: TLS needs a certificate; name its files in the configuration: tls: { certificate: FILE, key: FILE }`,
      )
    const files = new TlsFiles(settings, lookMs)
    files.read()
    return files
  }

  /** What a TLS server needs of the files, as they are now. Throws `badOption`. */
  read(): TlsOptions {
    const { certificate, key, clientCa } = this.settings
    const parts: TlsOptions = {
      cert: readPem('certificate', certificate),
      key: readPem('key', key),
      minVersion: LEAST_VERSION,
      ...(clientCa === undefined
        ? {}
        : { ca: readPem('clientCa', clientCa), requestCert: true, rejectUnauthorized: true }),
    }
    try {
      createSecureContext(parts)
    } catch (error) {
      throw new WeirError(
        'badOption',
        `tls: ${certificate} and ${key}${clientCa === undefined ? '' : ` (clientCa ${clientCa})`} are no PEM certificate with its key: ${(error as Error).message}`,
      )
    }
    return parts
  }

  /** Gives what the files hold, whenever they change; where that does not fit, what was there stays in use. */
  onChange(
    url: string,
    log: (level: 'info' | 'warn', message: string) => void,
    use: (parts: TlsOptions) => void,
  ): void {
    const again = (): void => {
      try {
        use(this.read())
        log('info', `listener ${url}: the certificate was read again`)
      } catch (error) {
        log('warn', `listener ${url}: ${(error as Error).message}; the certificate of before stays in use`)
      }
    }
    for (const path of this.paths()) watchFile(path, { interval: this.lookMs }, again)
    this.changed.push(again)
  }

  close(): void {
    for (const path of this.paths()) for (const again of this.changed) unwatchFile(path, again)
  }

  private paths(): string[] {
    const { certificate, key, clientCa } = this.settings
    return clientCa === undefined ? [certificate, key] : [certificate, key, clientCa]
  }
}

function readPem(name: keyof TlsSettings, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'no such file' : code === 'EACCES' ? 'no permission to read it' : message
    throw new WeirError('badOption', `tls.${name} ${path}: ${why}`)
  }
}
