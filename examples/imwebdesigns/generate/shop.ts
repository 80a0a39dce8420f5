/** Carts, orders with one holder or two, invoices, payments, returns, subscriptions, and the sites they host. */
import { otherAccountId } from './accounts.ts'
import type { AccountRows, Scene } from './chapter.ts'
import { companyCountOf, products } from './company.ts'
import { ipAddress } from './ipAddress.ts'
import { date, laterMs, timestamp } from './moment.ts'

export function writeShopping(scene: Scene, account: AccountRows): { readonly orderIds: readonly number[] } {
  const { random } = scene
  writeCart(scene, account)
  const orderIds: number[] = []
  for (const _ of random.indexes(0, 3)) orderIds.push(writeOrder(scene, account))
  for (const _ of random.indexes(0, 2)) writeSubscription(scene, account)
  return { orderIds }
}

function writeCart({ world, loader, random }: Scene, account: AccountRows): void {
  if (!random.chance(0.3)) return
  const id = random.uuid()
  loader.add('carts', {
    id,
    device_id: random.pick(account.deviceIds),
    account_id: random.chance(0.7) ? account.accountId : null,
    updated_at: timestamp(laterMs(world.asOfMs, random, account.createdMs, 1500)),
  })
  const first = random.below(products.length)
  for (const step of random.indexes(1, 3))
    loader.add('cart_items', {
      cart_id: id,
      product_id: ((first + step) % products.length) + 1,
      quantity: random.between(1, 3),
    })
}

export function writeOrder(scene: Scene, account: AccountRows, placedVia = 'web'): number {
  const { world, loader, random, person } = scene
  const id = loader.nextId('orders')
  const placedMs = laterMs(world.asOfMs, random, account.createdMs, 1800)
  const lines = Array.from({ length: random.between(1, 3) }, () => ({
    product: random.below(products.length),
    quantity: random.between(1, 2),
  }))
  const total = lines.reduce((sum, { product, quantity }) => sum + products[product]![3] * quantity, 0)
  const gift = random.chance(0.04)
  loader.add('orders', {
    id,
    number: `IM-${String(id).padStart(7, '0')}`,
    company_id: random.chance(0.15) ? random.between(1, companyCountOf(world.people)) : null,
    billing_address_id: account.addressIds[0] ?? null,
    placed_via: placedVia,
    status: random.pick(['paid', 'paid', 'paid', 'shipped', 'cancelled']),
    total: Number(total.toFixed(2)),
    currency: 'GBP',
    gift_recipient_name: gift ? `${random.pick(world.pools.names['en-GB']!.female)} of order ${id}` : null,
    gift_recipient_email: gift ? `gift.${id}@example.net` : null,
    gift_message: gift ? `With love from ${person.given}` : null,
    placed_at: timestamp(placedMs),
  })
  loader.add('order_holders', { order_id: id, account_id: account.accountId, role: 'buyer' })
  const partner = random.chance(0.07) ? otherAccountId(scene) : null
  if (partner !== null) loader.add('order_holders', { order_id: id, account_id: partner, role: 'joint buyer' })
  lines.forEach(({ product, quantity }, at) => {
    const [, , kind, price] = products[product]!
    loader.add('order_items', {
      order_id: id,
      line_no: at + 1,
      product_id: product + 1,
      quantity,
      unit_price: price,
      domain_name: kind === 'domain' ? `order-${id}-${at + 1}.example` : null,
    })
  })
  if (random.chance(0.06)) writeReturn(scene, id, placedMs)
  if (random.chance(0.3)) writeFraudCheck(scene, id, placedMs)
  writeInvoice(scene, id, account.accountId, total, placedMs)
  return id
}

function writeReturn({ world, loader, random }: Scene, orderId: number, placedMs: number): void {
  const id = loader.nextId('returns')
  loader.add('returns', {
    id,
    order_id: orderId,
    line_no: 1,
    reason: random.pick(world.pools.sentences),
    photo_path: random.chance(0.4) ? `returns/${random.uuid()}.jpg` : null,
    received_at: timestamp(laterMs(world.asOfMs, random, placedMs, 40)),
  })
  if (random.chance(0.5))
    loader.add('attachments', {
      id: loader.nextId('attachments'),
      subject_type: 'return',
      subject_id: id,
      file_name: `parcel-${id}.jpg`,
      media_type: 'image/jpeg',
      storage_path: `attachments/${random.uuid()}`,
      bytes: random.between(20_000, 900_000),
      uploaded_at: timestamp(laterMs(world.asOfMs, random, placedMs, 40)),
    })
}

function writeFraudCheck({ world, loader, random }: Scene, orderId: number, placedMs: number): void {
  loader.add('fraud_checks', {
    id: loader.nextId('fraud_checks'),
    order_id: orderId,
    ip: ipAddress(random),
    score: random.below(100),
    signals: JSON.stringify({
      velocity: random.below(9),
      proxy: random.chance(0.1),
      agent: random.pick(world.pools.words),
    }),
    checked_at: timestamp(placedMs),
  })
}

function writeInvoice(scene: Scene, orderId: number, accountId: number, total: number, placedMs: number): void {
  const { world, loader, random, person } = scene
  const id = loader.nextId('invoices')
  loader.add('invoices', {
    id,
    number: `INV-${String(id).padStart(7, '0')}`,
    order_id: orderId,
    billed_account_id: accountId,
    billed_name: person.fullName,
    billed_address: `${person.street}, ${person.postcode} ${person.city}`,
    total: Number(total.toFixed(2)),
    vat: Number((total / 6).toFixed(2)),
    currency: 'GBP',
    issued_on: date(placedMs),
  })
  if (random.chance(0.06)) return
  const card = random.chance(0.8)
  loader.add('payments', {
    id: loader.nextId('payments'),
    invoice_id: id,
    method: card ? 'card' : 'bank transfer',
    payer_name: person.fullName,
    card_brand: card ? random.pick(['visa', 'mastercard', 'amex']) : null,
    card_last4: card ? String(random.between(1000, 9999)) : null,
    processor_reference: `pay_${random.uuid().replaceAll('-', '')}`,
    amount: Number(total.toFixed(2)),
    paid_at: timestamp(laterMs(world.asOfMs, random, placedMs, 20)),
  })
}

function writeSubscription(scene: Scene, account: AccountRows): void {
  const { world, loader, random } = scene
  const id = loader.nextId('subscriptions')
  const startedMs = laterMs(world.asOfMs, random, account.createdMs, 900)
  const cancelled = random.chance(0.25)
  loader.add('subscriptions', {
    id,
    account_id: account.accountId,
    product_id: random.between(1, 4),
    status: cancelled ? 'cancelled' : 'active',
    renews_on: cancelled ? null : date(world.asOfMs + random.below(365) * 86_400_000),
    started_at: timestamp(startedMs),
    cancelled_at: cancelled ? timestamp(laterMs(world.asOfMs, random, startedMs, 500)) : null,
  })
  if (random.chance(0.6)) writeSite(scene, id, startedMs)
}

function writeSite(scene: Scene, subscriptionId: number, startedMs: number): void {
  const { world, loader, random, person } = scene
  const { pools, asOfMs } = world
  const id = loader.nextId('sites')
  loader.add('sites', {
    id,
    subscription_id: subscriptionId,
    domain: `${random.pick(pools.words)}-${id}.example`,
    title: `${person.given}'s ${random.pick(pools.words)}`,
    created_at: timestamp(startedMs),
    deleted_at: random.chance(0.05) ? timestamp(laterMs(asOfMs, random, startedMs, 500)) : null,
  })
  const slugs = ['home', 'about', 'contact', 'shop'].slice(0, random.between(1, 4))
  for (const slug of slugs)
    loader.add('site_pages', {
      site_id: id,
      slug,
      title: random.pick(pools.slogans),
      body: slug === 'contact' ? `Write to ${person.fullName}, ${person.email}` : random.pick(pools.paragraphs),
      updated_at: timestamp(laterMs(asOfMs, random, startedMs, 900)),
    })
  for (const _ of random.indexes(0, 16))
    loader.add('usage_events', {
      id: loader.nextId('usage_events'),
      site_id: id,
      metric: random.pick(['requests', 'bytes', 'builds', 'mails']),
      value: random.below(1_000_000),
      recorded_at: timestamp(laterMs(asOfMs, random, startedMs, 900)),
    })
  for (const _ of random.indexes(0, 6))
    loader.add('diagnostic_logs', {
      id: loader.nextId('diagnostic_logs'),
      site_id: id,
      level: random.pick(['info', 'warning', 'error']),
      line: random.pick(pools.phrases),
      client_ip: random.chance(0.7) ? ipAddress(random) : null,
      logged_at: timestamp(laterMs(asOfMs, random, startedMs, 900)),
    })
}
