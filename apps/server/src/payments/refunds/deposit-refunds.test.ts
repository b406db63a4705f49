import { DAY_MS, fen, HOUR_MS, MINUTE_MS, newId, sensitive } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import {
  findRecharges,
  importRecharges,
  listStoppedPayouts,
  noteContradictionDone,
  type Recharge,
} from '../index.ts'
import { applyAbnormalRefund } from './apply-abnormal-refund.ts'
import { closeRefund } from './close-refund.ts'
import { orderRefund } from './order-refund.ts'
import { refundHistory } from './refund-history.ts'
import { retryRefund } from './retry-refund.ts'
import { settleRefundNow } from './settle-refund-now.ts'

let rig: PaymentsRig
beforeAll(async () => {
  rig = await startPaymentsRig()
})
beforeEach(async () => {
  rig.simulator.faults.clear()
  await rig.act('set-balance', { account: 'BASIC', amountFen: 1_000_000 })
})
afterAll(() => rig.stop())

const mchid = () => String(rig.simulator.credentials['mchid'])

/** A recharge of days ago that WeChat knows, imported. */
async function recharge(paidFen = 10_000, daysAgo = 30): Promise<Recharge> {
  const outTradeNo = newId('n').slice(2, 30)
  const paidAtMs = rig.clock.nowMs() - daysAgo * DAY_MS
  const person = `p${outTradeNo.slice(0, 10)}`
  const { transactionId } = await rig.act<{ transactionId: string }>('seed-paid-order', {
    ...{ outTradeNo, amountFen: paidFen, person, paidAt: new Date(paidAtMs).toISOString() },
  })
  const row = {
    outTradeNo,
    transactionId,
    mchid: mchid(),
    paidFen: fen(paidFen),
    refundedFen: fen(0),
    paidAtMs,
  }
  await rig.inTx((tx) => importRecharges(tx, rig.room, [row]))
  return view({ outTradeNo })
}

async function view({ outTradeNo }: { readonly outTradeNo: string }): Promise<Recharge> {
  const [found] = await rig.inTx((tx) => findRecharges(tx, [outTradeNo]))
  if (!found) throw new Error('no such recharge')
  return found
}

const refund = ({ orderId }: Recharge, amountFen: number, caseId = newId('case')) =>
  rig.inTx((tx) =>
    orderRefund(tx, rig.room, {
      ...{ paymentOrderId: orderId, amountFen: fen(amountFen), reason: '门诊预交金退款', caseId },
      requestKey: newId('leg'),
    }),
  )
const history = ({ id }: { readonly id: string }) => rig.inTx((tx) => refundHistory(tx, id))
const retry = ({ id }: { readonly id: string }) => rig.inTx((tx) => retryRefund(tx, rig.room, id))
const close = ({ id }: { readonly id: string }) => rig.inTx((tx) => closeRefund(tx, rig.room, id))

const told = (words: string) => ({ code: 'payment-refused', zh: expect.stringContaining(words) })

/** What WeChat's own books say was paid back of a refund, over all its numbers. */
async function paidBack(one: { readonly id: string }) {
  const { refundedPerOutRefundNo, violations } = await rig.prove()
  expect(violations).toEqual([])
  const numbers = new Set((await history(one)).map(({ number }) => number))
  return [...numbers].flatMap((number) => refundedPerOutRefundNo[number] ?? [])
}

const postings = (caseId: string) =>
  rig.asOwner<{ account: string; amount: number }>(
    `SELECT account, amount_fen::int AS amount FROM journal_entry WHERE case_id = '${caseId}' ORDER BY line`,
  )

test('a deposit goes back in parts, a minute apart, and at SUCCESS leaves transit under its case', async () => {
  const order = await recharge()
  const [first, second, third] = [
    await refund(order, 2_000, 'case-a'),
    await refund(order, 3_000, 'case-b'),
    await refund(order, 1_000, 'case-c'),
  ]
  expect(await view(order)).toMatchObject({ refundedFen: 6_000, refundableFen: 4_000, pieces: 3 })
  await expect(refund(order, 4_001)).rejects.toMatchObject({ code: 'payment-refused' })
  expect(await postings('case-a')).toEqual([])
  await rig.pass(4 * MINUTE_MS, 20_000)
  for (const one of [first, second, third]) expect(await rig.refundOf(one)).toMatchObject({ state: 'done' })
  // Nobody was told to come back later: the simulator's minute was kept.
  const sent = (await Promise.all([first, second, third].map(history))).flat()
  expect(sent.map(({ sendings, lastProblem }) => [sendings, lastProblem])).toEqual([
    [1, undefined],
    [1, undefined],
    [1, undefined],
  ])
  expect(await postings('case-b')).toEqual([
    { account: 'deposit-in-transit', amount: -3_000 },
    { account: 'deposit-paid', amount: 3_000 },
  ])
  expect(rig.toldOf(second)).toEqual(['refund done'])
  expect(await paidBack(second)).toEqual([3_000])
})

test('not by this route: another merchant, older than a year, more than 50 pieces', async () => {
  await expect(refund(await recharge(100, 366), 100)).rejects.toMatchObject(told('365 天'))
  const foreign = await recharge(100)
  await rig.asOwner(`UPDATE payment_order SET mchid = '1900000001' WHERE id = '${foreign.orderId}'`)
  await expect(refund(foreign, 100)).rejects.toMatchObject(told('商户号'))
  const many = await recharge(10_000)
  for (let piece = 0; piece < 50; piece++) await refund(many, 1)
  await expect(refund(many, 1)).rejects.toMatchObject(told('50 次'))
  await rig.asOwner(
    `UPDATE refund_order SET next_action_at_ms = 9e15::bigint WHERE payment_order_id = '${many.orderId}'`,
  )
})

test('refused for good, and by query nothing exists: given up, its amount may be asked for again', async () => {
  const order = await recharge()
  const first = await refund(order, 10_000)
  rig.fault('user-account-abnormal', 'create-refund')
  await rig.pass(2 * MINUTE_MS, 15_000)
  expect(await rig.refundOf(first)).toMatchObject({ state: 'refused', problem: 'USER_ACCOUNT_ABNORMAL' })
  expect(await history(first)).toMatchObject([{ sendings: 1, queriedState: 'NOT_FOUND' }])
  expect(await view(order)).toMatchObject({ refundedFen: 0, refundableFen: 10_000, pieces: 0 })
  expect(await settleRefundNow(rig.room, rig.hospitalId, first.id)).toMatchObject({ said: 'not-found' })
  expect(await close(first)).toMatchObject({ state: 'closed' })
  await expect(retry(first)).rejects.toMatchObject({ code: 'payment-refused' })
  expect(rig.toldOf(first)).toEqual(['refund refused'])
  const second = await refund(order, 10_000)
  await rig.pass(3 * MINUTE_MS, 15_000)
  expect(await rig.refundOf(second)).toMatchObject({ state: 'done' })
})

test('refused, then tried again: the same number with fresh bytes; not while its amount went back otherwise', async () => {
  const order = await recharge()
  const one = await refund(order, 6_000)
  rig.fault('user-account-abnormal', 'create-refund')
  await rig.pass(2 * MINUTE_MS, 15_000)
  const other = await refund(order, 5_000)
  await expect(retry(one)).rejects.toMatchObject({ code: 'payment-refused' })
  rig.fault('user-account-abnormal', 'create-refund')
  await rig.pass(3 * MINUTE_MS, 15_000)
  await close(other)
  expect(await retry(one)).toMatchObject({ state: 'under-way' })
  await rig.pass(3 * MINUTE_MS, 15_000)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'done' })
  const [before, after] = await history(one)
  expect(after).toMatchObject({ number: before?.number, replaces: before?.number, queriedState: 'SUCCESS' })
  expect(await paidBack(one)).toEqual([6_000])
})

test('refused, and paid all the same: an alarm, and what is paid is done', async () => {
  const order = await recharge()
  const one = await refund(order, 1_000)
  rig.fault('user-account-abnormal', 'create-refund')
  await rig.pass(2 * MINUTE_MS, 15_000)
  const [{ number } = { number: '' }] = await history(one)
  const late = {
    outTradeNo: order.outTradeNo,
    outRefundNo: number,
    refundFen: fen(1_000),
    totalFen: fen(10_000),
  }
  await rig.client.sendRefund(rig.client.prepareRefund(late), { attempt: 1 })
  expect(await settleRefundNow(rig.room, rig.hospitalId, one.id)).toMatchObject({
    said: 'PROCESSING',
    refund: { state: 'needs-person', problem: 'contradicted' },
  })
  await rig.pass(HOUR_MS, 30 * MINUTE_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'done' })
  expect((await rig.audits('payments.contradiction')).map(({ subject }) => subject)).toContain(order.orderId)
})

test('given up, and paid all the same: the end stays, and whatever WeChat says anew is for a person', async () => {
  const order = await recharge()
  const one = await refund(order, 1_000)
  rig.fault('user-account-abnormal', 'create-refund')
  await rig.pass(2 * MINUTE_MS, 15_000)
  await close(one)
  const [{ number } = { number: '' }] = await history(one)
  const wanted = { outTradeNo: order.outTradeNo, refundFen: fen(1_000), totalFen: fen(10_000) }
  await rig.client.sendRefund(rig.client.prepareRefund({ ...wanted, outRefundNo: number }), { attempt: 1 })
  const look = () => settleRefundNow(rig.room, rig.hospitalId, one.id)
  const listed = async () => {
    const stopped = await rig.inTx((tx) => listStoppedPayouts(tx, 'deposits', 100))
    return stopped.some(({ id }) => id === one.id)
  }
  const done = (contradiction: string) =>
    rig.inTx((tx) => noteContradictionDone(tx, rig.clock, { payoutId: one.id, contradiction }))
  const first = `${number} PROCESSING`
  expect((await look()).refund).toMatchObject({ state: 'closed', contradiction: first })
  expect([await listed(), await done(first), await listed()]).toEqual([true, true, false])
  await look()
  expect(await listed(), 'nothing new').toBe(false)
  await rig.pass(HOUR_MS, 30 * MINUTE_MS)
  const both = `${first}; ${number} SUCCESS`
  expect((await look()).refund).toMatchObject({ state: 'closed', contradiction: both })
  expect([await listed(), await done(first), await done(both)]).toEqual([true, false, true])
})

test('a file that told WeChat’s books wrongly is an end, not something that is sent again for a week', async () => {
  const paidAtMs = rig.clock.nowMs() - DAY_MS
  const unknown = { outTradeNo: newId('n').slice(2, 30), transactionId: '4200000000000001', mchid: mchid() }
  const facts = { paidFen: fen(900), refundedFen: fen(0), paidAtMs }
  await rig.inTx((tx) => importRecharges(tx, rig.room, [{ ...unknown, ...facts }]))
  const wrong = await recharge(10_000)
  await rig.asOwner(`UPDATE payment_order SET amount_fen = 9000 WHERE id = '${wrong.orderId}'`)
  const refunds = [await refund(await view(unknown), 900), await refund(wrong, 100)]
  await rig.pass(2 * MINUTE_MS, 15_000)
  const ends = await Promise.all(refunds.map(rig.refundOf))
  expect(ends.map(({ state, problem }) => [state, problem])).toEqual([
    ['refused', 'RESOURCE_NOT_EXISTS'],
    ['refused', 'INVALID_REQUEST'],
  ])
})

test('CLOSED gets another number; closed too often it is not paid, until somebody tries again', async () => {
  const order = await recharge()
  const one = await refund(order, 10_000)
  rig.fault('refund-closed', 'create-refund', 99)
  await rig.pass(12 * HOUR_MS, 30 * MINUTE_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'not-paid', problem: 'closed-too-often' })
  expect(await history(one)).toHaveLength(5)
  expect(await view(order)).toMatchObject({ refundableFen: 10_000, pieces: 5 })
  await rig.pass(DAY_MS, 12 * HOUR_MS)
  expect(await history(one)).toHaveLength(5)
  rig.simulator.faults.clear()
  await retry(one)
  await rig.pass(3 * MINUTE_MS, 15_000)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'done' })
  expect(rig.toldOf(one)).toEqual(['refund not-paid', 'refund done'])
  expect(await paidBack(one)).toEqual([10_000])
})

test('ABNORMAL goes to another card, under its own number, as often as needed; done when the query says so', async () => {
  const one = await refund(await recharge(), 10_000)
  const card = {
    type: 'USER_BANK_CARD',
    bankType: 'ICBC_DEBIT',
    bankAccount: sensitive('6222020000001234'),
    realName: sensitive('李明华'),
  } as const
  const apply = () => applyAbnormalRefund(rig.room, rig.hospitalId, one.id, card)
  await expect(apply()).rejects.toMatchObject({ code: 'payment-refused' })
  rig.fault('refund-abnormal', 'create-refund')
  await rig.pass(10 * MINUTE_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'needs-person', problem: 'abnormal' })
  await expect(close(one)).rejects.toMatchObject({ code: 'payment-refused' })
  rig.fault('reset', 'apply-abnormal-refund', 2)
  expect(await apply()).toMatchObject({ outcome: 'unknown', refund: { state: 'needs-person' } })
  await expect(apply()).rejects.toMatchObject(told('过几分钟'))
  rig.simulator.faults.clear()
  rig.clock.advance(10 * MINUTE_MS)
  expect(await apply()).toMatchObject({ outcome: 'accepted', refund: { state: 'needs-person' } })
  const [created, ...applied] = await history(one)
  expect(applied.map(({ kind, number }) => [kind, number])).toEqual([
    ['abnormal', created?.number],
    ['abnormal', created?.number],
  ])
  await rig.pass(5 * DAY_MS, 6 * HOUR_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'done', account: 'ICBC_DEBIT银行卡1234' })
  expect(rig.toldOf(one)).toEqual(['refund needs-person', 'refund done'])
  expect(await paidBack(one)).toEqual([10_000])
})

test('bug: refused for want of funds over a long weekend, a refund was never sent again, and its hold stayed for ever', async () => {
  const one = await refund(await recharge(), 10_000)
  await rig.act('set-balance', { account: 'BASIC', amountFen: 0 })
  await rig.pass(3 * DAY_MS, HOUR_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'needs-person', problem: 'unsettled' })
  await rig.act('set-balance', { account: 'BASIC', amountFen: 1_000_000 })
  await rig.pass(DAY_MS, HOUR_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'done' })
  expect(new Set((await history(one)).map(({ number }) => number)).size).toBe(1)
  expect(await paidBack(one)).toEqual([10_000])
})

test('bug: a refund whose first sending was lost, and that is refused ever since, had no end', async () => {
  const one = await refund(await recharge(), 10_000)
  rig.fault('reset', 'create-refund')
  await rig.pass(5_000)
  rig.fault('user-account-abnormal', 'create-refund', 1_000)
  await rig.pass(29 * DAY_MS, 6 * HOUR_MS)
  // What was lost may yet arrive: nobody believes a refusal.
  expect(await rig.refundOf(one)).toMatchObject({ state: 'needs-person', problem: 'unsettled' })
  await rig.pass(3 * DAY_MS, 6 * HOUR_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'refused', problem: 'USER_ACCOUNT_ABNORMAL' })
  expect(rig.toldOf(one)).toEqual(['refund needs-person', 'refund refused'])
  expect(await paidBack(one)).toEqual([])
})

test('while payouts are stopped nothing leaves; then it does', async () => {
  const one = await refund(await recharge(), 500)
  const stop = `INSERT INTO payout_stop VALUES ('demo', 1, 'operator:wang', '核对账目')`
  await rig.asOwner(stop)
  await rig.pass(HOUR_MS, 10 * MINUTE_MS)
  expect(await history(one)).toEqual([])
  await rig.asOwner('DELETE FROM payout_stop')
  await rig.pass(10 * MINUTE_MS)
  expect(await rig.refundOf(one)).toMatchObject({ state: 'done' })
})
