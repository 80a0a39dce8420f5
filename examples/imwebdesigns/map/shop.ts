/** The shop. An order may have two holders; invoices and payments outlive both, as tax law asks. */
import type { Keep, Owner } from '@avow/core/map/document'
import { accountOf, alwaysAccountOf, type Tables } from './tables.ts'

const holders: Owner = { table: 'orders', on: { order_id: 'id' }, required: true }

/** VAT Act 1994, Schedule 11, paragraph 6(3), and HMRC Notice 700/21: six years. */
const taxRecord = (from: string, columns: readonly string[]): { readonly keep: Keep } => ({
  keep: { because: 'tax law asks for invoices and payments for six years', from, days: 2192, columns },
})

export const shopTables: Tables = {
  products: {
    context: 'products',
    key: ['id'],
    columns: {
      id: 'key',
      sku: 'notPersonal',
      name: 'notPersonal',
      kind: 'notPersonal',
      price: 'notPersonal',
      currency: 'notPersonal',
    },
  },
  carts: {
    context: 'products',
    key: ['id'],
    owners: { account: accountOf('account_id'), device: { table: 'devices', on: { device_id: 'id' } } },
    orphans: 'nobody',
    columns: { id: 'key', device_id: 'key', account_id: 'key', updated_at: { field: 'orderItem', of: 'all' } },
  },
  cart_items: {
    context: 'products',
    key: ['cart_id', 'product_id'],
    owners: { cart: { table: 'carts', on: { cart_id: 'id' }, required: true } },
    columns: { cart_id: 'key', product_id: 'key', quantity: { field: 'orderItem', of: 'all' } },
    links: { product: { table: 'products', on: { product_id: 'id' }, required: true } },
  },
  orders: {
    context: 'products',
    key: ['id'],
    unique: [['number']],
    owners: { holder: { table: 'order_holders', on: { id: 'order_id' } } },
    orphans: 'finding',
    columns: {
      id: 'key',
      number: { field: 'orderNumber', of: 'all' }, // not looked for: the other holder keeps it
      company_id: 'key',
      billing_address_id: 'key',
      placed_via: { field: 'orderNumber', of: 'all' },
      status: { field: 'orderNumber', of: 'all' },
      total: { field: 'orderTotal', of: 'all' },
      currency: 'notPersonal',
      // Somebody else's: given to no holder, gone with the order.
      gift_recipient_name: { field: 'fullName', of: [] },
      gift_recipient_email: { field: 'emailAddress', of: [] },
      gift_message: { field: 'directMessage', of: 'all', freeText: true },
      placed_at: { field: 'orderNumber', of: 'all' },
    },
    links: {
      company: { table: 'companies', on: { company_id: 'id' } },
      billingAddress: { table: 'addresses', on: { billing_address_id: 'id' } },
    },
  },
  order_holders: {
    context: 'products',
    key: ['order_id', 'account_id'],
    owners: { holder: alwaysAccountOf('account_id') },
    columns: { order_id: 'key', account_id: 'key', role: 'orderNumber' },
    links: { order: { table: 'orders', on: { order_id: 'id' }, required: true } },
  },
  order_items: {
    context: 'products',
    key: ['order_id', 'line_no'],
    owners: { holder: holders },
    columns: {
      order_id: 'key',
      line_no: 'key',
      product_id: 'key',
      quantity: { field: 'orderItem', of: 'all' },
      unit_price: { field: 'orderItem', of: 'all' },
      domain_name: { field: 'domainName', of: 'all' },
    },
    links: { product: { table: 'products', on: { product_id: 'id' }, required: true } },
  },
  returns: {
    context: 'products',
    key: ['id'],
    owners: {
      holder: {
        table: 'order_items',
        on: { order_id: 'order_id', line_no: 'line_no' },
        required: true,
      },
    },
    columns: {
      id: 'key',
      order_id: 'key',
      line_no: 'key',
      reason: { field: 'refundReason', of: 'all', freeText: true },
      photo_path: { field: 'screenshot', of: 'all' },
      received_at: { field: 'refundReason', of: 'all' },
    },
  },
  invoices: {
    context: 'products',
    key: ['id'],
    unique: [['number']],
    owners: { billed: accountOf('billed_account_id') },
    orphans: 'nobody',
    erase: taxRecord('issued_on', ['number', 'billed_name', 'billed_address', 'total', 'vat', 'issued_on']),
    columns: {
      id: 'key',
      number: { field: 'invoiceNumber', search: true },
      order_id: 'key',
      billed_account_id: 'key',
      billed_name: 'fullName',
      billed_address: 'billingAddress',
      total: 'invoiceTotal',
      vat: 'invoiceTotal',
      currency: 'notPersonal',
      issued_on: 'invoiceNumber',
    },
    links: { order: { table: 'orders', on: { order_id: 'id' } } },
  },
  payments: {
    context: 'products',
    key: ['id'],
    owners: { billed: { table: 'invoices', on: { invoice_id: 'id' } } },
    orphans: 'nobody',
    erase: taxRecord('paid_at', ['payer_name', 'method', 'processor_reference', 'amount', 'paid_at']),
    columns: {
      id: 'key',
      invoice_id: 'key',
      method: 'paymentToken',
      payer_name: 'fullName',
      card_brand: 'cardLastFour',
      card_last4: 'cardLastFour',
      processor_reference: { field: 'paymentToken', search: true },
      amount: 'invoiceTotal',
      paid_at: 'paymentToken',
    },
  },
  subscriptions: {
    context: 'products',
    key: ['id'],
    owners: { account: alwaysAccountOf('account_id') },
    columns: {
      id: 'key',
      account_id: 'key',
      product_id: 'key',
      status: 'subscriptionPlan',
      renews_on: 'subscriptionPlan',
      started_at: 'subscriptionPlan',
      cancelled_at: 'subscriptionPlan',
    },
    links: { product: { table: 'products', on: { product_id: 'id' }, required: true } },
  },
  fraud_checks: {
    context: 'products',
    key: ['id'],
    owners: { holder: holders },
    columns: {
      id: 'key',
      order_id: 'key',
      ip: { field: 'ipAddress', of: 'all' },
      score: { field: 'fraudScore', of: 'all' },
      signals: { field: 'fraudScore', of: 'all' },
      checked_at: 'notPersonal',
    },
  },
}
