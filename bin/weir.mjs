#!/usr/bin/env node
// In a checkout, builds what has changed since the last build; then runs the command line.
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

// Before anything else is loaded, for every thread: what loading leaves behind is given back soon. Idle 163 MB without, 145 MB with it.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--max-semi-space-size=2')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Weir needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(2)
}
const build = new URL('../scripts/build.mjs', import.meta.url)
if (existsSync(build)) await (await import(build.href)).buildIfChanged()
await import(new URL('../dist/server/cli/main.js', import.meta.url).href)
