/** Tickets, calls with their recordings, orders taken by telephone, internal notes, and what staff did. */
import type { AccountRows, Scene } from './chapter.ts'
import { staffCount } from './company.ts'
import { ipAddress } from './ipAddress.ts'
import { laterMs, momentMs, timestamp } from './moment.ts'
import { writeOrder } from './shop.ts'

const subjects = [
  'Site is down',
  'Invoice question',
  'Cannot sign in',
  'Move my domain',
  'Mail does not arrive',
  'Refund',
]
const actions = ['viewed account', 'reset password', 'changed address', 'issued refund', 'exported invoices']

export function writeSupport(scene: Scene, account: AccountRows, orderIds: readonly number[]): void {
  const { random } = scene
  if (random.chance(0.4)) for (const _ of random.indexes(0, 2)) writeTicket(scene, account, orderIds)
  if (random.chance(0.15)) writeCall(scene, account)
  if (random.chance(0.15)) writeNote(scene, 'account', account.accountId, account.createdMs)
  const orderId = orderIds[0]
  if (orderId !== undefined && random.chance(0.08)) writeNote(scene, 'order', orderId, account.createdMs)
  if (random.chance(0.2)) for (const _ of random.indexes(0, 2)) writeStaffAction(scene, account)
}

function writeTicket(scene: Scene, account: AccountRows, orderIds: readonly number[]): void {
  const { world, loader, random, person } = scene
  const id = loader.nextId('tickets')
  const openedMs = laterMs(world.asOfMs, random, account.createdMs, 1500)
  const assigneeId = random.chance(0.9) ? random.between(1, staffCount) : null
  const closed = random.chance(0.7)
  loader.add('tickets', {
    id,
    account_id: account.accountId,
    assignee_id: assigneeId,
    order_id: orderIds[0] !== undefined && random.chance(0.3) ? orderIds[0] : null,
    subject: random.pick(subjects),
    status: closed ? 'closed' : 'open',
    priority: random.between(1, 4),
    opened_at: timestamp(openedMs),
    closed_at: closed ? timestamp(laterMs(world.asOfMs, random, openedMs, 20)) : null,
  })
  for (const at of random.indexes(1, 5)) {
    const byStaff = at % 2 === 1
    const messageId = loader.nextId('ticket_messages')
    loader.add('ticket_messages', {
      id: messageId,
      ticket_id: id,
      author_account_id: byStaff ? null : account.accountId,
      author_staff_id: byStaff ? (assigneeId ?? 1) : null,
      body: byStaff
        ? `Dear ${person.given}, ${random.pick(world.pools.sentences)}`
        : `${random.pick(world.pools.sentences)} ${random.pick(world.pools.phrases)}`,
      sent_at: timestamp(laterMs(world.asOfMs, random, openedMs, 10)),
    })
    if (random.chance(0.08)) writeAttachment(scene, 'ticket_message', messageId, 'screenshot.png', openedMs)
  }
  if (random.chance(0.1)) writeNote(scene, 'ticket', id, openedMs)
}

export function writeAttachment(scene: Scene, subjectType: string, subjectId: number, name: string, afterMs: number) {
  const { world, loader, random, person } = scene
  loader.add('attachments', {
    id: loader.nextId('attachments'),
    subject_type: subjectType,
    subject_id: subjectId,
    file_name: `${person.index.toString(36)}-${name}`,
    media_type: name.endsWith('.pdf') ? 'application/pdf' : 'image/png',
    storage_path: `attachments/${random.uuid()}`,
    bytes: random.between(10_000, 4_000_000),
    uploaded_at: timestamp(laterMs(world.asOfMs, random, afterMs, 5)),
  })
}

export function writeNote(scene: Scene, subjectType: string, subjectId: number, afterMs: number): void {
  const { world, loader, random, person } = scene
  loader.add('notes', {
    id: loader.nextId('notes'),
    subject_type: subjectType,
    subject_id: subjectId,
    author_id: random.between(1, staffCount),
    body: `${person.fullName}: ${random.pick(world.pools.sentences)}`,
    created_at: timestamp(laterMs(world.asOfMs, random, afterMs, 400)),
  })
}

function writeCall(scene: Scene, account: AccountRows): void {
  const { world, loader, random, person } = scene
  if (person.phone === null) return
  const id = loader.nextId('calls')
  const calledMs = laterMs(world.asOfMs, random, account.createdMs, 1200)
  const inbound = random.chance(0.8)
  loader.add('calls', {
    id,
    account_id: inbound && random.chance(0.3) ? null : account.accountId,
    staff_id: random.between(1, staffCount),
    direction: inbound ? 'in' : 'out',
    phone: person.phone,
    duration_s: random.between(20, 2400),
    recording_path: random.chance(0.7) ? `calls/${random.uuid()}.ogg` : null,
    transcript: random.chance(0.4) ? `This is ${person.fullName}. ${random.pick(world.pools.paragraphs)}` : null,
    called_at: timestamp(calledMs),
  })
  if (inbound && random.chance(0.4))
    loader.add('phone_orders', {
      id: loader.nextId('phone_orders'),
      call_id: id,
      order_id: writeOrder(scene, account, 'phone'),
      read_back_at: timestamp(laterMs(world.asOfMs, random, calledMs, 0.02)),
    })
}

function writeStaffAction({ world, loader, random, person }: Scene, account: AccountRows): void {
  loader.add('staff_actions', {
    id: loader.nextId('staff_actions'),
    staff_id: random.between(1, staffCount),
    action: random.pick(actions),
    account_id: account.accountId,
    detail: JSON.stringify({ email: person.email, reason: random.pick(world.pools.words) }),
    ip: ipAddress(random),
    acted_at: timestamp(momentMs(world.asOfMs, random, 700)),
  })
}
