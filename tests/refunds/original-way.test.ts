import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'

let rig: RefundsRig
let user: Patient
beforeAll(async () => {
  rig = await openRefunds()
})
beforeEach(async () => {
  rig.clock.advance(2 * MINUTE_MS)
  await rig.pay('set-balance', { account: 'BASIC', amountFen: 100_000_000 })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  user = await rig.signIn()
})
afterAll(async () => {
  expect((await rig.prove()).violations).toEqual([])
  const balances = await rig.balances()
  expect(Object.values(balances).reduce((sum, fen) => sum + fen, 0)).toBe(0)
  await rig.close()
})

/** A patient of this user with recharges, newest last. */
async function withRecharges(...amounts: readonly number[]) {
  const patient = await rig.newPatient()
  const payer = `payer-${patient.patid}`
  for (const amountFen of amounts) await rig.recharge(patient.patid, amountFen, { person: payer })
  const patientId = await user.link(patient)
  const { body } = await user.originalOrders(patientId)
  return { ...patient, payer, patientId, orders: body.orders, listed: body }
}

test('several recharges go back the way they came, one of them in part, and the HIS has them booked', async () => {
  const one = await withRecharges(10_000, 5_000)
  rig.his().charge(one.patid, { amount: 700 as never, channel: 'cash' })
  const { body } = await user.originalOrders(one.patientId)
  expect(body).toMatchObject({ balance: { totalFen: 15_700, refundableFen: 15_700 }, otherCount: 1 })
  expect(body.orders.map(({ refundableFen }) => refundableFen).sort()).toEqual([10_000, 5_000])
  const applied = await user.applyOriginal(
    one.patientId,
    body.orders.map(({ id, paidFen }) => ({ orderId: id, amountFen: paidFen === 10_000 ? 4_000 : paidFen })),
  )
  expect(applied.body).toMatchObject({
    amountFen: 9_000,
    legs: [{ phase: 'processing' }, { phase: 'processing' }],
  })
  await rig.pass(5 * MINUTE_MS)
  const done = await user.case(applied.body.id)
  expect(done).toMatchObject({ open: false, paidFen: 9_000 })
  for (const leg of done.legs) expect(leg.message).toMatch(/已退回.*5 分钟内到账/)
  expect(rig.his().balanceOf(one.patid)).toMatchObject({ total: 6_700, available: 6_700 })
  expect(
    rig
      .his()
      .holdsOf(one.patid)
      .map(({ state }) => state),
  ).toEqual(['confirmed', 'confirmed'])
})

test('bug: the sums of an application stand in the order in which they were applied for, though made in one instant', async () => {
  const { patientId, orders } = await withRecharges(1_000, 1_100, 1_200, 1_300, 1_400, 1_500)
  const wanted = orders.map(({ id, refundableFen }) => ({ orderId: id, amountFen: refundableFen }))
  const applied = await user.applyOriginal(patientId, wanted)
  const amounts = wanted.map(({ amountFen }) => amountFen)
  expect(applied.body.legs.map(({ amountFen }) => amountFen)).toEqual(amounts)
  await rig.pass(5 * MINUTE_MS)
  expect((await user.case(applied.body.id)).legs.map(({ amountFen }) => amountFen)).toEqual(amounts)
})

test('more than what is left, twice the same, or a stranger’s order is refused before anything is held', async () => {
  const one = await withRecharges(10_000)
  const other = await withRecharges(8_000)
  const [orderId, foreign] = [one.orders[0]?.id ?? '', other.orders[0]?.id ?? '']
  const refused = [
    await user.applyOriginal(one.patientId, [{ orderId, amountFen: 10_001 }]),
    await user.applyOriginal(one.patientId, [
      { orderId, amountFen: 100 },
      { orderId, amountFen: 200 },
    ]),
    await user.applyOriginal(one.patientId, [{ orderId: foreign, amountFen: 100 }]),
  ]
  expect(refused.map(({ error }) => error?.code)).toEqual([
    'refund-refused',
    'refund-refused',
    'refund-refused',
  ])
  expect(rig.his().holdsOf(one.patid)).toEqual([])
  expect((await (await rig.signIn()).originalOrders(one.patientId)).status).toBe(404)
})

test('a recharge of over a year ago cannot go back this way', async () => {
  const patient = await rig.newPatient()
  await rig.recharge(patient.patid, 5_000, { paidAt: '2025-11-01T09:00:00+08:00' })
  const { body } = await user.originalOrders(await user.link(patient))
  expect(body).toMatchObject({ orders: [], balance: { totalFen: 5_000 } })
})

test('a refund that WeChat closes goes on under another number; one that it cannot place waits for a clerk', async () => {
  const closed = await withRecharges(5_000)
  rig.fault('refund-closed')
  const applied = await user.applyOriginal(closed.patientId, [
    { orderId: closed.orders[0]?.id ?? '', amountFen: 5_000 },
  ])
  await rig.pass(10 * MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, paidFen: 5_000 })

  const abnormal = await withRecharges(3_000)
  rig.fault('refund-abnormal')
  const stuck = await user.applyOriginal(abnormal.patientId, [
    { orderId: abnormal.orders[0]?.id ?? '', amountFen: 3_000 },
  ])
  await rig.pass(10 * MINUTE_MS)
  expect(await user.case(stuck.body.id)).toMatchObject({ open: true, legs: [{ phase: 'stopped' }] })
  expect(rig.his().balanceOf(abnormal.patid).available).toBe(0)
  const operator = await rig.operator()
  const legId = stuck.body.legs[0]?.id
  expect((await operator.ask('POST', `/legs/${legId}/reissue`, { reason: '退款异常' })).error?.code).toBe(
    'refund-refused',
  )
  expect(
    (
      await operator.ask('POST', `/legs/${legId}/abnormal`, {
        ...{ bankType: 'ICBC_DEBIT', bankAccount: '6222021234567890123', reason: '患者来电提供' },
      })
    ).status,
  ).toBe(200)
  await rig.pass(3 * DAY_MS, 6 * HOUR_MS)
  expect(await user.case(stuck.body.id)).toMatchObject({ open: false, paidFen: 3_000 })
})

test('the payer’s account is gone: given back to the balance, and by face it can be had', async () => {
  const one = await withRecharges(5_000)
  await rig.pay('set-person', { person: one.payer, refund: 'account-abnormal' })
  const applied = await user.applyOriginal(one.patientId, [
    { orderId: one.orders[0]?.id ?? '', amountFen: 5_000 },
  ])
  await rig.pass(5 * MINUTE_MS)
  const back = await user.case(applied.body.id)
  expect(back).toMatchObject({ open: false, legs: [{ phase: 'returned' }] })
  expect(back.legs[0]?.message).toContain('人脸核验退款')
  expect(rig.his().balanceOf(one.patid)).toMatchObject({ total: 5_000, available: 5_000 })
  const byFace = await user.refundByFace(one)
  expect((await user.confirm(byFace.body)).body).toMatchObject({ open: false, paidFen: 5_000 })
})

test('money spent at the window in between: the HIS refuses the hold, and nothing is paid', async () => {
  const one = await withRecharges(5_000)
  rig.his().lockAmount(one.patid, { amount: 4_000 as never, reason: '有未结算的就诊' })
  const applied = await user.applyOriginal(one.patientId, [
    { orderId: one.orders[0]?.id ?? '', amountFen: 5_000 },
  ])
  expect(applied.error?.code ?? applied.body.legs[0]?.phase).toMatch(/refund-refused|refused/)
  await rig.pass(5 * MINUTE_MS)
  expect(rig.his().balanceOf(one.patid).total).toBe(5_000)
})
