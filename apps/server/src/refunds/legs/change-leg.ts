import type { Tx } from '../../platform/database/tx.ts'
import type { LegRow, RefundsTables } from '../tables.ts'
import { type Happening, isEnd, type LegState, legAfter } from './leg-states.ts'

/** What a change may write beside the state. */
export type LegChange = Partial<
  Omit<
    LegRow,
    | ('hospital_id' | 'id' | 'case_id' | 'place' | 'route' | 'amount_fen' | 'his_mode' | 'state')
    | ('steps' | 'created_at_ms' | 'changed_at_ms')
  >
>

export interface Change {
  readonly happening: Happening
  readonly nowMs: number
  /** Why, in a code. */
  readonly detail?: string | undefined
  /** The person who did it, where one did. */
  readonly actor?: string | undefined
  readonly set?: LegChange
}

/** The next look at what rests: none, unless the change says when. */
const RESTING: ReadonlySet<LegState> = new Set(['paying', 'one-sided'])

/**
 * Writes what became known of a leg and appends it to the leg's history, if nobody was faster: the row must still be in
 * the state in which it was read. Undefined: it is not, or this cannot happen to it; then nothing is written. What does
 * not rest is looked at now, unless the change says when.
 */
export async function changeLeg(
  tx: Tx,
  { id, state, case_id }: Pick<LegRow, 'id' | 'state' | 'case_id'>,
  { happening, nowMs, detail, actor, set = {} }: Change,
): Promise<LegRow | undefined> {
  const next = legAfter(state, happening)
  if (next === undefined) return undefined
  const { next_action_at_ms: wanted = RESTING.has(next) ? null : nowMs } = set
  const row = await tx.sql
    .withTables<RefundsTables>()
    .updateTable('refund_leg')
    .set((leg) => ({
      ...{ tries: 0, last_problem: null, ...set },
      ...{ state: next, changed_at_ms: nowMs, steps: leg('steps', '+', 1) },
      next_action_at_ms: isEnd(next) ? null : wanted,
    }))
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirst()
  if (!row) return undefined
  await appendStep(tx, row, { happening, nowMs, detail, actor })
  if (isEnd(next)) await closeCaseIfOver(tx, case_id, nowMs)
  return row
}

export async function appendStep(
  tx: Tx,
  { id, state, steps }: Pick<LegRow, 'id' | 'state' | 'steps'>,
  { happening, nowMs, detail, actor }: Omit<Change, 'happening' | 'set'> & { readonly happening: string },
): Promise<void> {
  await tx.sql
    .withTables<RefundsTables>()
    .insertInto('refund_step')
    .values({
      ...{ hospital_id: tx.hospitalId, leg_id: id, step: steps, at_ms: nowMs, happening, state },
      ...{ detail: detail ?? null, actor: actor ?? null },
    })
    .execute()
}

/** Nothing became known: when to look again, and why. The state stays, and must not have changed meanwhile. */
export async function lookAgain(
  tx: Tx,
  { id, state }: Pick<LegRow, 'id' | 'state'>,
  change: { readonly last_problem: string | null; readonly next_action_at_ms: number | null },
): Promise<void> {
  await tx.sql
    .withTables<RefundsTables>()
    .updateTable('refund_leg')
    .set(change)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .execute()
}

/** Two legs that end at once wait for each other at the case: the second sees both. */
async function closeCaseIfOver(tx: Tx, caseId: string, nowMs: number): Promise<void> {
  const tables = tx.sql.withTables<RefundsTables>()
  await tables
    .selectFrom('refund_case')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const legs = await tables
    .selectFrom('refund_leg')
    .select('state')
    .where('hospital_id', '=', tx.hospitalId)
    .where('case_id', '=', caseId)
    .execute()
  if (!legs.every(({ state }) => isEnd(state))) return
  await tables
    .updateTable('refund_case')
    .set({ state: 'closed', closed_at_ms: nowMs })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', caseId)
    .where('state', '=', 'open')
    .execute()
}
