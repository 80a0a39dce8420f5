/** The versions of the policy by their ids, and which one holds. A version never changes: its id is its hash. */
import type { Tx } from './database.ts'

/** The document as canonical JSON. */
export async function policyText(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.selectFrom('avow.policy_version').select('document').where('id', '=', id).executeTakeFirst()
  return row?.document
}

export async function policyHead(tx: Tx): Promise<string | undefined> {
  const row = await tx.selectFrom('avow.policy_head').select('id').executeTakeFirst()
  return row?.id
}

export async function policyVersions(tx: Tx): Promise<{ id: string; publishedAt: Date }[]> {
  return tx
    .selectFrom('avow.policy_version')
    .select(['id', 'published_at as publishedAt'])
    .orderBy('published_at')
    .orderBy('id')
    .execute()
}

export async function insertPolicy(tx: Tx, id: string, document: string, publishedAt: Date): Promise<void> {
  await tx
    .insertInto('avow.policy_version')
    .values({ id, document, published_at: publishedAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export async function setPolicyHead(tx: Tx, id: string): Promise<void> {
  await tx
    .insertInto('avow.policy_head')
    .values({ one: true, id })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ id }))
    .execute()
}
