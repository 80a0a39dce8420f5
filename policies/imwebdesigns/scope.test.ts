import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '@avow/core/policy/document'
import { ask, askJoined, denied, permitted, type Question } from '../../tests/asking.ts'
import { policy } from './policy.ts'

const mail: Question = { action: 'use', context: 'websites', field: 'emailAddress', purpose: 'newsletters' }
const asked = { consent: 'given' }

test('scope.company: the policy names its company, and its six actions are all that is decided', () => {
  assert.equal(policy.controller.name, 'IM Web Designs Ltd.')
  assert.deepEqual([...actions].sort(), ['collect', 'disclose', 'process', 'store', 'transfer', 'use'])
})

test('scope.tailored: the same field for the same purpose is decided by where it came from', () => {
  permitted({ ...mail, facts: asked }, 'websites.engage')
  denied({ ...mail, context: 'products', facts: asked }, 'products.purposes')
  denied({ ...mail, context: 'applicants', facts: asked }, 'applicants.purposes')
})

test('other.combined: a combination is permitted only where each of its parts is', () => {
  const figure: Question = { ...mail, field: 'communicationPreference', facts: asked }
  assert.equal(askJoined({ ...mail, facts: asked }, figure).kind, 'permit')
  const joined = askJoined(figure, { ...mail, context: 'chat', facts: asked })
  assert.deepEqual(joined, ask({ ...mail, context: 'chat', facts: asked }))
})

test('other.nonpersonal: what leaves as nobody’s was de-identified first, and goes to no one else', () => {
  const group: Question = {
    action: 'disclose',
    context: 'websites',
    field: 'aggregateFigure',
    purpose: 'targetedAdvertising',
  }
  const facts = { identifiability: 'aggregated' }
  const decision = ask({ ...group, recipient: 'campaignProvider', facts })
  assert.deepEqual(decision.kind === 'permit' && decision.obligations, ['deidentify'])
  denied({ ...group, recipient: 'behaviouralAdvertiser', facts }, 'behaviouralAdvertiser.purposes')
})
