import { assertNever } from '@zhangyi/core'
import type { OrderRow } from './order-row.ts'
import type { State } from './order-states.ts'
import type { VisitOrder } from './visit-views.ts'

/** What the patient app is told of a state. */
export function stateOf(state: State): VisitOrder['state'] {
  switch (state) {
    case 'locking':
    case 'to-pay':
      return 'to-pay'
    case 'closing':
    case 'unlocking':
    case 'closed':
      return 'closed'
    case 'paid':
    case 'posting':
      return 'confirming'
    case 'cancel-refunding':
      return 'cancelling'
    case 'done':
    case 'refunding':
    case 'refunded':
    case 'cancelling':
    case 'cancelled':
      return state
    default:
      return assertNever(state, 'state')
  }
}

/** How things are, and what comes next. `refund`: as the payments room has it. */
export function messageOf(
  { kind, state, cancels, last_problem }: Pick<OrderRow, 'kind' | 'state' | 'cancels' | 'last_problem'>,
  refund: VisitOrder['refund'],
): string {
  const fee = kind === 'outpatient-fee'
  const refused = last_problem?.startsWith('no ') === true
  if (refund?.state === 'needs-person')
    return '退款遇到问题，医院财务会处理。请保留这个页面，需要时带身份证到收费窗口。'
  switch (state) {
    case 'locking':
      return '正在向医院要号，请稍等。'
    case 'to-pay':
      return fee ? '请在规定时间内付款。' : '号已为您留住，请在规定时间内付款。'
    case 'closing':
    case 'unlocking':
      return fee ? '已不再付款，订单正在关闭。' : '已不再付款，号正在放回。'
    case 'closed':
      if (refused) return '医院没有受理，没有收取费用。请重新选择，或到窗口办理。'
      return fee ? '订单已关闭，没有付款。需要缴费请重新选择费用。' : '订单已关闭，没有付款。需要请重新挂号。'
    case 'paid':
    case 'posting':
      return '正在等医院确认，请不要重复付款。医院没有受理时，钱会原路退回。'
    case 'done':
      // Its answer may come long after the patient left the page.
      return cancels > 0 && refused
        ? '医院没有受理退号，号还在。请按时就诊，或到窗口退号。'
        : doneMessage(kind)
    case 'refunding':
      return '医院没有受理，钱正在原路退回，不用您操作。'
    case 'refunded':
      return '医院没有受理，钱已原路退回。请重新选择，或到窗口办理。'
    case 'cancelling':
      return '正在等医院确认退号，请稍后再看。'
    case 'cancel-refunding':
      return '号已退，钱正在原路退回，不用您操作。'
    case 'cancelled':
      return refund ? '号已退，钱已原路退回。' : '号已退。'
    default:
      return assertNever(state, 'state')
  }
}

function doneMessage(kind: OrderRow['kind']): string {
  switch (kind) {
    case 'appointment':
      return '预约成功，请在就诊当天按时到诊室报到。'
    case 'same-day':
      return '挂号成功，请按时到诊室报到。'
    case 'outpatient-fee':
      return '缴费成功，请按指引去下一步。'
    default:
      return assertNever(kind, 'kind')
  }
}
