import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, denied, permitted, type Question } from '../../tests/asking.ts'

const visit: Question = { action: 'collect', context: 'websites', field: 'pagesViewed', purpose: 'tailorContent' }
const beacon: Question = { ...visit, facts: { source: 'beacon', region: 'california' } }

test('use.websites: what websites collect has one of their four sources', () => {
  permitted(visit, 'websites.collect')
  permitted({ ...visit, facts: { source: 'feedback' } }, 'websites.collect')
  denied({ ...visit, facts: { source: 'agency' } }, null)
})

test('use.websites: without a source nothing is collected', () => {
  denied({ ...visit, facts: { source: undefined, region: 'california' } }, null)
})

test('context.websites: websites take in no category but their own', () => {
  denied({ ...visit, field: 'companyName' }, null)
  denied({ ...visit, field: 'cardLastFour' }, 'websites.categories')
})

test('context.specific-wins: what is for an application is not decided by the rules of websites', () => {
  denied({ ...visit, field: 'curriculumVitae' }, 'websites.categories')
  denied({ ...visit, field: 'fullName', purpose: 'recruitment' }, 'websites.purposes')
})

test('tech.beacons: cookies and beacons gather five things and no sixth', () => {
  for (const field of ['ipAddress', 'browserType', 'domainName', 'visitCount', 'pagesViewed'] as const) {
    permitted({ ...beacon, field }, 'websites.collect')
  }
  denied({ ...beacon, field: 'referrer' }, 'beacons.fields')
})

test('tech.beacons: they serve user experience and functionality only', () => {
  denied({ ...beacon, purpose: 'developOfferings' }, 'beacons.purposes')
  denied({ ...beacon, purpose: 'audit' }, 'beacons.purposes')
})

test('tech.beacons: in the UK and the EEA they wait for consent, and end with it', () => {
  for (const region of ['uk', 'eea']) {
    const here = (consent: string) => ({ ...beacon, facts: { source: 'beacon', region, consent } })
    denied(here('none'), 'beacons.consent')
    denied(here('withdrawn'), 'beacons.consent')
    permitted(here('given'), 'websites.collect')
  }
})

const draft: Question = {
  action: 'collect',
  context: 'community',
  field: 'forumPost',
  purpose: 'communicationFeatures',
}
const post: Question = {
  ...draft,
  action: 'disclose',
  recipient: 'otherUsers',
  facts: { public: 'yes', warned: 'yes' },
}

test('community.public: others see a post that was made public after a warning', () => {
  permitted(post, 'community.show')
  denied({ ...post, facts: { public: 'yes', warned: 'no' } }, 'community.unwarned')
  denied({ ...post, facts: { public: 'no', warned: 'yes' } }, 'community.unwarned')
})

test('community.public: the person is owed a warning before the post is taken', () => {
  denied(draft, null)
  assert.deepEqual(ask({ ...draft, facts: { warned: 'yes' } }), {
    kind: 'permit',
    rule: 'community.collect',
    obligations: ['warn'],
  })
})

test('community.public: others see what was posted, and not who the person is', () => {
  permitted({ ...post, field: 'username' }, 'community.show')
  denied({ ...post, field: 'emailAddress' }, null)
})

test('community.public: public chat rooms are public, and private chat is not', () => {
  permitted({ ...post, context: 'publicChatRooms', field: 'publicChatText' }, 'community.show')
  denied({ ...post, context: 'chat', field: 'chatText' }, 'chat.purposes')
})
