import type { Tx } from '../../platform/database/tx.ts'
import type { CaseRow, RefundsTables } from '../tables.ts'

export const WRONG_NAME = 'NAME_NOT_CORRECT'
/** For the patient. */
export const WRONG_PAYEE =
  '这个微信的实名与您的姓名不一致，上次没有付成，不能再退到这个微信。请用患者本人实名的微信申请，或提交线下退款申请。'

/** WeChat said that this openid is not this person's: it would say so again, and below 0.30 yuan it would not even look. */
export async function isWrongPayee(
  tx: Tx,
  { openid, person_index }: Pick<CaseRow, 'openid' | 'person_index'>,
): Promise<boolean> {
  if (person_index === null) return false
  const failed = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case as c')
    .innerJoin('refund_leg as l', (join) =>
      join.onRef('l.hospital_id', '=', 'c.hospital_id').onRef('l.case_id', '=', 'c.id'),
    )
    .select('l.id')
    .where('c.hospital_id', '=', tx.hospitalId)
    .where('c.person_index', '=', person_index)
    .where('c.openid', '=', openid)
    .where('l.fail', '=', WRONG_NAME)
    .executeTakeFirst()
  return failed !== undefined
}
