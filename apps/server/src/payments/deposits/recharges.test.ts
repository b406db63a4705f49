import { DAY_MS, fen, HOUR_MS, MINUTE_MS, newId } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import { orderRefund } from '../index.ts'
import { findRecharges } from './find-recharges.ts'
import { type ImportOptions, importRecharges, type RechargeRow } from './import-recharges.ts'
import { importTradeBill } from './import-trade-bill.ts'

let rig: PaymentsRig
beforeAll(async () => {
  rig = await startPaymentsRig('2026-11-23T11:00:00+08:00')
  await rig.act('set-balance', { account: 'BASIC', amountFen: 1_000_000 })
})
afterAll(() => rig.stop())

const mchid = () => String(rig.simulator.credentials['mchid'])
const load = (rows: readonly RechargeRow[], options?: ImportOptions) =>
  rig.inTx((tx) => importRecharges(tx, rig.room, rows, options))
const find = async (outTradeNo: string) =>
  (await rig.inTx((tx) => findRecharges(tx, [outTradeNo, 'UNKNOWN-1'])))[0]

async function seeded(paidFen = 10_000, agoMs = 30 * DAY_MS, description?: string): Promise<RechargeRow> {
  const outTradeNo = newId('n').slice(2, 30)
  const paidAtMs = rig.clock.nowMs() - agoMs
  const { transactionId } = await rig.act<{ transactionId: string }>('seed-paid-order', {
    ...{ outTradeNo, amountFen: paidFen, person: 'lihua', paidAt: new Date(paidAtMs).toISOString() },
    ...(description !== undefined && { description }),
  })
  return { outTradeNo, transactionId, mchid: mchid(), paidFen: fen(paidFen), refundedFen: fen(0), paidAtMs }
}

/** Another system of the hospital, with the same key, sends money back. */
async function refundElsewhere({ outTradeNo, paidFen }: RechargeRow, refundFen: number): Promise<string> {
  const outRefundNo = newId('n').slice(2, 30)
  const input = { outTradeNo, outRefundNo, refundFen: fen(refundFen), totalFen: paidFen }
  const sent = await rig.client.sendRefund(rig.client.prepareRefund(input), { attempt: 1 })
  expect(sent.kind).toBe('yes')
  return outRefundNo
}

test('imported once; the same file again changes nothing; what contradicts or cannot go back is refused', async () => {
  const [one, two] = [await seeded(), await seeded()]
  const rows = [{ ...one, refundedFen: fen(2_500), line: 2 }, two, two]
  expect(await load(rows)).toEqual({ imported: 2, known: 1, updated: 0, refused: [] })
  expect(await load(rows)).toEqual({ imported: 0, known: 3, updated: 0, refused: [] })
  expect(await find(one.outTradeNo)).toMatchObject({
    ...{ mchid: one.mchid, paidFen: 10_000, paidAtMs: one.paidAtMs },
    ...{ refundedFen: 2_500, refundableFen: 7_500, pieces: 1 },
  })
  const visit = await rig.newOrder()
  const { refused, ...counts } = await load([
    { ...one, paidFen: fen(20_000), line: 2 },
    { ...one, transactionId: two.transactionId },
    { ...one, outTradeNo: 'ANOTHER-NUMBER' },
    { ...one, outTradeNo: '' },
    { ...two, transactionId: '' },
    { ...two, transactionId: '4.20E+27' },
    { ...two, mchid: '1900000001' },
    { ...two, refundedFen: fen(10_001) },
    { ...two, outTradeNo: visit.outTradeNo, transactionId: '4200009999' },
  ])
  expect(counts).toEqual({ imported: 0, known: 0, updated: 0 })
  expect(refused.map(({ reason }) => reason)).toEqual([
    '没有商户订单号，不能原路退回',
    '没有微信订单号，不能原路退回',
    '微信订单号被表格软件改短了，请按文本重新导出',
    `商户号 1900000001 不是本院配置的 ${mchid()}，不能原路退回`,
    '已退金额比付款金额多',
    '和已经导入的不一致：付款金额；保留原来的',
    '和已经导入的不一致：微信订单号；保留原来的',
    '这个微信订单号已经登记在另一个商户订单号下',
    '是掌医自己的缴费订单，不是充值',
  ])
  expect(await find(one.outTradeNo)).toMatchObject({ paidFen: 10_000, refundableFen: 7_500 })
})

test('a later file: what others sent back is taken off, our own refund not twice, and nothing is given back', async () => {
  const one = await seeded()
  await load([{ ...one, refundedFen: fen(1_000) }])
  const { orderId = '' } = (await find(one.outTradeNo)) ?? {}
  await rig.inTx((tx) =>
    orderRefund(tx, rig.room, {
      ...{ paymentOrderId: orderId, amountFen: fen(3_000), reason: '门诊预交金退款' },
      ...{ requestKey: 'leg', caseId: 'case' },
    }),
  )
  // Not sent yet: the file cannot hold it, so these 2,000 are another system's.
  expect(await load([{ ...one, refundedFen: fen(3_000) }])).toMatchObject({ updated: 1 })
  expect(await find(one.outTradeNo)).toMatchObject({ refundableFen: 4_000 })
  await rig.pass(2 * MINUTE_MS, 20_000)
  for (const refunded of [6_000, 5_000, 0])
    expect(await load([{ ...one, refundedFen: fen(refunded) }])).toMatchObject({ known: 1, updated: 0 })
  expect(await find(one.outTradeNo)).toMatchObject({ refundedFen: 6_000, refundableFen: 4_000 })
  expect(await load([{ ...one, refundedFen: fen(6_500) }])).toMatchObject({ updated: 1 })
  expect(await find(one.outTradeNo)).toMatchObject({ refundedFen: 6_500, refundableFen: 3_500 })
})

test('trade bills bring recharges and what others sent back on them, in any order and as often as one likes', async () => {
  const bill = (day: string) => importTradeBill(rig.room, rig.hospitalId, day)
  // Paid on the 22nd, sent back in part on the 23rd by another system and by us.
  const [one, toll] = [await seeded(10_000, DAY_MS), await seeded(700, DAY_MS, '停车费')]
  const [hospital] = rig.room.hospitals.all
  Object.assign(hospital?.refunds.original ?? {}, { rechargeMatch: '预交金' })
  expect(await bill('2026-11-20')).toEqual({ kind: 'none' })
  expect(await bill('2026-11-22')).toMatchObject({ kind: 'imported', imported: 1, left: 1, otherRefunds: 0 })
  const { orderId = '' } = (await find(one.outTradeNo)) ?? {}
  await rig.inTx((tx) =>
    orderRefund(tx, rig.room, {
      ...{ paymentOrderId: orderId, amountFen: fen(3_000), reason: '门诊预交金退款' },
      ...{ requestKey: 'leg', caseId: 'case-bill' },
    }),
  )
  await rig.pass(2 * MINUTE_MS, 20_000)
  await refundElsewhere(one, 2_000)
  const paidToday = await seeded(500, 0)
  await rig.pass(2 * MINUTE_MS, 20_000)
  await refundElsewhere(paidToday, 100)
  rig.clock.set(Date.parse('2026-11-24T09:00:00+08:00'))
  rig.fault('bill-not-ready', 'trade-bill')
  expect(await bill('2026-11-23')).toEqual({ kind: 'creating' })
  rig.clock.advance(2 * HOUR_MS)
  rig.fault('bill-wrong-totals', 'trade-bill')
  await expect(bill('2026-11-23')).rejects.toThrow('control-totals')
  expect(await find(paidToday.outTradeNo)).toBeUndefined()
  // The other tests' refunds of that day are ours, too.
  expect(await bill('2026-11-23')).toMatchObject({ imported: 1, otherRefunds: 2, refused: [] })
  for (const day of ['2026-11-23', '2026-11-22'])
    expect(await bill(day)).toMatchObject({ imported: 0, updated: 0, known: 1, otherRefunds: 0 })
  expect(await find(one.outTradeNo)).toMatchObject({ refundedFen: 5_000, refundableFen: 5_000, pieces: 2 })
  expect(await find(paidToday.outTradeNo)).toMatchObject({ refundableFen: 400, pieces: 1 })
  expect(await find(toll.outTradeNo)).toBeUndefined()
})

test('a refund whose day is imported before the payment is not forgotten, nor taken off twice', async () => {
  rig.clock.set(Date.parse('2026-11-26T11:00:00+08:00'))
  const [old, filed] = [await seeded(10_000, 60 * DAY_MS), await seeded(10_000, 60 * DAY_MS)]
  await refundElsewhere(old, 4_000)
  await refundElsewhere(filed, 4_000)
  const madeAtMs = rig.clock.nowMs() + HOUR_MS
  rig.clock.set(Date.parse('2026-11-27T11:00:00+08:00'))
  await importTradeBill(rig.room, rig.hospitalId, '2026-11-26')
  await load([old])
  expect(await find(old.outTradeNo)).toMatchObject({ refundableFen: 6_000 })
  // A file that says when it was made, then the bill of a day before it.
  await rig.asOwner(`DELETE FROM recharge_refund WHERE out_trade_no = '${filed.outTradeNo}'`)
  await load([{ ...filed, refundedFen: fen(4_000) }], { asOfMs: madeAtMs })
  await importTradeBill(rig.room, rig.hospitalId, '2026-11-26')
  expect(await find(filed.outTradeNo)).toMatchObject({ refundableFen: 6_000, pieces: 1 })
})
