import { test } from 'node:test'
import { denied, permitted, type Question } from '../../tests/asking.ts'

const application: Question = { action: 'use', context: 'applicants', field: 'curriculumVitae', purpose: 'recruitment' }

test('purpose.recruitment: an application is assessed, and nothing else is done with it', () => {
  permitted(application, 'applicants.assess')
  denied({ ...application, purpose: 'newsletters' }, 'applicants.purposes')
  denied({ ...application, purpose: 'audit' }, 'applicants.purposes')
  denied({ ...application, purpose: 'businessTransfer' }, 'applicants.purposes')
})

test('purpose.recruitment: nobody is assessed by what they wrote on social media or bought', () => {
  denied({ ...application, context: 'social', field: 'hashtagPost' }, 'social.purposes')
  denied({ ...application, context: 'products', field: 'orderItem' }, 'products.purposes')
})

test('context.applicants: it comes from the person, a posting or a recruiter', () => {
  for (const source of ['person', 'jobPosting', 'recruiter']) {
    permitted({ ...application, action: 'collect', facts: { source } }, 'applicants.collect')
  }
  denied({ ...application, action: 'collect', facts: { source: 'socialPlatform' } }, null)
})

test('context.applicants: protected class is not taken in', () => {
  denied({ ...application, action: 'collect', field: 'gender' }, 'applicants.categories')
})
