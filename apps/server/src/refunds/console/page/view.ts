import { z } from 'zod'
import { BALANCE_PROBLEMS } from '../../ledger/problems.ts'
import { SEEN_STATES } from '../../offline/console/console-views.ts'
import { LEG_LISTS } from '../list-open-legs.ts'
import { REFUNDS_PAGE } from './page-room.ts'

export const TABS = { todo: '待办', offline: '线下申请', ledger: '余额台账' } as const
export type Tab = keyof typeof TABS

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const id = z.string().min(1).max(64)
const ms = z.coerce.number().int().min(0)

/** What the page shows. An address that names nothing sensible shows what needs a person. */
export const viewSchema = z.object({
  hospital: optional(z.string().max(40)),
  tab: z.enum(['todo', 'offline', 'ledger']).catch('todo'),
  // Of the first tab: one list, or one case.
  ...{ list: optional(z.enum(LEG_LISTS)), afterMs: optional(ms), afterId: optional(id), case: optional(id) },
  // Of the second: a state, or one application.
  ...{ state: optional(z.enum(SEEN_STATES)), after: optional(z.string().max(80)), application: optional(id) },
  problem: optional(z.enum(BALANCE_PROBLEMS)),
  // Number of a person: only ever in a form, never in an address.
  ...{ afterFen: optional(ms), afterPatid: optional(id) },
})
export type View = z.output<typeof viewSchema>

export function addressOf(view: Partial<View>, more: Readonly<Record<string, string>> = {}): string {
  const { afterPatid, afterFen, ...shown } = view
  const fields = Object.entries({ ...shown, ...more }).filter(([, value]) => value !== undefined)
  return `${REFUNDS_PAGE.path}?${new URLSearchParams(fields.map(([name, value]) => [name, `${value}`] as [string, string]))}`
}
