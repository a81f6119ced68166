import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { CONFIG } from '../../src/server/config/schema.ts'
import { CLOUDS } from '../../src/web/pages/get-data/cloud-lines.ts'

describe('lines for clouds on Get data', () => {
  for (const [name, lines] of Object.entries(CLOUDS)) {
    if (name === 'files') continue
    it(`of ${name} are a configuration that Weir takes`, () => {
      assert.equal(CONFIG.parse(parse(lines)).sources.length, 1)
    })
  }
})
