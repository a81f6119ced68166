import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { estimatedCost, pricesOf } from '../../src/shared/prices.ts'

describe('prices', () => {
  test('none are made up', () => {
    assert.equal(pricesOf(undefined), null)
    assert.equal(pricesOf({ currency: 'USD' }), null)
    assert.equal(estimatedCost(null, 'nat', 1e9), null)
    assert.equal(estimatedCost(pricesOf({ currency: 'USD', internet: 0.09 }), 'nat', 1e9), null)
  })

  test('are of 10⁹ bytes; what crosses zones is charged at both ends', () => {
    const prices = pricesOf({ currency: 'USD', crossZone: 0.01, nat: 0.5, internet: undefined })
    assert.deepEqual(prices, { currency: 'USD', perGigabyte: { crossZone: 0.01, nat: 0.5 } })
    assert.equal(estimatedCost(prices, 'nat', 3e9), 1.5)
    assert.equal(estimatedCost(prices, 'crossZone', 1e9), 0.02)
  })
})
