/** What subjects chose, one row a statement, never changed: the evidence that consent was given, and what was shown. */
import type { Tx } from './database.ts'

export interface ChoiceRow {
  readonly subjectId: string
  readonly choiceId: string
  readonly kind: string
  readonly purpose: string | null
  readonly value: string
  readonly policyVersion: string
  /** By which surface: `centre`, `form`, `signal`, … */
  readonly how: string
  /** Which wording the person saw. */
  readonly textVersion: string | null
  readonly sealedNote: Uint8Array | null
  readonly chosenAt: Date
}

export async function insertChoice(tx: Tx, row: ChoiceRow): Promise<void> {
  await tx
    .insertInto('avow.choice')
    .values({
      subject_id: row.subjectId,
      choice_id: row.choiceId,
      kind: row.kind,
      purpose: row.purpose,
      value: row.value,
      policy_version: row.policyVersion,
      how: row.how,
      text_version: row.textVersion,
      sealed_note: row.sealedNote,
      chosen_at: row.chosenAt,
    })
    .execute()
}

export async function choicesOf(tx: Tx, subjectId: string): Promise<ChoiceRow[]> {
  return tx
    .selectFrom('avow.choice')
    .select([
      'subject_id as subjectId',
      'choice_id as choiceId',
      'kind',
      'purpose',
      'value',
      'policy_version as policyVersion',
      'how',
      'text_version as textVersion',
      'sealed_note as sealedNote',
      'chosen_at as chosenAt',
    ])
    .where('subject_id', '=', subjectId)
    .orderBy('choice_id')
    .execute()
}

export async function deleteChoices(tx: Tx, subjectId: string): Promise<number> {
  const done = await tx.deleteFrom('avow.choice').where('subject_id', '=', subjectId).executeTakeFirst()
  return Number(done.numDeletedRows)
}
