import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import type { Role } from '../../../apps/server/src/platform/operators/access/roles.ts'
import type { Site } from './open-bench.ts'
import { SOUGHT } from './patient-rows.ts'
import { cappedRows, MIDDLE_DAYS_AGO } from './tables.ts'

/** What a clerk does on a page: the address that is asked, as the page makes it. */
export interface Question {
  readonly metric: string
  readonly role: Role
  readonly path: (site: Site) => Promise<string> | string
  /** What may stand in no address. */
  readonly body?: object
}

const LISTS = {
  ...{ audit: 'audit', calls: 'operator', 'usage/events': 'operator', patients: 'operator' },
} as const satisfies Record<string, Role>
const middleDay = () => shanghaiDay(Date.now() - MIDDLE_DAYS_AGO * DAY_MS)

/** The page after the first one of the middle of the table: as deep as a page lies. */
function deepPage(list: keyof typeof LISTS, { keepsDays = false } = {}): Question {
  const role = LISTS[list]
  return {
    ...{ metric: `${list.replace('/', '-')}-deep-page`, role },
    path: async (site) => {
      const { next } = await site.ask<{ next: string | null }>(role, `/${list}?to=${middleDay()}`)
      if (!next) throw new Error(`${list}: the middle is its end`)
      return `/${list}?before=${encodeURIComponent(next)}${keepsDays ? `&to=${middleDay()}` : ''}`
    },
  }
}

const middle = ({ rows }: Site) => Math.floor(rows / 2)
/** Of tables that are not as large as the largest. */
const cappedMiddle = ({ rows }: Site) => Math.floor(cappedRows(rows) / 2)

/** Who is looked for by what is their own: only its blind index comes to the database. */
function patientBy(by: 'name' | 'idNumber' | 'phone', text: string): Question {
  const metric = `patients-by-${by === 'idNumber' ? 'id-number' : by}`
  return { metric, role: 'operator', path: () => '/patients/search', body: { by, text } }
}

export const QUESTIONS: readonly Question[] = [
  { metric: 'audit-first-page', role: 'audit', path: () => '/audit' },
  deepPage('audit'),
  { metric: 'audit-by-number', role: 'audit', path: (site) => `/audit?traceId=ZY-${middle(site)}` },
  { metric: 'audit-rare-action', role: 'audit', path: () => '/audit?action=refunds.' },
  { metric: 'audit-one-day', role: 'audit', path: () => `/audit?from=${middleDay()}&to=${middleDay()}` },
  { metric: 'calls-first-page', role: 'operator', path: () => '/calls' },
  deepPage('calls'),
  { metric: 'calls-by-number', role: 'operator', path: (site) => `/calls?number=REQ${middle(site)}` },
  { metric: 'calls-trouble', role: 'operator', path: () => '/calls?platform=his&outcome=trouble' },
  { metric: 'calls-one-day', role: 'operator', path: () => `/calls?from=${middleDay()}&to=${middleDay()}` },
  { metric: 'refunds-waiting', role: 'finance', path: () => '/refunds/legs?list=paying' },
  {
    ...{ metric: 'refunds-deep-page', role: 'finance' },
    path: async (site) => {
      const number = Math.floor(cappedMiddle(site) / 20) * 20 + 20
      const { id, changedAtMs } = await site
        .ask<{ legs: readonly { id: string; changedAtMs: number }[] }>(
          'finance',
          `/refunds/cases/case_${number}`,
        )
        .then(({ legs }) => legs[0] ?? { id: '', changedAtMs: 0 })
      return `/refunds/legs?list=paying&before=${changedAtMs}.${id}`
    },
  },
  {
    metric: 'refunds-by-number',
    role: 'finance',
    path: (site) => `/refunds/cases/case_${cappedMiddle(site)}`,
  },
  { metric: 'usage-events-first-page', role: 'operator', path: () => '/usage/events' },
  // Without days it shows the last seven.
  deepPage('usage/events', { keepsDays: true }),
  {
    metric: 'usage-events-by-number',
    role: 'operator',
    path: (site) => `/usage/events?number=REQ${middle(site)}`,
  },
  { metric: 'usage-events-scene', role: 'operator', path: () => '/usage/events?scene=0101051' },
  { metric: 'usage-events-no-card', role: 'operator', path: () => '/usage/events?state=no-card' },
  { metric: 'refunds-one-sided', role: 'finance', path: () => '/refunds/legs?list=one-sided' },
  { metric: 'patients-first-page', role: 'operator', path: () => '/patients' },
  deepPage('patients'),
  {
    metric: 'patients-by-number',
    role: 'operator',
    path: (site) => `/patients?number=P${cappedMiddle(site)}`,
  },
  {
    metric: 'patients-by-card',
    role: 'operator',
    path: () => `/patients?number=${SOUGHT.visitCard}`,
  },
  patientBy('idNumber', SOUGHT.idNumber),
  patientBy('phone', SOUGHT.phone),
  patientBy('name', SOUGHT.name),
]
