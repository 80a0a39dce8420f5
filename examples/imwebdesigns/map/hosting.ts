/** Hosting: what customers put in, what the systems generate, and the logs that support reads. */
import type { Owner } from '@avow/core/map/document'
import type { Tables } from './tables.ts'

const site: Owner = { table: 'sites', on: { site_id: 'id' }, required: true }

export const hostingTables: Tables = {
  sites: {
    context: 'customerContent',
    key: ['id'],
    unique: [['domain']],
    softDelete: 'deleted_at',
    owners: { subscription: { table: 'subscriptions', on: { subscription_id: 'id' }, required: true } },
    columns: {
      id: 'key',
      subscription_id: 'key',
      domain: { field: 'domainName', search: true },
      title: { field: 'uploadedFile', freeText: true },
      created_at: 'subscriptionPlan',
      deleted_at: 'notPersonal',
    },
  },
  site_pages: {
    context: 'customerContent',
    key: ['site_id', 'slug'],
    owners: { site },
    columns: {
      site_id: 'key',
      slug: 'key',
      title: { field: 'uploadedFile', freeText: true },
      body: { field: 'uploadedFile', freeText: true },
      updated_at: 'uploadedFile',
    },
  },
  usage_events: {
    context: 'functionalData',
    key: ['id'],
    owners: { site },
    columns: {
      id: 'key',
      site_id: 'key',
      metric: 'featureUsage',
      value: 'featureUsage',
      recorded_at: 'featureUsage',
    },
  },
  diagnostic_logs: {
    context: 'supportInformation',
    key: ['id'],
    owners: { site },
    columns: {
      id: 'key',
      site_id: 'key',
      level: 'serviceLog',
      line: { field: 'serviceLog', freeText: true },
      client_ip: 'ipAddress',
      logged_at: 'serviceLog',
    },
  },
}
