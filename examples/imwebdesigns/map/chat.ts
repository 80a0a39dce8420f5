/**
 * Chats have two sides. Each is given the own words; what one said stands, emptied, while the other is still there,
 * and the whole goes with the last. Text and metadata are held apart.
 */
import { accountOf, alwaysAccountOf, formerMember, noTime, type Tables, withdrawn } from './tables.ts'

export const chatTables: Tables = {
  conversations: {
    context: 'chat',
    key: ['id'],
    owners: { participant: { table: 'conversation_participants', on: { id: 'conversation_id' } } },
    orphans: 'finding',
    columns: {
      id: 'key',
      kind: 'notPersonal',
      topic: { field: 'chatMetadata', of: 'all' },
      started_at: { field: 'chatMetadata', of: 'all', erased: noTime },
    },
  },
  conversation_participants: {
    context: 'chat',
    key: ['conversation_id', 'account_id'],
    owners: { participant: alwaysAccountOf('account_id') },
    columns: {
      conversation_id: 'key',
      account_id: 'key',
      display_name: 'username',
      joined_at: 'chatMetadata',
      last_read_at: 'chatMetadata',
    },
    links: { conversation: { table: 'conversations', on: { conversation_id: 'id' }, required: true } },
  },
  chat_messages: {
    context: 'chat',
    key: ['id'],
    softDelete: 'deleted_at',
    owners: {
      sender: accountOf('sender_account_id'),
      party: { table: 'conversations', on: { conversation_id: 'id' }, required: true },
    },
    columns: {
      id: 'key',
      conversation_id: 'key',
      sender_account_id: 'key',
      sender_staff_id: 'key',
      body: { field: 'chatText', of: 'sender', freeText: true, erased: withdrawn },
      sent_at: { field: 'chatMetadata', of: 'all' },
      edited_at: { field: 'chatMetadata', of: 'sender' },
      deleted_at: 'notPersonal',
    },
    links: {
      conversation: { table: 'conversations', on: { conversation_id: 'id' }, required: true, onErasure: 'keep' },
      senderStaff: { table: 'staff', on: { sender_staff_id: 'id' } },
    },
  },
  chat_message_metadata: {
    context: 'chat',
    key: ['message_id'],
    owners: {
      sender: { table: 'chat_messages', on: { message_id: 'id' }, required: true, as: ['sender'] },
      party: { table: 'chat_messages', on: { message_id: 'id' }, required: true, as: ['party'] },
    },
    orphans: 'finding',
    columns: {
      message_id: 'key',
      ip: { field: 'ipAddress', of: 'sender' },
      client: { field: 'chatMetadata', of: 'sender' },
      delivered_at: { field: 'chatMetadata', of: 'all' },
      latency_ms: 'notPersonal',
    },
  },
  chat_rooms: { context: 'publicChatRooms', key: ['id'], columns: { id: 'key', name: 'notPersonal' } },
  room_messages: {
    context: 'publicChatRooms',
    key: ['id'],
    erase: 'anonymise', // in public others answered it: the line stays, its author and words go
    owners: { author: accountOf('author_id') },
    orphans: 'nobody',
    columns: {
      id: 'key',
      room_id: 'key',
      author_id: 'key',
      author_name: { field: 'username', erased: formerMember },
      body: { field: 'publicChatText', freeText: true, erased: withdrawn },
      sent_at: 'notPersonal',
    },
    links: { room: { table: 'chat_rooms', on: { room_id: 'id' }, required: true } },
  },
}
