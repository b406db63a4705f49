import { z } from 'zod'
import { LEG_LISTS } from '../list-open-legs.ts'
import { REFUNDS_PAGE } from './page-room.ts'

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const id = z.string().min(1).max(64)
const ms = z.coerce.number().int().min(0)

/** What the page shows. An address that names nothing sensible shows what needs a person. */
export const viewSchema = z.object({
  hospital: optional(z.string().max(40)),
  // One list, or one case.
  ...{ list: optional(z.enum(LEG_LISTS)), afterMs: optional(ms), afterId: optional(id), case: optional(id) },
})
export type View = z.output<typeof viewSchema>

export function addressOf(view: Partial<View>, more: Readonly<Record<string, string>> = {}): string {
  const fields = Object.entries({ ...view, ...more }).filter(([, value]) => value !== undefined)
  return `${REFUNDS_PAGE.path}?${new URLSearchParams(fields.map(([name, value]) => [name, `${value}`] as [string, string]))}`
}
