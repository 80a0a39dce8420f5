/** Market research: people bought in from agencies, and what they and customers answered. */
import { accountOf, type Tables } from './tables.ts'

export const researchTables: Tables = {
  panel_suppliers: {
    context: 'research',
    key: ['id'],
    columns: { id: 'key', name: 'notPersonal', country: 'notPersonal', contract_until: 'notPersonal' },
  },
  panel_members: {
    context: 'research',
    key: ['supplier_id', 'external_ref'],
    subject: 'person',
    columns: {
      supplier_id: 'key',
      external_ref: 'key',
      email: { field: 'emailAddress', identifier: 'email' },
      full_name: 'fullName',
      birth_year: 'ageBand',
      gender: 'gender',
      ethnicity: 'ethnicity',
      health_condition: 'healthNote',
      occupation: 'workHistory',
      country: 'postalAddress',
      received_on: 'notPersonal',
      told_on: 'notPersonal',
    },
    links: { supplier: { table: 'panel_suppliers', on: { supplier_id: 'id' }, required: true } },
  },
  surveys: {
    context: 'research',
    key: ['id'],
    columns: { id: 'key', title: 'notPersonal', opened_on: 'notPersonal', closed_on: 'notPersonal' },
  },
  survey_questions: {
    context: 'research',
    key: ['survey_id', 'number'],
    columns: { survey_id: 'key', number: 'key', wording: 'notPersonal', topic: 'notPersonal' },
    links: { survey: { table: 'surveys', on: { survey_id: 'id' }, required: true } },
  },
  survey_responses: {
    context: 'research',
    key: ['id'],
    owners: {
      account: accountOf('account_id'),
      panelMember: { table: 'panel_members', on: { supplier_id: 'supplier_id', panel_ref: 'external_ref' } },
    },
    orphans: 'finding',
    columns: {
      id: 'key',
      survey_id: 'key',
      account_id: 'key',
      supplier_id: 'key',
      panel_ref: 'key',
      latitude: { field: 'preciseLocation', of: 'all' },
      longitude: { field: 'preciseLocation', of: 'all' },
      video_path: { field: 'videoRecording', of: 'all' },
      submitted_at: { field: 'surveyAnswer', of: 'all' },
    },
    links: { survey: { table: 'surveys', on: { survey_id: 'id' }, required: true } },
  },
  survey_answers: {
    context: 'research',
    key: ['response_id', 'number'],
    owners: { response: { table: 'survey_responses', on: { response_id: 'id' }, required: true } },
    columns: {
      response_id: 'key',
      survey_id: 'key',
      number: 'key',
      answer: { field: 'surveyAnswer', of: 'all', freeText: true },
    },
    links: {
      question: {
        table: 'survey_questions',
        on: { survey_id: 'survey_id', number: 'number' },
        required: true,
      },
    },
  },
}
