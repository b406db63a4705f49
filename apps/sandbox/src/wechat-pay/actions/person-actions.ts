import { fen } from '@zhangyi/core'
import { z } from 'zod'
import type { Order } from '../orders/order.ts'
import { payOrder } from '../orders/pay-order.ts'
import { MINI_PROGRAM, openidOf, person } from '../people.ts'
import { newNumber, newToken, type PayPlatform, wake } from '../platform.ts'
import { settleRefund } from '../refunds/settle-refund.ts'
import { notifyUrl } from '../requests/fields.ts'
import { confirmTransfer } from '../transfers/confirm-transfer.ts'
import { finish } from '../transfers/settle-transfer.ts'
import type { Act } from './act.ts'

const personId = z.string().regex(/^[\w-]{1,40}$/)
const outTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/)
const seedOrder = z
  .strictObject({
    outTradeNo,
    /** Made when absent. */
    transactionId: z
      .string()
      .regex(/^\d{28}$/)
      .optional(),
    amountFen: z.number().int().min(1).transform(fen),
    person: personId.optional(),
    openid: z.string().min(1).max(128).optional(),
    appid: z.string().min(1).max(32).default(MINI_PROGRAM.appid),
    description: z.string().min(1).max(127).default('门诊预交金充值'),
    attach: z.string().max(128).optional(),
    paidAt: z.iso.datetime({ offset: true }).optional(),
    notifyUrl: notifyUrl.optional(),
  })
  .refine((one) => one.person ?? one.openid, 'person or openid')
const confirm = z.strictObject({ outBillNo: z.string(), failReason: z.string().min(1).max(64).optional() })
const settle = z.strictObject({
  outRefundNo: z.string(),
  status: z.enum(['SUCCESS', 'CLOSED', 'ABNORMAL']),
})
const setPerson = z.strictObject({
  person: personId,
  realName: z.string().min(1).max(40).nullable().optional(),
  refund: z.enum(['normal', 'abnormal', 'account-abnormal']).optional(),
  bankCard: z.string().min(1).max(40).nullable().optional(),
})

/** What patients, banks and bygone days do, without a browser. */
export function personActions(platform: PayPlatform): Readonly<Record<string, Act>> {
  return {
    'pay-order': (input) => {
      const wish = z.strictObject({ outTradeNo }).parse(input)
      const order = found(platform.orders.byNumber(wish.outTradeNo), 'order')
      if (order.state === 'NOTPAY') payOrder(platform, order)
      return { state: order.state, transactionId: order.transactionId }
    },
    'seed-paid-order': (input) => seedPaidOrder(platform, seedOrder.parse(input)),
    'confirm-transfer': (input) => {
      const { outBillNo, failReason } = confirm.parse(input)
      const transfer = found(platform.transfers.byNumber(outBillNo), 'transfer')
      const open = transfer.state === 'WAIT_USER_CONFIRM' || transfer.state === 'TRANSFERING'
      if (failReason === undefined)
        return { result: confirmTransfer(platform, transfer), state: transfer.state }
      if (open) finish(platform, transfer, 'FAIL', platform.clock.nowMs(), failReason)
      return { result: open ? 'failed' : 'not-waiting', state: transfer.state }
    },
    'settle-refund': (input) => {
      const { outRefundNo, status } = settle.parse(input)
      const refund = found(platform.refunds.byNumber(outRefundNo), 'refund')
      if (refund.status === 'PROCESSING') settleRefund(platform, refund, status, platform.clock.nowMs())
      return { status: refund.status }
    },
    'set-person': (input) => {
      const { person: id, ...wish } = setPerson.parse(input)
      const known = platform.people.get(id) ?? {}
      const traits = {
        realName: wish.realName === undefined ? known.realName : (wish.realName ?? undefined),
        bankCard: wish.bankCard === undefined ? known.bankCard : (wish.bankCard ?? undefined),
        refund: wish.refund ?? known.refund,
      }
      platform.people.set(id, traits)
      platform.changed = true
      return { person: id, ...traits }
    },
  }
}

/** An order that was paid in the past, e.g. 400 days ago: no call can make one. */
function seedPaidOrder(platform: PayPlatform, wish: z.output<typeof seedOrder>): object {
  const nowMs = platform.clock.nowMs()
  const paidMs = wish.paidAt === undefined ? nowMs : Date.parse(wish.paidAt)
  if (platform.orders.byNumber(wish.outTradeNo)) refuse(`order ${wish.outTradeNo} exists`)
  if (paidMs > nowMs) refuse('paidAt lies in the future')
  const order: Order = {
    outTradeNo: wish.outTradeNo,
    transactionId: wish.transactionId ?? newNumber(platform, '4200002026', 28),
    appid: wish.appid,
    openid: wish.openid ?? openidOf(wish.appid, person(wish.person ?? '')),
    ...{ description: wish.description, attach: wish.attach, totalFen: wish.amountFen },
    ...{ notifyUrl: wish.notifyUrl ?? '', fingerprint: '', prepayId: newToken(), prepaidMs: paidMs },
    ...{ createdMs: paidMs, expiresMs: paidMs, state: 'NOTPAY', refundNumbers: [] },
  }
  platform.orders.put(order)
  payOrder(platform, order, paidMs)
  wake(platform)
  return { outTradeNo: order.outTradeNo, transactionId: order.transactionId, openid: order.openid }
}

function found<T>(item: T | undefined, what: string): T {
  return item ?? refuse(`no such ${what}`)
}

/** Answered as 400, like any other input that can not be used. */
function refuse(message: string): never {
  throw new z.ZodError([{ code: 'custom', path: [], message, input: undefined }])
}
