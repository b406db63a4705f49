import type { Locked, Tx } from '../../platform/database/tx.ts'
import type { LegRow, RefundsTables } from '../tables.ts'
import { lockLeg } from './find-leg.ts'
import { type Happening, isEnd, LEG_ENDS, type LegState, legAfter } from './leg-states.ts'

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
  seen: Pick<LegRow, 'id' | 'state'>,
  change: Change,
): Promise<LegRow | undefined> {
  const leg = await lockLeg(tx, seen.id)
  return leg.state === seen.state ? changeHeldLeg(tx, leg, change) : undefined
}

/** As `changeLeg`, of a leg that nobody else can change meanwhile. */
export function changeHeldLeg(
  tx: Tx,
  leg: Locked<LegRow>,
  { happening, nowMs, detail, actor, set = {} }: Change,
): Locked<LegRow> | undefined {
  const next = legAfter(leg.state, happening)
  if (next === undefined) return undefined
  const { next_action_at_ms: wanted = RESTING.has(next) ? null : nowMs } = set
  const after = {
    ...{ tries: 0, last_problem: null, ...set },
    ...{ state: next, changed_at_ms: nowMs, steps: leg.steps + 1 },
    next_action_at_ms: isEnd(next) ? null : wanted,
  }
  tx.later(
    tx.sql
      .withTables<RefundsTables>()
      .updateTable('refund_leg')
      .set(after)
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', leg.id)
      .where('state', '=', leg.state),
  )
  const row = { ...leg, ...after }
  appendStep(tx, row, { happening, nowMs, detail, actor })
  if (isEnd(next)) closeCaseIfOver(tx, leg.case_id, nowMs)
  return row
}

export function appendStep(
  tx: Tx,
  { id, state, steps }: Pick<LegRow, 'id' | 'state' | 'steps'>,
  { happening, nowMs, detail, actor }: Omit<Change, 'happening' | 'set'> & { readonly happening: string },
): void {
  tx.changed('refunds')
  tx.later(
    tx.sql
      .withTables<RefundsTables>()
      .insertInto('refund_step')
      .values({
        ...{ hospital_id: tx.hospitalId, leg_id: id, step: steps, at_ms: nowMs, happening, state },
        ...{ detail: detail ?? null, actor: actor ?? null },
      }),
  )
}

/** Nothing became known: when to look again, and why. The state stays, and must not have changed meanwhile. */
export function lookAgain(
  tx: Tx,
  { id, state }: Pick<LegRow, 'id' | 'state'>,
  change: { readonly last_problem: string | null; readonly next_action_at_ms: number | null },
): void {
  tx.later(
    tx.sql
      .withTables<RefundsTables>()
      .updateTable('refund_leg')
      .set(change)
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', id)
      .where('state', '=', state),
  )
}

/** Two legs that end at once wait for each other at the case: the second sees both. */
function closeCaseIfOver(tx: Tx, caseId: string, nowMs: number): void {
  const tables = tx.sql.withTables<RefundsTables>()
  tx.later(
    tables
      .selectFrom('refund_case')
      .select('id')
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', caseId)
      .forUpdate(),
  )
  tx.later(
    tables
      .updateTable('refund_case')
      .set({ state: 'closed', closed_at_ms: nowMs })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', caseId)
      .where('state', '=', 'open')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('refund_leg')
              .select('id')
              .where('hospital_id', '=', tx.hospitalId)
              .where('case_id', '=', caseId)
              .where('state', 'not in', [...LEG_ENDS]),
          ),
        ),
      ),
  )
}
