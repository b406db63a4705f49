import { type Clock, MINUTE_MS } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { changeNotice } from '../delivery/notice-row.ts'
import type { NoticeRow, NoticesTables } from '../tables.ts'
import { openingMs } from './hours.ts'

const WHILE_PAUSED_MS = 10 * MINUTE_MS

/** A notice of a campaign is not sent at night nor while the campaign is paused, however it came to be late. */
export async function keepBack(
  tx: Tx,
  clock: Clock,
  { notices }: Hospital,
  notice: NoticeRow,
): Promise<boolean> {
  if (notice.campaign_id === null) return false
  const { state } = await tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice_campaign')
    .select('state')
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', notice.campaign_id)
    .executeTakeFirstOrThrow()
  const nowMs = clock.nowMs()
  const untilMs = state === 'paused' ? nowMs + WHILE_PAUSED_MS : openingMs(nowMs, notices.campaigns)
  if (untilMs <= nowMs) return false
  await changeNotice(tx, notice, { next_action_at_ms: untilMs })
  return true
}

/** What failed for one patient by a fault of ours or of WeChat's would fail for thousands. */
export async function pauseForProblem(tx: Tx, notice: NoticeRow, problem: string): Promise<void> {
  if (notice.campaign_id === null) return
  await tx.sql
    .withTables<NoticesTables>()
    .updateTable('notice_campaign')
    .set({ state: 'paused', problem, next_action_at_ms: null })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', notice.campaign_id)
    .where('state', '=', 'running')
    .execute()
}
