import { addFen, type Fen, fen, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { expect } from 'vitest'
import type { PaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { orderRefund, type PaymentOrder } from '../index.ts'
import type { JournalTables } from '../journal/post-journal.ts'
import type { PaymentsTables } from '../tables.ts'
import { seededRandom } from './seeded-random.ts'

// What WeChat, the network and the patient's phone do to us, each with its share of the calls.
const FAULTS = {
  'reply-lost': 0.06,
  'http-500-after': 0.04,
  'system-error-after': 0.03,
  'system-error': 0.03,
  'bad-signature': 0.03,
  'malformed-json': 0.03,
  'http-502': 0.03,
  frequency: 0.03,
  reset: 0.03,
  'signtest-response': 0.02,
  'not-found-window': 0.1,
  'refund-closed': 0.15,
  'refund-abnormal': 0.05,
  'notify-lost': 0.25,
  'notify-duplicate': 0.2,
  'notify-reordered': 0.2,
  'notify-late': 0.1,
  'notify-signtest': 0.1,
  'notify-bad-signature': 0.1,
} as const

/**
 * Random patients, a random WeChat and a random clock. At every step the journal sums to zero and is what orders and
 * refunds add up to; at the end every order is what WeChat's own books say, and every refund was paid back once.
 */
export async function simulatePayments(rig: PaymentsRig, seed: number, orders: number): Promise<void> {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const made: PaymentOrder[] = []
  for (const [index, [kind, probability]] of Object.entries(FAULTS).entries())
    rig.simulator.faults.order({ kind, probability, seed: seed + index })
  await rig.act('settings', { refundSettleMs: 40 * SECOND_MS })
  refundWhatCameTooLate(rig)

  const newest = () => made[made.length - 1 - below(Math.min(made.length, 6))]
  const paid = () => {
    const all = rig.told.filter(([what]) => what === 'paid')
    const [, id] = all[below(all.length)] ?? []
    return made.find((order) => order.id === id)
  }
  const on = async (order: PaymentOrder | undefined, act: (order: PaymentOrder) => Promise<unknown>) => {
    try {
      if (order) await act(order)
    } catch (error) {
      // Refused, unavailable, closed: all of that is allowed; what it did, the books tell.
      if (!(error instanceof AppError)) throw error
    }
  }
  const begin = async () => {
    if (made.length >= orders) return
    const order = await rig.newOrder(1 + below(20_000), 3 + below(20))
    made.push(order)
    if (below(8) > 0) await on(order, rig.open)
  }
  const steps: readonly (readonly [weight: number, step: () => Promise<unknown>])[] = [
    [6, begin],
    [3, () => on(newest(), rig.open)],
    // Not there, where WeChat never heard of it.
    [6, () => on(newest(), (order) => rig.pay(order).catch(() => undefined))],
    [3, () => on(newest(), (order) => Promise.all([rig.settle(order), rig.settle(order)]))],
    [2, () => on(newest(), rig.close)],
    [
      3,
      () =>
        on(newest(), (order) =>
          Promise.all([rig.close(order), rig.pay(order).catch(() => undefined), rig.run()]),
        ),
    ],
    [6, () => on(paid(), (order) => rig.refund(order, 1 + below(order.amountFen)))],
    [4, rig.deliver],
    [5, () => passing(SECOND_MS + below(2 * MINUTE_MS))],
    [2, () => Promise.all([rig.run(), rig.run(), rig.deliver()])],
  ]
  const passing = async (ms: number) => {
    rig.clock.advance(ms)
    await rig.run()
  }
  const weights = steps.reduce((sum, [weight]) => sum + weight, 0)
  const pick = async (dice: number) => {
    let left = dice
    for (const [weight, step] of steps) {
      left -= weight
      if (left < 0) return step()
    }
  }
  for (let count = 0; count < orders * 6; count++) {
    await pick(below(weights))
    await expectJournal(rig)
  }
  rig.simulator.faults.clear()
  await rig.act('top-up', { account: 'BASIC', amountFen: 100_000_000 })
  for (let hours = 0; hours < 30 && !(await isSettled(rig)); hours += 0.25) await passing(HOUR_MS / 4)
  await expectJournal(rig)
  await expectEnds(rig, made)
}

/** As a room does whose slot was given up meanwhile: in the very transaction in which it hears of the money. */
function refundWhatCameTooLate(rig: PaymentsRig): void {
  const { paid } = rig.room.events
  rig.room.events.paid = async (tx, order) => {
    await paid(tx, order)
    const { close_wished_at_ms } = await tx.sql
      .withTables<PaymentsTables>()
      .selectFrom('payment_order')
      .select('close_wished_at_ms')
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', order.id)
      .executeTakeFirstOrThrow()
    if (close_wished_at_ms === null) return
    const { amountFen } = order
    await orderRefund(tx, rig.room, {
      ...{ paymentOrderId: order.id, amountFen, reason: '号源已释放，全额退回', requestKey: 'too-late' },
    })
  }
}

/** All three in one snapshot. */
function books({ inTx }: PaymentsRig) {
  return inTx(async ({ sql, hospitalId }) => {
    const tables = sql.withTables<PaymentsTables & JournalTables>()
    const lines = await tables
      .selectFrom('journal_entry')
      .select(['account', ({ fn }) => fn.sum<string>('amount_fen').as('fen')])
      .where('hospital_id', '=', hospitalId)
      .groupBy('account')
      .execute()
    return {
      balances: Object.fromEntries(lines.map((line) => [line.account, fen(Number(line.fen))])),
      orders: await tables
        .selectFrom('payment_order')
        .selectAll()
        .where('hospital_id', '=', hospitalId)
        .execute(),
      refunds: await tables
        .selectFrom('refund_order')
        .selectAll()
        .where('hospital_id', '=', hospitalId)
        .execute(),
    }
  })
}

async function expectJournal(rig: PaymentsRig): Promise<void> {
  const { orders, refunds, balances } = await books(rig)
  const total = <Row extends { amount_fen: number }>(all: readonly Row[], of: (row: Row) => boolean): Fen =>
    addFen(...all.filter(of).map(({ amount_fen }) => fen(amount_fen)))
  const paid = total(orders, ({ state }) => state === 'paid')
  const late = total(orders, ({ state, problem }) => state === 'closed' && problem !== null)
  const done = total(refunds, ({ state }) => state === 'done')
  const transit = total(refunds, ({ state }) => state !== 'done')
  const folded = {
    ...{ patient: fen(-paid - late), 'held-for-visit': paid - done - transit, 'refund-in-transit': transit },
    ...{ refunded: done, suspense: late },
  }
  const none = { patient: 0, 'held-for-visit': 0, 'refund-in-transit': 0, refunded: 0, suspense: 0 }
  expect({ ...none, ...balances }).toEqual({ ...none, ...folded })
  expect(addFen(...Object.values(balances))).toBe(0)
}

async function isSettled(rig: PaymentsRig): Promise<boolean> {
  const { orders, refunds } = await books(rig)
  return (
    orders.every(({ state }) => state !== 'awaiting') && refunds.every(({ state }) => state !== 'under-way')
  )
}

async function expectEnds(rig: PaymentsRig, made: readonly PaymentOrder[]): Promise<void> {
  const { orders, refunds } = await books(rig)
  const theirs = await rig.act<{ outTradeNo: string; paidMs?: number }[]>('orders', { limit: 1_000 })
  const paidThere = theirs.filter(({ paidMs }) => paidMs !== undefined).map(({ outTradeNo }) => outTradeNo)
  const paidHere = orders.filter(({ state }) => state === 'paid').map(({ out_trade_no }) => out_trade_no)
  expect(paidHere.sort()).toEqual(paidThere.sort())
  expect(orders.map(({ state, problem }) => [state, problem])).toEqual(
    orders.map(() => [expect.stringMatching(/^(paid|closed)$/), null]),
  )
  for (const order of made) expect(rig.toldOf(order)).toHaveLength(1)
  const { refundedPerOutRefundNo, violations } = await rig.prove()
  expect(violations).toEqual([])
  const backByOrder = new Map<string, number>()
  for (const refund of refunds) {
    expect(rig.toldOf(refund).filter((told) => told === `refund ${refund.state}`)).toHaveLength(1)
    if (refund.state === 'done')
      backByOrder.set(
        refund.payment_order_id,
        (backByOrder.get(refund.payment_order_id) ?? 0) + refund.amount_fen,
      )
  }
  for (const order of orders) {
    const numbers = (await rig.attempts(order)).map(({ number }) => number)
    const back = numbers.reduce((sum, number) => sum + (refundedPerOutRefundNo[number] ?? 0), 0)
    expect(back, order.out_trade_no).toBe(backByOrder.get(order.id) ?? 0)
  }
}
