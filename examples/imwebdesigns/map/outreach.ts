/** Events, social media, the newsletter, and mail: people met by an address, with an account or without. */
import { accountOf, type Tables } from './tables.ts'

export const outreachTables: Tables = {
  events: {
    context: 'offline',
    key: ['id'],
    columns: { id: 'key', title: 'notPersonal', venue: 'notPersonal', city: 'notPersonal', starts_at: 'notPersonal' },
  },
  event_signups: {
    context: 'offline',
    key: ['event_id', 'email'],
    subject: 'person',
    columns: {
      event_id: 'key',
      email: { field: 'emailAddress', identifier: 'email' },
      full_name: 'fullName',
      account_id: 'key',
      company_name: 'workHistory',
      job_title: 'workHistory',
      dietary_needs: 'healthNote',
      badge_photo_path: 'eventPhoto',
      signed_up_at: 'eventAttendance',
      attended: 'eventAttendance',
    },
    links: {
      event: { table: 'events', on: { event_id: 'id' }, required: true },
      account: { table: 'accounts', on: { account_id: 'id' } },
    },
  },
  event_impressions: {
    context: 'offline',
    key: ['id'],
    owners: {
      visitor: { table: 'event_signups', on: { event_id: 'event_id', email: 'email' }, required: true },
    },
    columns: {
      id: 'key',
      event_id: 'key',
      email: { key: true, identifier: 'email' },
      staff_id: 'key',
      interest: { field: 'predictedInterest', freeText: true },
      inferred: 'predictedInterest',
      noted_at: 'eventAttendance',
    },
    links: { staff: { table: 'staff', on: { staff_id: 'id' }, required: true, onErasure: 'keep' } },
  },
  // A name on a platform is somebody's once an account claims it; before, there is nobody to ask.
  social_profiles: {
    context: 'social',
    key: ['platform', 'handle'],
    owners: { account: accountOf('account_id') },
    orphans: 'nobody',
    columns: {
      platform: 'socialHandle',
      handle: { field: 'socialHandle', search: true },
      account_id: 'key',
      display_name: 'fullName',
      followers: 'socialEngagement',
      first_seen_at: 'socialEngagement',
    },
  },
  social_interactions: {
    context: 'social',
    key: ['id'],
    owners: {
      profile: { table: 'social_profiles', on: { platform: 'platform', handle: 'handle' }, required: true },
    },
    orphans: 'nobody',
    columns: {
      id: 'key',
      platform: 'key',
      handle: 'key',
      kind: 'socialEngagement',
      content: { field: 'socialEngagement', freeText: true },
      hashtag: 'hashtagPost',
      latitude: 'preciseLocation',
      longitude: 'preciseLocation',
      happened_at: 'socialEngagement',
    },
  },
  newsletter_subscribers: {
    context: 'websites',
    key: ['email'],
    subject: 'person',
    columns: {
      email: { field: 'emailAddress', identifier: 'email' },
      full_name: 'fullName',
      account_id: 'key',
      list: 'communicationPreference',
      confirmed_at: 'communicationPreference',
      unsubscribed_at: 'communicationPreference',
    },
    links: { account: { table: 'accounts', on: { account_id: 'id' } } },
  },
  // HTML mail is a social context in this policy. Whose a mail is, the account says, or the address alone.
  emails_sent: {
    context: 'social',
    key: ['id'],
    owners: {
      account: accountOf('account_id'),
      subscriber: { table: 'newsletter_subscribers', on: { to_email: 'email' } },
    },
    orphans: 'finding',
    columns: {
      id: 'key',
      to_email: { field: 'emailAddress', of: 'all', identifier: 'email', erased: '' },
      account_id: 'key',
      template: { field: 'mailOpened', of: 'all' },
      subject: { field: 'mailOpened', of: 'all' },
      sent_at: { field: 'mailOpened', of: 'all' },
      opened_at: { field: 'mailOpened', of: 'all' },
      opened_ip: { field: 'ipAddress', of: 'all' },
    },
  },
}
