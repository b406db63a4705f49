import { listAudit } from '../../../platform/audit/list/list-audit.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import { CONTRADICTION_DONE } from './mark-contradiction-done.ts'

/** Somebody dealt with what WeChat said against the end of a leg. */
export interface ContradictionMark {
  readonly atMs: number
  readonly by: string
  readonly contradiction: string
  readonly reason: string
}

/** Each is of something that WeChat had not said before; nobody contradicts itself that often. */
const MOST = 60

/** Of a leg, newest first: the audit keeps them. */
export async function contradictionsDone(tx: Tx, legId: string): Promise<readonly ContradictionMark[]> {
  const rows = await listAudit(tx, { subject: legId, action: CONTRADICTION_DONE }, MOST)
  return rows.map(({ at_ms: atMs, actor, detail }) => ({
    ...{ atMs, by: actor, contradiction: String(detail['contradiction']), reason: String(detail['reason']) },
  }))
}
