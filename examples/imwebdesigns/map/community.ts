/** Forum and blog. A post goes when its author does, unless somebody else answered it: then it stands, emptied. */
import { accountOf, alwaysAccountOf, formerMember, type Tables, withdrawn } from './tables.ts'

export const communityTables: Tables = {
  forum_threads: {
    context: 'community',
    key: ['id'],
    erase: 'anonymise', // it holds what others posted
    owners: { author: accountOf('author_id') },
    orphans: 'nobody',
    columns: {
      id: 'key',
      author_id: 'key',
      author_name: { field: 'username', erased: formerMember },
      board: 'notPersonal',
      title: { field: 'forumPost', freeText: true, erased: withdrawn },
      created_at: 'notPersonal',
      locked: 'notPersonal',
    },
  },
  forum_posts: {
    context: 'community',
    key: ['id'],
    softDelete: 'deleted_at',
    owners: { author: accountOf('author_id') },
    orphans: 'nobody',
    columns: {
      id: 'key',
      thread_id: 'key',
      parent_id: 'key',
      author_id: 'key',
      author_name: { field: 'username', erased: formerMember },
      body: { field: 'forumPost', freeText: true, erased: withdrawn },
      posted_at: 'notPersonal',
      deleted_at: 'notPersonal',
    },
    links: {
      thread: { table: 'forum_threads', on: { thread_id: 'id' }, required: true },
      parent: { table: 'forum_posts', on: { parent_id: 'id' }, onErasure: 'keep' },
    },
  },
  forum_reactions: {
    context: 'community',
    key: ['post_id', 'account_id'],
    owners: { reactor: alwaysAccountOf('account_id') },
    columns: { post_id: 'key', account_id: 'key', emoji: 'socialEngagement', reacted_at: 'socialEngagement' },
    links: { post: { table: 'forum_posts', on: { post_id: 'id' }, required: true, onErasure: 'keep' } },
  },
  blog_posts: {
    context: 'community',
    key: ['id'],
    unique: [['slug']],
    columns: {
      id: 'key',
      author_id: 'key',
      slug: 'notPersonal',
      title: 'notPersonal',
      body: 'notPersonal',
      published_on: 'notPersonal',
    },
    links: { author: { table: 'staff', on: { author_id: 'id' }, required: true, onErasure: 'keep' } },
  },
  blog_guests: {
    context: 'community',
    key: ['id'],
    unique: [['email']],
    subject: 'person',
    columns: { id: 'key', email: { field: 'emailAddress', identifier: 'email' }, name: 'fullName' },
  },
  blog_comments: {
    context: 'community',
    key: ['id'],
    owners: { author: accountOf('account_id'), guest: { table: 'blog_guests', on: { guest_id: 'id' } } },
    orphans: 'finding',
    columns: {
      id: 'key',
      blog_post_id: 'key',
      account_id: 'key',
      guest_id: 'key',
      body: { field: 'blogComment', of: 'all', freeText: true },
      ip: { field: 'ipAddress', of: 'all' },
      posted_at: { field: 'blogComment', of: 'all' },
    },
    links: { post: { table: 'blog_posts', on: { blog_post_id: 'id' }, required: true } },
  },
}
