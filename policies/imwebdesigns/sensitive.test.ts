import { test } from 'node:test'
import { denied, permitted, type Question } from '../../tests/asking.ts'

const health: Question = { action: 'use', context: 'customerContent', field: 'healthNote', purpose: 'provideServices' }
const words: Question = { action: 'collect', context: 'chat', field: 'chatText', purpose: 'support' }
const found = (facts: Readonly<Record<string, string | undefined>>): Question => ({
  ...words,
  facts: { sensitiveContent: 'yes', ...facts },
})

test('purpose.sensitive: it serves the service the person asked for, and no improvement', () => {
  permitted(health, 'customer-content.use')
  denied({ ...health, facts: { requested: 'no' } }, 'sensitive.unrequested')
  denied({ ...health, purpose: 'improveServices' }, 'sensitive.purposes')
})

test('purpose.sensitive: the flag decides, not the category', () => {
  const place: Question = { action: 'use', context: 'social', field: 'city', purpose: 'tailorContent' }
  permitted(place, 'social.use')
  denied({ ...place, field: 'preciseLocation' }, 'sensitive.purposes')
  denied({ ...place, facts: { sensitiveContent: 'yes' } }, 'sensitive.purposes')
})

test('purpose.sensitive: what has not been looked through is treated as sensitive', () => {
  denied(
    {
      action: 'use',
      context: 'chat',
      field: 'chatText',
      purpose: 'improveServices',
      facts: { sensitiveContent: undefined },
    },
    'sensitive.purposes',
  )
})

test('purpose.sensitive: a request to limit leaves the service and its security, and ends the rest (K6)', () => {
  const limited = { limitSensitive: 'yes' }
  const account: Question = { action: 'use', context: 'products', field: 'passwordHash', purpose: 'runAccounts' }
  permitted({ ...account, facts: limited }, 'products.serve')
  permitted({ ...account, purpose: 'preventFraud', facts: limited }, 'products.serve')
  permitted({ ...account, purpose: 'audit' }, 'products.serve')
  denied({ ...account, purpose: 'audit', facts: limited }, 'sensitive.limited')
})

test('sensitive.avoid: it is refused at the door without a requirement on file', () => {
  denied({ ...health, action: 'collect', facts: { warned: 'yes' } }, 'sensitive.not-required')
  permitted(
    { ...health, action: 'collect', facts: { warned: 'yes', requirement: 'onFile' } },
    'customer-content.collect',
  )
})

test('sensitive.avoid: people are warned before they send it, in free text too', () => {
  denied(found({ requirement: 'onFile' }), 'sensitive.unwarned')
  denied(found({ warned: 'yes' }), 'sensitive.not-required')
  permitted(found({ warned: 'yes', requirement: 'onFile' }), 'chat.collect')
})
