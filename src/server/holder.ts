/** Which Weir answers for a data folder: said by a running server, read by commands that are given a folder it holds. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileOf = (dataDir: string) => join(dataDir, 'http.json')

/** Says in the folder where this process answers. Where the disk is full it stays unsaid. */
export function announce(dataDir: string, http: string): void {
  try {
    writeFileSync(fileOf(dataDir), `${JSON.stringify({ pid: process.pid, http })}\n`)
  } catch {
    withdraw(dataDir)
  }
}

/** This process answers no more. */
export function withdraw(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true })
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
