import { assertNever } from '@zhangyi/core'
import { explainFailReason } from '@zhangyi/wechat-pay'

/**
 * What follows a transfer that a query calls FAIL or CANCELLED.
 * - `give-back`: no machine may try it again; the sum returns to the balance, and another way is open.
 * - `wait`: another number may follow when somebody asks for it.
 * - `clerk`: the same, and a clerk has to know at once.
 */
export type AfterFail = 'give-back' | 'wait' | 'clerk'

export function afterFail(failReason: string | undefined): AfterFail {
  // CANCELLED names no reason.
  if (failReason === undefined) return 'wait'
  const { duty } = explainFailReason(failReason)
  switch (duty) {
    case 'counter':
      return 'give-back'
    case 'reissue':
    case 'patient-fixes':
    case 'wait-or-split':
    case 'other-account':
      return 'wait'
    case 'operator':
    case 'review':
      return 'clerk'
    default:
      return assertNever(duty)
  }
}
