/** Recruitment. A candidate may also have an account: the same address makes them one person. */
import type { Owner } from '@avow/core/map/document'
import type { Tables } from './tables.ts'

const candidate: Owner = { table: 'candidates', on: { candidate_id: 'id' }, required: true }
const application: Owner = { table: 'applications', on: { application_id: 'id' }, required: true }

export const recruitmentTables: Tables = {
  job_postings: {
    context: 'applicants',
    key: ['id'],
    columns: {
      id: 'key',
      title: 'notPersonal',
      location: 'notPersonal',
      opened_on: 'notPersonal',
      closed_on: 'notPersonal',
    },
  },
  recruiters: {
    context: 'applicants',
    key: ['id'],
    unique: [['email']],
    subject: 'person',
    columns: {
      id: 'key',
      agency: 'workHistory',
      full_name: 'fullName',
      email: { field: 'emailAddress', identifier: 'email' },
      phone: 'phoneNumber',
    },
  },
  candidates: {
    context: 'applicants',
    key: ['id'],
    unique: [['email']],
    subject: 'person',
    columns: {
      id: 'key',
      email: { field: 'emailAddress', identifier: 'email' },
      full_name: 'fullName',
      phone: { field: 'phoneNumber', search: true },
      account_id: 'key',
      recruiter_id: 'key',
      referred_by_account_id: 'key',
      source: 'applicationStatus',
      disability: 'accessibilityNeed',
      created_at: 'applicationStatus',
    },
    links: {
      account: { table: 'accounts', on: { account_id: 'id' } },
      recruiter: { table: 'recruiters', on: { recruiter_id: 'id' } },
      // Who recommended them is not theirs to be given, and who recommended loses nothing of the candidate's.
      recommendedBy: { table: 'accounts', on: { referred_by_account_id: 'id' } },
    },
  },
  applications: {
    context: 'applicants',
    key: ['id'],
    owners: { candidate },
    columns: {
      id: 'key',
      candidate_id: 'key',
      job_posting_id: 'key',
      stage: 'applicationStatus',
      cover_letter: { field: 'coverLetter', freeText: true },
      expected_salary: 'salaryExpectation',
      applied_at: 'applicationStatus',
      closed_at: 'applicationStatus',
    },
    links: { posting: { table: 'job_postings', on: { job_posting_id: 'id' }, required: true } },
  },
  application_documents: {
    context: 'applicants',
    key: ['application_id', 'position'],
    owners: { application },
    columns: {
      application_id: 'key',
      position: 'key',
      kind: 'curriculumVitae',
      file_name: 'curriculumVitae',
      storage_path: { field: 'curriculumVitae', search: true },
    },
  },
  candidate_education: {
    context: 'applicants',
    key: ['candidate_id', 'position'],
    owners: { candidate },
    columns: { candidate_id: 'key', position: 'key', institution: 'school', degree: 'degree', year: 'degree' },
  },
  candidate_employment: {
    context: 'applicants',
    key: ['candidate_id', 'position'],
    owners: { candidate },
    columns: {
      candidate_id: 'key',
      position: 'key',
      employer: 'workHistory',
      job_title: 'workHistory',
      from_year: 'workHistory',
      to_year: 'workHistory',
    },
  },
  interviews: {
    context: 'applicants',
    key: ['id'],
    owners: { application },
    columns: {
      id: 'key',
      application_id: 'key',
      interviewer_id: 'key',
      video_path: 'videoRecording',
      assessment: { field: 'interviewNote', freeText: true },
      score: 'interviewNote',
      held_at: 'interviewNote',
    },
    links: { interviewer: { table: 'staff', on: { interviewer_id: 'id' }, required: true, onErasure: 'keep' } },
  },
}
