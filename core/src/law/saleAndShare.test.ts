import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '../policy/document.ts'
import { isSale, isShare, type SaleFacts } from './saleAndShare.ts'

const handedOver: SaleFacts = {
  action: 'disclose',
  standing: 'thirdParty',
  advertising: undefined,
  contract: 'complete',
  consideration: 'yes',
}
const others = ['sameBusiness', 'authority', 'successor', 'public'] as const

test('what is passed on to a third party for a consideration is sold, contract or no contract', () => {
  for (const contract of ['complete', 'incomplete', 'expired']) assert.ok(isSale({ ...handedOver, contract }))
  assert.ok(!isSale({ ...handedOver, consideration: 'no' }))
})

test('only passing on is a sale or sharing', () => {
  for (const action of actions) {
    const passes = action === 'disclose' || action === 'transfer'
    assert.equal(isSale({ ...handedOver, action }), passes)
    assert.equal(isShare({ ...handedOver, action, advertising: 'crossContext' }), passes)
  }
})

test('a processor is one as long as its contract is complete, else a third party', () => {
  const processor: SaleFacts = { ...handedOver, standing: 'processor' }
  assert.ok(!isSale(processor))
  assert.ok(isSale({ ...processor, contract: 'incomplete' }))
  assert.ok(isSale({ ...processor, contract: 'expired' }))
  assert.ok(!isSale({ ...processor, contract: 'expired', consideration: 'no' }))
})

test('cross-context advertising is sharing without any consideration, and no contract makes it a service', () => {
  const advertised: SaleFacts = { ...handedOver, advertising: 'crossContext', consideration: 'no' }
  assert.ok(isShare(advertised))
  assert.ok(isShare({ ...advertised, standing: 'processor' }))
  assert.ok(!isShare({ ...advertised, advertising: 'own' }))
})

test('nothing is sold or shared to the same business, an authority, a successor, the public, or to nobody', () => {
  for (const standing of [...others, undefined]) {
    const facts: SaleFacts = { ...handedOver, standing, advertising: 'crossContext', contract: 'expired' }
    assert.ok(!isSale(facts) && !isShare(facts), String(standing))
  }
})
