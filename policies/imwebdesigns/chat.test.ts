import { test } from 'node:test'
import { denied, permitted, type Question } from '../../tests/asking.ts'
import { everyPurpose } from './vocabulary.ts'

const talk: Question = { action: 'use', context: 'chat', field: 'chatText', purpose: 'support' }

test('use.chat: text and metadata serve support and improvement', () => {
  permitted(talk, 'chat.use')
  permitted({ ...talk, field: 'chatMetadata', purpose: 'improveServices' }, 'chat.use')
})

test('use.chat: every other purpose but the three of law is denied', () => {
  const open = ['support', 'improveServices', 'legalDuty', 'rightsRequests', 'protection']
  for (const purpose of everyPurpose.filter((each) => !open.includes(each))) {
    denied({ ...talk, purpose }, 'chat.purposes')
  }
})

test('context.chat: a chat is collected with its source, text and metadata each for itself', () => {
  permitted({ ...talk, action: 'collect' }, 'chat.collect')
  permitted({ ...talk, action: 'collect', field: 'chatMetadata', facts: { source: 'system' } }, 'chat.collect')
  denied({ ...talk, action: 'collect', facts: { source: 'agency' } }, null)
})
