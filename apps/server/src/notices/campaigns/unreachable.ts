import { formatYuan } from '@zhangyi/core'
import { csvLine } from '../../platform/csv/csv-line.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { problemWords } from '../delivery/refusals.ts'
import type { NoticesParts } from '../room.ts'
import type { NoticesTables } from '../tables.ts'
import { auditCampaign } from './audit-campaign.ts'
import type { UnreachableTarget } from './campaign.ts'
import { openTarget } from './target-content.ts'

const NO_USER = '没有在掌医登录过'
const HEAD = ['姓名', '就诊卡号', '余额（元）', '电话', '没有通知到的原因']

/** Whom WeChat did not reach, for an SMS or a call. Who may have got it (`unknown`) is not among them. */
export async function unreachableOf(
  tx: Tx,
  { cipher }: Pick<NoticesParts, 'cipher'>,
  campaignId: string,
): Promise<readonly UnreachableTarget[]> {
  const rows = await tx.sql
    .withTables<NoticesTables>()
    .selectFrom('campaign_target as t')
    .leftJoin('notice as n', (join) =>
      join.onRef('n.hospital_id', '=', 't.hospital_id').onRef('n.id', '=', 't.notice_id'),
    )
    .where('t.hospital_id', '=', tx.hospitalId)
    .where('t.campaign_id', '=', campaignId)
    .where((row) =>
      row.or([row('t.state', '=', 'unreachable'), row('n.state', 'in', ['unreachable', 'failed'])]),
    )
    .select(['t.person', 't.content', 'n.problem'])
    .orderBy('t.person')
    .execute()
  return rows.map(({ person, content, problem }) => {
    const { page: _, ...facts } = openTarget(cipher, content)
    return { person, ...facts, problem: problem === null ? NO_USER : problemWords(problem) }
  })
}

/**
 * The same as a CSV with names and phone numbers in clear: for a caller who has checked the permission. Who took it, and
 * why, is audited here.
 */
export async function exportCampaign(
  tx: Tx,
  room: Pick<NoticesParts, 'cipher' | 'clock'>,
  campaignId: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<string> {
  const rows = await unreachableOf(tx, room, campaignId)
  auditCampaign(tx, room.clock, { action: 'exported', id: campaignId, by, reason })
  const lines = rows.map(({ patientName, cardNumber, balanceFen, phone, problem }) =>
    csvLine([
      ...[patientName.reveal(), cardNumber?.reveal() ?? '', formatYuan(balanceFen)],
      ...[phone?.reveal() ?? '', problem],
    ]),
  )
  // With a byte order mark, without which a Chinese spreadsheet reads other letters.
  return `\uFEFF${[csvLine(HEAD), ...lines].join('\r\n')}\r\n`
}
