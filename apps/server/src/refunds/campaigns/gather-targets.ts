import { fen, type HospitalId, sensitive } from '@zhangyi/core'
import { sql } from 'kysely'
import { addCampaignTargets, type CampaignTarget } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Platform } from '../../platform/platform.ts'
import { type LedgerTarget, ledgerTargets } from '../ledger/ledger-targets.ts'
import type { RefundCampaignRow } from './campaign-row.ts'

const PAGE = 1_000
const REFUND_PAGE = 'pages-refund/entries/entries'

/** One page of the ledger becomes targets, in one transaction with how far that is: after a crash it goes on from there. */
export async function gatherTargets(
  { database, cipher, clock }: Pick<Platform, 'database' | 'cipher' | 'clock'>,
  hospitalId: HospitalId,
  claimed: RefundCampaignRow,
): Promise<void> {
  await database.inTransaction(hospitalId, async (tx) => {
    const row = await lockRow(tx, claimed.id)
    // Of another claim.
    if (row?.state !== 'gathering' || row.looks !== claimed.looks) return
    const { targets, next } = await ledgerTargets(
      tx,
      cipher,
      { minFen: row.min_fen, sinceBefore: row.since_before ?? undefined },
      { after: row.after_patid, limit: PAGE },
    )
    const wanted = targets.filter(({ toldAtMs }) => row.again || toldAtMs === null).map(targetOf)
    const added = await addCampaignTargets(tx, { cipher, clock }, row.id, wanted)
    await sql`
      UPDATE refund_campaign SET state = ${next === null ? 'gathered' : 'gathering'},
        after_patid = ${targets.at(-1)?.patid ?? row.after_patid}, looked_at = looked_at + ${targets.length},
        gathered = gathered + ${added}, next_action_at_ms = ${next === null ? null : clock.nowMs()}
      WHERE hospital_id = ${hospitalId} AND id = ${row.id}`.execute(tx.sql)
  })
}

async function lockRow(tx: Tx, id: string): Promise<RefundCampaignRow | undefined> {
  const { rows } = await sql<RefundCampaignRow>`
    SELECT *, since_before::text AS since_before FROM refund_campaign
    WHERE hospital_id = ${tx.hospitalId} AND id = ${id} FOR UPDATE`.execute(tx.sql)
  return rows[0]
}

/** Of several users who hold a patient one is told: the same balance is not everybody's news twice. */
function targetOf({ patid, balanceFen, person, userIds }: LedgerTarget): CampaignTarget {
  const { name, card, phone } = person.reveal()
  return {
    ...{ person: patid, userId: userIds[0], patientName: sensitive(name), balanceFen: fen(balanceFen) },
    cardNumber: card === '' ? undefined : sensitive(card),
    phone: phone === '' ? undefined : sensitive(phone),
    page: REFUND_PAGE,
  }
}
