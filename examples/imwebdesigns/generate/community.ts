/** Chats of two sides, with staff and in rooms; forum threads with replies to replies; comments on the blog. */
import { otherAccountId } from './accounts.ts'
import { type AccountRows, accountIdOf, type Scene } from './chapter.ts'
import { blogPostCount, roomCount, staffCount } from './company.ts'
import { ipAddress } from './ipAddress.ts'
import { laterMs, timestamp } from './moment.ts'
import { personAt } from './person.ts'

/** What the forum remembers between people, so that one can answer another. */
export interface Forum {
  readonly threads: number[]
  readonly posts: { readonly id: number; readonly threadId: number }[]
}

const boards = ['help', 'showcase', 'ideas', 'off topic']
const topics = ['dns', 'billing', 'a lost password', 'page speed']
/** How far back a thread or post is still answered; keeps the memory of the forum flat. */
const recent = 500

export function writeCommunity(scene: Scene, account: AccountRows, forum: Forum): void {
  const { random } = scene
  if (random.chance(0.3)) writeSupportChat(scene, account)
  if (random.chance(0.2)) writeDirectChat(scene, account)
  if (random.chance(0.35)) writePosts(scene, account, forum)
  if (random.chance(0.12)) writeBlogComment(scene, account)
  if (random.chance(0.1)) writeRoomMessages(scene, account)
}

function openConversation(
  scene: Scene,
  kind: string,
  afterMs: number,
): { readonly id: number; readonly startedMs: number } {
  const { world, loader, random } = scene
  const id = loader.nextId('conversations')
  const startedMs = laterMs(world.asOfMs, random, afterMs, 1000)
  const topic = kind === 'support' ? random.pick(topics) : null
  loader.add('conversations', { id, kind, topic, started_at: timestamp(startedMs) })
  return { id, startedMs }
}

function joinConversation({ world, loader }: Scene, conversationId: number, index: number, atMs: number): void {
  loader.add('conversation_participants', {
    conversation_id: conversationId,
    account_id: accountIdOf(index),
    display_name: personAt(world, index).fullName,
    joined_at: timestamp(atMs),
    last_read_at: timestamp(atMs),
  })
}

function say(scene: Scene, conversationId: number, accountId: number | null, body: string, afterMs: number): void {
  const { world, loader, random } = scene
  const id = loader.nextId('chat_messages')
  const sentMs = laterMs(world.asOfMs, random, afterMs, 3)
  loader.add('chat_messages', {
    id,
    conversation_id: conversationId,
    sender_account_id: accountId,
    sender_staff_id: accountId === null ? random.between(1, staffCount) : null,
    body,
    sent_at: timestamp(sentMs),
    edited_at: random.chance(0.05) ? timestamp(sentMs + 60_000) : null,
    deleted_at: random.chance(0.02) ? timestamp(sentMs + 90_000) : null,
  })
  loader.add('chat_message_metadata', {
    message_id: id,
    ip: ipAddress(random),
    client: random.pick(['web', 'ios', 'android']),
    delivered_at: timestamp(sentMs + random.between(10, 4000)),
    latency_ms: random.between(10, 4000),
  })
}

function writeSupportChat(scene: Scene, account: AccountRows): void {
  const { world, random, person } = scene
  const { id, startedMs } = openConversation(scene, 'support', account.createdMs)
  joinConversation(scene, id, person.index, startedMs)
  say(scene, id, account.accountId, `Hello, this is ${person.fullName}. ${random.pick(world.pools.phrases)}`, startedMs)
  for (const at of random.indexes(1, 5))
    say(scene, id, at % 2 === 0 ? null : account.accountId, random.pick(world.pools.sentences), startedMs)
}

function writeDirectChat(scene: Scene, account: AccountRows): void {
  const { world, random, person } = scene
  const otherId = otherAccountId(scene)
  if (otherId === null) return
  const { id, startedMs } = openConversation(scene, 'direct', account.createdMs)
  joinConversation(scene, id, person.index, startedMs)
  joinConversation(scene, id, otherId - 1, startedMs)
  for (const _ of random.indexes(2, 8))
    say(scene, id, random.chance(0.5) ? account.accountId : otherId, random.pick(world.pools.sentences), startedMs)
}

function writeRoomMessages({ world, loader, random, person }: Scene, account: AccountRows): void {
  for (const _ of random.indexes(1, 4))
    loader.add('room_messages', {
      id: loader.nextId('room_messages'),
      room_id: random.between(1, roomCount),
      author_id: account.accountId,
      author_name: person.fullName,
      body: random.pick(world.pools.sentences),
      sent_at: timestamp(laterMs(world.asOfMs, random, account.createdMs, 1500)),
    })
}

function writePosts(scene: Scene, account: AccountRows, forum: Forum): void {
  const { world, loader, random, person } = scene
  const fresh = random.chance(0.3) || forum.threads.length === 0
  const postedMs = laterMs(world.asOfMs, random, account.createdMs, 1500)
  if (fresh) {
    const id = loader.nextId('forum_threads')
    loader.add('forum_threads', {
      id,
      author_id: account.accountId,
      author_name: person.fullName,
      board: random.pick(boards),
      title: random.pick(world.pools.slogans),
      created_at: timestamp(postedMs),
      locked: random.chance(0.02),
    })
    forum.threads.push(id)
  }
  const newThreadId = fresh ? forum.threads.at(-1)! : undefined
  for (const _ of random.indexes(1, 4)) {
    const answered =
      newThreadId === undefined && forum.posts.length > 0 && random.chance(0.6) ? random.pick(forum.posts) : undefined
    const threadId = answered?.threadId ?? newThreadId ?? random.pick(forum.threads)
    const id = loader.nextId('forum_posts')
    loader.add('forum_posts', {
      id,
      thread_id: threadId,
      parent_id: answered?.id ?? null,
      author_id: account.accountId,
      author_name: person.fullName,
      body: random.pick(world.pools.paragraphs),
      posted_at: timestamp(laterMs(world.asOfMs, random, postedMs, 400)),
      deleted_at: random.chance(0.04) ? timestamp(world.asOfMs) : null,
    })
    forum.posts.push({ id, threadId })
  }
  if (forum.posts.length > 0 && random.chance(0.5))
    loader.add('forum_reactions', {
      post_id: random.pick(forum.posts).id,
      account_id: account.accountId,
      emoji: random.pick(['+1', 'heart', 'thanks']),
      reacted_at: timestamp(laterMs(world.asOfMs, random, postedMs, 400)),
    })
  forum.threads.splice(0, forum.threads.length - recent)
  forum.posts.splice(0, forum.posts.length - recent)
}

function writeBlogComment({ world, loader, random, person }: Scene, account: AccountRows): void {
  loader.add('blog_comments', {
    id: loader.nextId('blog_comments'),
    blog_post_id: random.between(1, blogPostCount),
    account_id: account.accountId,
    guest_id: null,
    body: `${random.pick(world.pools.sentences)} ${person.given}`,
    ip: ipAddress(random),
    posted_at: timestamp(laterMs(world.asOfMs, random, account.createdMs, 1500)),
  })
}

/** A comment of somebody without an account. */
export function writeGuestComment({ world, loader, random, person }: Scene, afterMs: number): void {
  const guestId = loader.nextId('blog_guests')
  loader.add('blog_guests', { id: guestId, email: person.email, name: person.fullName })
  loader.add('blog_comments', {
    id: loader.nextId('blog_comments'),
    blog_post_id: random.between(1, blogPostCount),
    account_id: null,
    guest_id: guestId,
    body: random.pick(world.pools.sentences),
    ip: ipAddress(random),
    posted_at: timestamp(laterMs(world.asOfMs, random, afterMs, 500)),
  })
}
