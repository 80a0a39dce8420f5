import { test } from 'node:test'
import { denied, permitted, type Question } from '../../tests/asking.ts'

const order: Question = { action: 'use', context: 'products', field: 'orderItem', purpose: 'processOrders' }

test('context.products: an order is collected and processed', () => {
  permitted({ ...order, action: 'collect' }, 'products.collect')
  permitted(order, 'products.serve')
})

test('use.customer-content: it runs and improves the services, and nothing else', () => {
  const file: Question = {
    action: 'use',
    context: 'customerContent',
    field: 'uploadedFile',
    purpose: 'provideServices',
  }
  permitted(file, 'customer-content.use')
  permitted({ ...file, purpose: 'improveServices' }, 'customer-content.use')
  denied({ ...file, purpose: 'developOfferings' }, 'customerContent.purposes')
  denied({ ...file, purpose: 'audit' }, 'customerContent.purposes')
  denied({ ...file, purpose: 'businessTransfer' }, 'customerContent.purposes')
})

test('use.functional-data: it informs development, and nothing else', () => {
  const usage: Question = {
    action: 'use',
    context: 'functionalData',
    field: 'featureUsage',
    purpose: 'developOfferings',
  }
  permitted(usage, 'functional-data.use')
  denied({ ...usage, purpose: 'support' }, 'functionalData.purposes')
  denied({ ...usage, purpose: 'personalise' }, 'products.purposes')
})

test('use.support-information: it serves maintenance and support, and nothing else', () => {
  const log: Question = { action: 'use', context: 'supportInformation', field: 'serviceLog', purpose: 'support' }
  permitted(log, 'support-information.use')
  denied({ ...log, purpose: 'improveServices' }, 'supportInformation.purposes')
  denied({ ...log, purpose: 'newsletters' }, 'products.purposes')
})

test('purpose.list: a purpose that is not of products is denied', () => {
  denied({ ...order, purpose: 'surveys' }, 'products.purposes')
})

test('recipient.subsidiaries: a subsidiary may do what the company may', () => {
  permitted({ ...order, action: 'disclose', recipient: 'subsidiary' }, 'products.serve')
  denied({ ...order, action: 'disclose', recipient: 'subsidiary', purpose: 'partnerOffers' }, 'subsidiary.purposes')
})
