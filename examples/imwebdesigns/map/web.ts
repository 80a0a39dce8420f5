/** Web statistics: a cookie is nobody's until somebody signs in on its device, and theirs from then on, past included. */
import type { Owner } from '@avow/core/map/document'
import { accountOf, alwaysAccountOf, type Tables } from './tables.ts'

const device: Owner = { table: 'devices', on: { device_id: 'id' }, required: true }

export const webTables: Tables = {
  devices: {
    context: 'websites',
    key: ['id'],
    owners: { account: accountOf('account_id') },
    orphans: 'nobody',
    columns: {
      id: 'key',
      account_id: 'key',
      user_agent: 'browserType',
      country: 'timeZone',
      do_not_track: 'communicationPreference',
      global_privacy_control: 'communicationPreference',
      first_seen_at: 'visitCount',
      linked_at: 'visitCount',
    },
  },
  sessions: {
    context: 'websites',
    key: ['id'],
    owners: { account: alwaysAccountOf('account_id') },
    columns: {
      id: 'key',
      account_id: 'key',
      device_id: 'key',
      token_hash: 'cookieId',
      ip: 'ipAddress',
      signed_in_at: 'signInHistory',
      signed_out_at: 'signInHistory',
    },
    links: { device: { table: 'devices', on: { device_id: 'id' } } },
  },
  page_views: {
    context: 'websites',
    key: ['id'],
    owners: { device },
    orphans: 'nobody',
    columns: {
      id: 'key',
      device_id: 'key',
      site: 'domainName',
      path: 'pagesViewed',
      referrer: 'referrer',
      ip: 'ipAddress',
      viewed_at: 'pagesViewed',
    },
  },
  ad_segments: {
    context: 'websites',
    key: ['device_id', 'segment'],
    owners: { device },
    orphans: 'nobody',
    columns: {
      device_id: 'key',
      segment: 'browsingHabit',
      partner: 'notPersonal',
      expires_on: 'notPersonal',
    },
  },
}
