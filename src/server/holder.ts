/** Which Weir answers for a data folder: said by a running server, read by commands that are given a folder it holds. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileOf = (dataDir: string) => join(dataDir, 'http.json')
const tokenFileOf = (dataDir: string) => join(dataDir, 'token')

/**
 * Says in the folder where this process answers, and by which token it knows those who may read the folder: only its owner
 * can read that. Where the disk is full it stays unsaid.
 */
export function announce(dataDir: string, http: string, token: string): void {
  withdraw(dataDir)
  try {
    writeFileSync(tokenFileOf(dataDir), token, { mode: 0o600, flag: 'wx' })
    writeFileSync(fileOf(dataDir), `${JSON.stringify({ pid: process.pid, http })}\n`)
  } catch {
    withdraw(dataDir)
  }
}

/** This process answers no more. */
export function withdraw(dataDir: string): void {
  for (const file of [fileOf(dataDir), tokenFileOf(dataDir)]) rmSync(file, { force: true })
}

/** The token of the Weir that holds the folder; null where it cannot be read. */
export function tokenOfHolder(dataDir: string): string | null {
  try {
    return readFileSync(tokenFileOf(dataDir), 'utf8')
  } catch {
    return null
  }
}

/** Where the Weir that holds the folder answers (`http://HOST:PORT`); null where none says so, or none that is alive. */
export function httpOfHolder(dataDir: string): string | null {
  try {
    const { pid, http } = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as { pid: number; http: string }
    process.kill(pid, 0)
    // An address that means "all" is reached by loopback.
    return http.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
  } catch {
    return null
  }
}
