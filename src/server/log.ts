/** Weir's log: one line an event on stderr, JSON in a pipe, plain text on a terminal. WARN: nothing is lost. ERROR: something is, or a person is needed. */
import { pino, type Logger } from 'pino'

export type Log = Logger
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export function createLog(level: LogLevel): Log {
  const options = {
    level,
    base: null,
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return pino(
    options,
    process.stderr.isTTY
      ? { write: (line: string) => process.stderr.write(plain(line)) }
      : pino.destination({ dest: 2, sync: true }),
  )
}

/** `10:31:07 warn  message` */
function plain(line: string): string {
  const { time, level, msg, err } = JSON.parse(line) as {
    time: string
    level: string
    msg: string
    err?: { stack?: string }
  }
  return `${time.slice(11, 19)} ${level.padEnd(5)} ${msg}\n${err?.stack ? `${err.stack}\n` : ''}`
}
