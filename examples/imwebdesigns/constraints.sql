-- Foreign keys, unique keys and indexes of schema.sql: applied after a load, as pg_dump does it.
-- Every foreign key has an index on its own side, as a product that deletes rows needs.

-- Accounts
create unique index on accounts (email);
create index on accounts (company_id);
create index on accounts (default_address_id);
create index on accounts (referred_by_id);
create index on addresses (account_id);
create index on household_members (account_id);
create index on identity_checks (account_id);
create index on referrals (referrer_id);
create index on referrals (invited_account_id);
create index on referrals (invited_email);
create index on consent_log (account_id);
create index on consent_log (device_id);
alter table accounts add foreign key (company_id) references companies;
alter table accounts add foreign key (default_address_id) references addresses;
alter table accounts add foreign key (referred_by_id) references accounts;
alter table addresses add foreign key (account_id) references accounts;
alter table household_members add foreign key (household_id) references households;
alter table household_members add foreign key (account_id) references accounts;
alter table identity_checks add foreign key (account_id) references accounts;
alter table customer_scores add foreign key (account_id) references accounts;
alter table referrals add foreign key (referrer_id) references accounts;
alter table referrals add foreign key (invited_account_id) references accounts;
alter table consent_log add foreign key (account_id) references accounts;
alter table consent_log add foreign key (device_id) references devices;

-- Shop
create unique index on products (sku);
create index on carts (device_id);
create index on carts (account_id);
create index on cart_items (product_id);
create unique index on orders (number);
create index on orders (company_id);
create index on orders (billing_address_id);
create index on orders (gift_recipient_email);
create index on order_holders (account_id);
create index on order_items (product_id);
create index on returns (order_id, line_no);
create unique index on invoices (number);
create index on invoices (order_id);
create index on invoices (billed_account_id);
create index on payments (invoice_id);
create index on subscriptions (account_id);
create index on subscriptions (product_id);
create index on fraud_checks (order_id);
create index on fraud_checks (account_id);
alter table carts add foreign key (device_id) references devices;
alter table carts add foreign key (account_id) references accounts;
alter table cart_items add foreign key (cart_id) references carts;
alter table cart_items add foreign key (product_id) references products;
alter table orders add foreign key (company_id) references companies;
alter table orders add foreign key (billing_address_id) references addresses;
alter table order_holders add foreign key (order_id) references orders;
alter table order_holders add foreign key (account_id) references accounts;
alter table order_items add foreign key (order_id) references orders;
alter table order_items add foreign key (product_id) references products;
alter table returns add foreign key (order_id, line_no) references order_items;
alter table invoices add foreign key (order_id) references orders;
alter table invoices add foreign key (billed_account_id) references accounts;
alter table payments add foreign key (invoice_id) references invoices;
alter table subscriptions add foreign key (account_id) references accounts;
alter table subscriptions add foreign key (product_id) references products;
alter table fraud_checks add foreign key (order_id) references orders;
alter table fraud_checks add foreign key (account_id) references accounts;

-- Hosting
create index on sites (subscription_id);
create unique index on sites (domain);
create index on usage_events (site_id);
create index on diagnostic_logs (site_id);
alter table sites add foreign key (subscription_id) references subscriptions;
alter table site_pages add foreign key (site_id) references sites;
alter table usage_events add foreign key (site_id) references sites;
alter table diagnostic_logs add foreign key (site_id) references sites;

-- Support and staff
create unique index on staff (email);
create index on tickets (account_id);
create index on tickets (assignee_id);
create index on tickets (order_id);
create index on ticket_messages (ticket_id);
create index on ticket_messages (author_account_id);
create index on ticket_messages (author_staff_id);
create index on calls (account_id);
create index on calls (staff_id);
create index on calls (phone);
create index on phone_orders (order_id);
create index on notes (subject_type, subject_id);
create index on notes (author_id);
create index on attachments (subject_type, subject_id);
create index on staff_actions (staff_id);
create index on staff_actions (account_id);
alter table tickets add foreign key (account_id) references accounts;
alter table tickets add foreign key (assignee_id) references staff;
alter table tickets add foreign key (order_id) references orders;
alter table ticket_messages add foreign key (ticket_id) references tickets;
alter table ticket_messages add foreign key (author_account_id) references accounts;
alter table ticket_messages add foreign key (author_staff_id) references staff;
alter table calls add foreign key (account_id) references accounts;
alter table calls add foreign key (staff_id) references staff;
alter table phone_orders add foreign key (call_id) references calls;
alter table phone_orders add foreign key (order_id) references orders;
alter table notes add foreign key (author_id) references staff;
alter table staff_actions add foreign key (staff_id) references staff;
alter table staff_actions add foreign key (account_id) references accounts;

-- Chat and community
create index on conversation_participants (account_id);
create index on chat_messages (conversation_id);
create index on chat_messages (sender_account_id);
create index on chat_messages (sender_staff_id);
create index on forum_threads (author_id);
create index on forum_posts (thread_id);
create index on forum_posts (parent_id);
create index on forum_posts (author_id);
create index on forum_reactions (account_id);
create unique index on blog_posts (slug);
create index on blog_posts (author_id);
create index on blog_comments (blog_post_id);
create index on blog_comments (account_id);
create index on blog_comments (guest_email);
alter table conversation_participants add foreign key (conversation_id) references conversations;
alter table conversation_participants add foreign key (account_id) references accounts;
alter table chat_messages add foreign key (conversation_id) references conversations;
alter table chat_messages add foreign key (sender_account_id) references accounts;
alter table chat_messages add foreign key (sender_staff_id) references staff;
alter table chat_message_metadata add foreign key (message_id) references chat_messages;
alter table forum_threads add foreign key (author_id) references accounts;
alter table forum_posts add foreign key (thread_id) references forum_threads;
alter table forum_posts add foreign key (parent_id) references forum_posts;
alter table forum_posts add foreign key (author_id) references accounts;
alter table forum_reactions add foreign key (post_id) references forum_posts;
alter table forum_reactions add foreign key (account_id) references accounts;
alter table blog_posts add foreign key (author_id) references staff;
alter table blog_comments add foreign key (blog_post_id) references blog_posts;
alter table blog_comments add foreign key (account_id) references accounts;

-- Recruitment
create unique index on recruiters (email);
create unique index on candidates (email);
create index on candidates (account_id);
create index on candidates (recruiter_id);
create index on candidates (referred_by_account_id);
create index on applications (candidate_id);
create index on applications (job_posting_id);
create index on interviews (application_id);
create index on interviews (interviewer_id);
alter table candidates add foreign key (account_id) references accounts;
alter table candidates add foreign key (recruiter_id) references recruiters;
alter table candidates add foreign key (referred_by_account_id) references accounts;
alter table applications add foreign key (candidate_id) references candidates;
alter table applications add foreign key (job_posting_id) references job_postings;
alter table application_documents add foreign key (application_id) references applications;
alter table candidate_education add foreign key (candidate_id) references candidates;
alter table candidate_employment add foreign key (candidate_id) references candidates;
alter table interviews add foreign key (application_id) references applications;
alter table interviews add foreign key (interviewer_id) references staff;

-- Market research
create index on panel_members (email);
create index on survey_responses (survey_id);
create index on survey_responses (account_id);
create index on survey_responses (supplier_id, panel_ref);
create index on survey_answers (survey_id, number);
alter table panel_members add foreign key (supplier_id) references panel_suppliers;
alter table survey_questions add foreign key (survey_id) references surveys;
alter table survey_responses add foreign key (survey_id) references surveys;
alter table survey_responses add foreign key (account_id) references accounts;
alter table survey_responses add foreign key (supplier_id, panel_ref) references panel_members;
alter table survey_responses add check ((account_id is null) <> (panel_ref is null));
alter table survey_answers add foreign key (response_id) references survey_responses;
alter table survey_answers add foreign key (survey_id, number) references survey_questions;

-- Events, social media, newsletter
create index on event_signups (email);
create index on event_signups (account_id);
create index on event_impressions (event_id, email);
create index on event_impressions (email);
create index on event_impressions (staff_id);
create index on social_profiles (account_id);
create index on social_interactions (platform, handle);
create index on newsletter_subscribers (account_id);
create index on emails_sent (account_id);
create index on emails_sent (to_email);
alter table event_signups add foreign key (event_id) references events;
alter table event_signups add foreign key (account_id) references accounts;
alter table event_impressions add foreign key (event_id, email) references event_signups;
alter table event_impressions add foreign key (staff_id) references staff;
alter table social_profiles add foreign key (account_id) references accounts;
alter table social_interactions add foreign key (platform, handle) references social_profiles;
alter table newsletter_subscribers add foreign key (account_id) references accounts;
alter table emails_sent add foreign key (account_id) references accounts;

-- Web statistics
create index on devices (account_id);
create index on sessions (account_id);
create index on sessions (device_id);
create index on page_views (device_id);
alter table devices add foreign key (account_id) references accounts;
alter table sessions add foreign key (account_id) references accounts;
alter table sessions add foreign key (device_id) references devices;
alter table page_views add foreign key (device_id) references devices;
alter table ad_segments add foreign key (device_id) references devices;
