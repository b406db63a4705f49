import { badInput } from '../../../platform/errors/catalogue.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { changeApplication } from '../change-application.ts'
import type { OfflineConsole } from '../room.ts'
import type { One, Payout } from './console-views.ts'
import { viewOne } from './view-one.ts'
import { withApplication } from './with-application.ts'

const VOUCHER_INDEX = 'offline_application_voucher'

/** The money was handed over, at the window or by bank: a voucher pays one application, and the same told twice is one. */
export async function recordPayout(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, how, voucher }: Payout & { readonly id: string },
): Promise<One> {
  try {
    return await withApplication(room, hospital, id, async (tx, application) => {
      const isTold = application.payout_how === how && application.payout_voucher === voucher
      if (isTold) return viewOne(tx, room, hospital, application)
      const { amount_fen: amountFen } = application
      const row = await changeApplication(tx, room, application, {
        ...{ happening: 'paid-out', actor: `operator:${operator}` },
        ...(amountFen !== null && { amountFen }),
        change: { payout_how: how, payout_voucher: voucher, paid_out_at_ms: room.clock.nowMs() },
      })
      return viewOne(tx, room, hospital, row)
    })
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== VOUCHER_INDEX) throw error
    throw badInput({ field: 'voucher', message: '这个凭证号已经登记在另一份申请上，请核对' })
  }
}
