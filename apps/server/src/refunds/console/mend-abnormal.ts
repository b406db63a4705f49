import type { HospitalId, Sensitive } from '@zhangyi/core'
import { type AppliedRefund, applyAbnormalRefund } from '../../payments/index.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { openCasePerson } from '../cases/case-person.ts'
import { caseOf, requireLeg } from '../legs/find-leg.ts'
import type { RefundsRoom } from '../room.ts'
import { auditAct } from './audit-act.ts'

export interface AbnormalMending {
  readonly legId: string
  readonly by: string
  readonly reason: string
  /** WeChat's code of the patient's bank. */
  readonly bankType: string
  readonly bankAccount: Sensitive
}

/**
 * 发起异常退款: the same refund goes to a bank card of the patient, under its own number: never another refund, never a
 * transfer. To the merchant's card it is not sent from here: the patient would be told that it was paid.
 */
export async function mendAbnormal(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, reason, bankType, bankAccount }: AbnormalMending,
): Promise<AppliedRefund> {
  const { leg, name } = await room.database.inTransaction(hospitalId, async (tx) => {
    const found = await requireLeg(tx, legId)
    if (found.route !== 'original' || found.state !== 'paying' || found.payout_id === null)
      throw new AppError('refund-refused', { zh: '这笔退款不是异常退款，请先看它最新的状态。' })
    auditAct(tx, room, { by, action: 'refunds.abnormal-mended', legId, detail: { reason } })
    return { leg: found, name: openCasePerson(room.cipher, await caseOf(tx, found)).name }
  })
  const to = { type: 'USER_BANK_CARD', bankType, bankAccount, realName: name } as const
  return applyAbnormalRefund(room, hospitalId, leg.payout_id ?? '', to)
}
