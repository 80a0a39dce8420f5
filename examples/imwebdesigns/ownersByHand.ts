/**
 * Whose each row of the company's database is, written by hand in SQL and without a look at the map: what the tests
 * hold an access and an erasure to. A row of several people appears once for each of them.
 */
const accounts = 'join accounts a on a.id ='
const holders = (order: string) => `join order_holders h on h.order_id = ${order} ${accounts} h.account_id`
const site = `join sites s on s.id = x.site_id join subscriptions u on u.id = s.subscription_id ${accounts} u.account_id`
const candidate = 'join candidates a on a.id ='
const application = `join applications p on p.id = x.application_id ${candidate} p.candidate_id`
const talk = (conversation: string) =>
  `join conversation_participants p on p.conversation_id = ${conversation} ${accounts} p.account_id`
const device = `join devices d on d.id = x.device_id ${accounts} d.account_id`

/** Table → its key, and each way from a row `x` to a row `a` with the `email` of whose it is. */
const ways: Readonly<Record<string, readonly [key: string, ...ways: string[]]>> = {
  addresses: ['x.id', `${accounts} x.account_id`],
  household_members: ['x.household_id, x.account_id', `${accounts} x.account_id`],
  identity_checks: ['x.id', `${accounts} x.account_id`],
  customer_scores: ['x.account_id, x.model', `${accounts} x.account_id`],
  referrals: ['x.id', `${accounts} x.referrer_id`, `${accounts} x.invited_account_id`],
  consent_log: ['x.id', `${accounts} x.account_id`, device],
  carts: ['x.id', `${accounts} x.account_id`, device],
  cart_items: [
    'x.cart_id, x.product_id',
    `join carts c on c.id = x.cart_id ${accounts} c.account_id`,
    `join carts c on c.id = x.cart_id join devices d on d.id = c.device_id ${accounts} d.account_id`,
  ],
  orders: ['x.id', holders('x.id')],
  order_holders: ['x.order_id, x.account_id', `${accounts} x.account_id`],
  order_items: ['x.order_id, x.line_no', holders('x.order_id')],
  returns: ['x.id', holders('x.order_id')],
  fraud_checks: ['x.id', holders('x.order_id')],
  phone_orders: ['x.id', holders('x.order_id')],
  invoices: ['x.id', `${accounts} x.billed_account_id`],
  payments: ['x.id', `join invoices i on i.id = x.invoice_id ${accounts} i.billed_account_id`],
  subscriptions: ['x.id', `${accounts} x.account_id`],
  sites: ['x.id', `join subscriptions u on u.id = x.subscription_id ${accounts} u.account_id`],
  site_pages: ['x.site_id, x.slug', site],
  usage_events: ['x.id', site],
  diagnostic_logs: ['x.id', site],
  tickets: ['x.id', `${accounts} x.account_id`],
  ticket_messages: ['x.id', `join tickets t on t.id = x.ticket_id ${accounts} t.account_id`],
  calls: ['x.id', `${accounts} x.account_id`, 'join accounts a on a.phone = x.phone'],
  notes: [
    'x.id',
    `${accounts} x.subject_id and x.subject_type = 'account'`,
    `join orders o on o.id = x.subject_id and x.subject_type = 'order' ${holders('o.id')}`,
    `join tickets t on t.id = x.subject_id and x.subject_type = 'ticket' ${accounts} t.account_id`,
    `${candidate} x.subject_id and x.subject_type = 'candidate'`,
  ],
  attachments: [
    'x.id',
    `join ticket_messages m on m.id = x.subject_id and x.subject_type = 'ticket_message'
     join tickets t on t.id = m.ticket_id ${accounts} t.account_id`,
    `join returns r on r.id = x.subject_id and x.subject_type = 'return' ${holders('r.order_id')}`,
    `join applications p on p.id = x.subject_id and x.subject_type = 'application' ${candidate} p.candidate_id`,
  ],
  staff_actions: ['x.id', `${accounts} x.account_id`],
  conversations: ['x.id', talk('x.id')],
  conversation_participants: ['x.conversation_id, x.account_id', `${accounts} x.account_id`],
  chat_messages: ['x.id', `${accounts} x.sender_account_id`, talk('x.conversation_id')],
  chat_message_metadata: [
    'x.message_id',
    `join chat_messages m on m.id = x.message_id ${accounts} m.sender_account_id`,
    `join chat_messages m on m.id = x.message_id ${talk('m.conversation_id')}`,
  ],
  room_messages: ['x.id', `${accounts} x.author_id`],
  forum_threads: ['x.id', `${accounts} x.author_id`],
  forum_posts: ['x.id', `${accounts} x.author_id`],
  forum_reactions: ['x.post_id, x.account_id', `${accounts} x.account_id`],
  blog_comments: ['x.id', `${accounts} x.account_id`, 'join blog_guests a on a.id = x.guest_id'],
  applications: ['x.id', `${candidate} x.candidate_id`],
  application_documents: ['x.application_id, x.position', application],
  candidate_education: ['x.candidate_id, x.position', `${candidate} x.candidate_id`],
  candidate_employment: ['x.candidate_id, x.position', `${candidate} x.candidate_id`],
  interviews: ['x.id', application],
  survey_responses: [
    'x.id',
    `${accounts} x.account_id`,
    'join panel_members a on a.supplier_id = x.supplier_id and a.external_ref = x.panel_ref',
  ],
  survey_answers: [
    'x.response_id, x.number',
    `join survey_responses r on r.id = x.response_id ${accounts} r.account_id`,
    `join survey_responses r on r.id = x.response_id
     join panel_members a on a.supplier_id = r.supplier_id and a.external_ref = r.panel_ref`,
  ],
  event_impressions: ['x.id', 'join event_signups a on a.event_id = x.event_id and a.email = x.email'],
  social_profiles: ['x.platform, x.handle', `${accounts} x.account_id`],
  social_interactions: [
    'x.id',
    `join social_profiles s on s.platform = x.platform and s.handle = x.handle ${accounts} s.account_id`,
  ],
  emails_sent: ['x.id', `${accounts} x.account_id`, 'join newsletter_subscribers a on a.email = x.to_email'],
  devices: ['x.id', `${accounts} x.account_id`],
  sessions: ['x.id', `${accounts} x.account_id`],
  page_views: ['x.id', device],
  ad_segments: ['x.device_id, x.segment', device],
}

/** Tables whose rows are people, known by their address. */
const peopleTables: Readonly<Record<string, string>> = {
  accounts: 'x.id',
  staff: 'x.id',
  recruiters: 'x.id',
  candidates: 'x.id',
  panel_members: 'x.supplier_id, x.external_ref',
  event_signups: 'x.event_id, x.email',
  newsletter_subscribers: 'x.email',
  blog_guests: 'x.id',
}

/** Columns `table`, `key` (parts joined by `/`), `way` and `email`: whose each row is, and by which way above. */
export const ownersQuery: string = [
  ...Object.entries(peopleTables).map(
    ([table, key]) =>
      `select '${table}' as table, concat_ws('/', ${key}) as key, '${table}' as way, x.email from ${table} x`,
  ),
  ...Object.entries(ways).flatMap(([table, [key, ...paths]]) =>
    paths.map(
      (path, at) => `select '${table}', concat_ws('/', ${key}), '${table} ${at}', a.email from ${table} x ${path}`,
    ),
  ),
]
  .join('\nunion\n')
  .concat('\norder by way')

/** Columns `table`, `key` and `row` (JSON): every row that is somebody's by nature, its owner known or not. */
export const rowsQuery: string = [
  ...Object.entries(peopleTables),
  ...Object.entries(ways).map(([table, [key]]) => [table, key] as const),
]
  .map(
    ([table, key]) => `select '${table}' as table, concat_ws('/', ${key}) as key, to_jsonb(x) as row from ${table} x`,
  )
  .join('\nunion all\n')
