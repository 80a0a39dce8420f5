/**
 * Support and staff. Staff are people too, but their names are not a customer's to be given: other rows only reach them.
 * The policy has no context for employees; `products` is where they work, and the gap is a finding about the policy.
 */
import type { Link } from '@avow/core/map/document'
import { accountOf, alwaysAccountOf, noTime, type Tables } from './tables.ts'

/** Where a row needs its member of staff, the row of one who is erased stays, emptied. */
const staffOf = (column: string): Link => ({
  table: 'staff',
  on: { [column]: 'id' },
  required: true,
  onErasure: 'keep',
})

export const supportTables: Tables = {
  staff: {
    context: 'products',
    key: ['id'],
    unique: [['email']],
    subject: 'person',
    columns: {
      id: 'key',
      email: { field: 'emailAddress', identifier: 'email' },
      full_name: { field: 'fullName', erased: 'former colleague' },
      team: 'notPersonal',
      active: 'notPersonal',
    },
  },
  tickets: {
    context: 'supportInformation',
    key: ['id'],
    owners: { account: alwaysAccountOf('account_id') },
    columns: {
      id: 'key',
      account_id: 'key',
      assignee_id: 'key',
      order_id: 'key',
      subject: { field: 'ticketSubject', freeText: true },
      status: 'ticketSubject',
      priority: 'notPersonal',
      opened_at: 'ticketSubject',
      closed_at: 'ticketSubject',
    },
    links: {
      assignee: { table: 'staff', on: { assignee_id: 'id' } },
      order: { table: 'orders', on: { order_id: 'id' } },
    },
  },
  ticket_messages: {
    context: 'supportInformation',
    key: ['id'],
    owners: { ticket: { table: 'tickets', on: { ticket_id: 'id' }, required: true } },
    columns: {
      id: 'key',
      ticket_id: 'key',
      author_account_id: 'key',
      author_staff_id: 'key',
      body: { field: 'ticketText', freeText: true },
      sent_at: 'ticketText',
    },
    links: {
      authorAccount: { table: 'accounts', on: { author_account_id: 'id' } },
      authorStaff: { table: 'staff', on: { author_staff_id: 'id' } },
    },
  },
  // Found by the account where the caller was recognised, else by the number, which is one account's alone.
  calls: {
    context: 'offline',
    key: ['id'],
    owners: { account: accountOf('account_id'), number: { table: 'accounts', on: { phone: 'phone' } } },
    orphans: 'nobody',
    columns: {
      id: 'key',
      account_id: 'key',
      staff_id: 'key',
      direction: 'notPersonal',
      phone: { field: 'phoneNumber', of: 'all', search: true, erased: '' },
      duration_s: { field: 'callRecording', of: 'all', erased: 0 },
      recording_path: { field: 'callRecording', of: 'all' },
      transcript: { field: 'callRecording', of: 'all', freeText: true },
      called_at: { field: 'callRecording', of: 'all', erased: noTime },
    },
    links: { staff: staffOf('staff_id') },
  },
  // Met on the telephone, but an order: the most specific context claims it.
  phone_orders: {
    context: 'products',
    key: ['id'],
    owners: { holder: { table: 'orders', on: { order_id: 'id' }, required: true } },
    columns: { id: 'key', call_id: 'key', order_id: 'key', read_back_at: { field: 'orderNumber', of: 'all' } },
    links: { call: { table: 'calls', on: { call_id: 'id' } } },
  },
  notes: {
    context: 'supportInformation',
    key: ['id'],
    owners: {
      account: { table: 'accounts', on: { subject_id: 'id' }, when: { subject_type: 'account' } },
      order: { table: 'orders', on: { subject_id: 'id' }, when: { subject_type: 'order' } },
      ticket: { table: 'tickets', on: { subject_id: 'id' }, when: { subject_type: 'ticket' } },
      candidate: { table: 'candidates', on: { subject_id: 'id' }, when: { subject_type: 'candidate' } },
    },
    orphans: 'finding',
    columns: {
      id: 'key',
      subject_type: 'key',
      subject_id: { key: true, erased: 0 },
      author_id: 'key',
      body: { field: 'ticketText', of: 'all', freeText: true },
      created_at: { field: 'ticketText', of: 'all' },
    },
    links: { author: staffOf('author_id') },
  },
  attachments: {
    context: 'supportInformation',
    key: ['id'],
    owners: {
      message: { table: 'ticket_messages', on: { subject_id: 'id' }, when: { subject_type: 'ticket_message' } },
      return: { table: 'returns', on: { subject_id: 'id' }, when: { subject_type: 'return' } },
      application: { table: 'applications', on: { subject_id: 'id' }, when: { subject_type: 'application' } },
    },
    orphans: 'finding',
    columns: {
      id: 'key',
      subject_type: 'key',
      subject_id: { key: true, erased: 0 },
      file_name: { field: 'uploadedFile', of: 'all' },
      media_type: 'notPersonal',
      storage_path: { field: 'uploadedFile', of: 'all' },
      bytes: 'notPersonal',
      uploaded_at: { field: 'uploadedFile', of: 'all' },
    },
  },
  staff_actions: {
    context: 'supportInformation',
    key: ['id'],
    owners: { account: accountOf('account_id') },
    orphans: 'nobody',
    columns: {
      id: 'key',
      staff_id: 'key',
      action: 'serviceLog',
      account_id: 'key',
      detail: { field: 'serviceLog', freeText: true },
      ip: 'notPersonal', // of the office, not of the account
      acted_at: 'serviceLog',
    },
    links: { staff: staffOf('staff_id') },
  },
}
