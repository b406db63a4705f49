import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { NOT_ENOUGH } from '../../apps/server/src/refunds/cases/leg-words.ts'
import { ownRefunds, type RefundsRig } from './refunds-rig.ts'

async function funded(rig: RefundsRig): Promise<void> {
  for (const account of ['OPERATION', 'BASIC'])
    await rig.pay('set-balance', { account, amountFen: 1_000_000_000 })
}

test('split: what can go back the way it came is a leg of its own, and is paid though the transfer is abandoned', async () => {
  const rig = await ownRefunds({ hospital: { refunds: { face: { splitOriginal: true, partial: true } } } })
  await funded(rig)
  const user = await rig.signIn()
  const patient = await rig.newPatient({ balanceFen: 3_000 })
  await rig.recharge(patient.patid, 2_000, { person: 'payer' })
  const applied = await user.refundByFace(patient)
  expect(applied.body.legs).toMatchObject([
    { route: 'original', amountFen: 2_000 },
    { route: 'transfer', amountFen: 3_000 },
  ])
  await rig.pass(DAY_MS + 2 * HOUR_MS, HOUR_MS)
  const abandoned = await user.case(applied.body.id)
  expect(abandoned.legs.map(({ phase }) => phase)).toEqual(['paid', 'expired'])
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 3_000, available: 0 })
  // A part of a balance, where the hospital allows it.
  const other = await rig.newPatient({ balanceFen: 5_000 })
  const { checkId, result } = await user.faceCheck(other)
  const part = await user.applyFace(
    checkId,
    result.body.archives?.archives[0]?.key ?? '',
    'a-part-only',
    1_200,
  )
  expect(part.body).toMatchObject({ amountFen: 1_200 })
  expect(rig.his().balanceOf(other.patid).available).toBe(3_800)
})

test('bug: where the payer’s account is gone, the recharge is no leg of its own again: it goes by transfer', async () => {
  const rig = await ownRefunds({ hospital: { refunds: { face: { splitOriginal: true } } } })
  await funded(rig)
  const user = await rig.signIn()
  const patient = await rig.newPatient()
  await rig.recharge(patient.patid, 2_000, { person: 'payer' })
  await rig.pay('set-person', { person: 'payer', refund: 'account-abnormal' })
  const first = await user.refundByFace(patient)
  await rig.pass(5 * MINUTE_MS)
  expect(await user.case(first.body.id)).toMatchObject({
    open: false,
    legs: [{ route: 'original', phase: 'returned' }],
  })
  const patientId = await user.link(patient)
  expect((await user.originalOrders(patientId)).body.orders).toEqual([])
  const second = await user.refundByFace(patient)
  expect(second.body.legs).toMatchObject([{ route: 'transfer', amountFen: 2_000 }])
  expect((await user.confirm(second.body)).body).toMatchObject({ open: false, paidFen: 2_000 })
})

test('bug: a rest too small for a transfer kept the whole balance from being refunded', async () => {
  const rig = await ownRefunds({ hospital: { refunds: { face: { splitOriginal: true } } } })
  await funded(rig)
  const user = await rig.signIn()
  const patient = await rig.newPatient({ balanceFen: 5 })
  await rig.recharge(patient.patid, 2_000)
  const applied = await user.refundByFace(patient)
  expect(applied.body).toMatchObject({
    amountFen: 2_005,
    legs: [
      { route: 'original', amountFen: 1_975 },
      { route: 'transfer', amountFen: 30 },
    ],
  })
  await user.confirm(applied.body, 1)
  await rig.pass(5 * MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, paidFen: 2_005 })
})

test('bug: a cap of the day did not count what was turned away for want of funds and tried again', async () => {
  const rig = await ownRefunds({
    hospital: { refunds: { caps: { merchantDayFen: 10_000, openidDayCases: 1 } } },
  })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 0 })
  const users = [await rig.signIn(), await rig.signIn()]
  const ids: string[] = []
  for (const user of users) {
    const { body } = await user.refundByFace(await rig.newPatient({ balanceFen: 6_000 }))
    expect(body.legs).toMatchObject([{ message: NOT_ENOUGH }])
    ids.push(body.id)
  }
  await funded(rig)
  rig.clock.advance(MINUTE_MS)
  const again = await Promise.all(users.map((user, at) => user.retry(ids[at] ?? '')))
  expect(again.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(again.find(({ status }) => status === 409)?.error?.message).toContain('今天的退款总额已满')
  rig.clock.advance(DAY_MS - HOUR_MS)
  const late = again.findIndex(({ status }) => status === 409)
  const next = await users[late]?.retry(ids[late] ?? '')
  expect(next?.body.legs).toMatchObject([{ phase: 'to-receive' }])
  // Applied for yesterday, and the money goes out today.
  const third = await (await rig.signIn()).refundByFace(await rig.newPatient({ balanceFen: 6_000 }))
  expect(third.error?.message).toContain('今天的退款总额已满')
})

test('bug: WeChat said that the openid is another person’s, and the other parts of the sum were sent to it all the same', async () => {
  const rig = await ownRefunds({
    hospital: (defaults) => ({
      wechatPay: { ...defaults, transfer: { ...defaults.transfer, limitFen: 10_000 } },
    }),
  })
  const user = await rig.signIn()
  const patient = await rig.newPatient({ name: '周实名', balanceFen: 25_000 })
  await rig.pay('set-person', { person: user.person, realName: '吴别人' })
  // Enough for the first part alone.
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 9_000 })
  rig.clock.advance(MINUTE_MS)
  const applied = await user.refundByFace(patient)
  expect(applied.body.legs.map(({ phase }) => phase)).toEqual(['to-receive', 'not-enough', 'not-enough'])
  await user.confirm(applied.body)
  await rig.pass(5 * MINUTE_MS)
  expect((await user.case(applied.body.id)).legs.map(({ phase }) => phase)).toEqual([
    ...['returned', 'not-enough', 'not-enough'],
  ])
  await funded(rig)
  rig.clock.advance(MINUTE_MS)
  const again = await user.retry(applied.body.id)
  expect(again.error?.message).toContain('实名')
  await rig.pass(DAY_MS, HOUR_MS)
  expect(rig.calls('create-transfer')).toHaveLength(1)
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, paidFen: 0 })
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 25_000, available: 25_000 })
})

test('caps of the day, the hours and sums that WeChat cannot transfer are refused before anything is held', async () => {
  const rig = await ownRefunds({
    hospital: {
      refunds: {
        caps: { merchantDayFen: 10_000, patientDayFen: 6_000, openidDayFen: 7_000 },
        hours: { from: '08:00', to: '17:30' },
      },
    },
  })
  await funded(rig)
  const user = await rig.signIn()
  const refused = async (balanceFen: number, who = user) => {
    const patient = await rig.newPatient({ balanceFen })
    const { error } = await who.refundByFace(patient)
    expect(rig.his().holdsOf(patient.patid)).toEqual([])
    return error?.message
  }
  expect(await refused(6_001)).toContain('今天退款的金额已到上限')
  expect(await refused(9)).toContain('0.10')
  expect(await refused(29)).toContain('0.30')
  expect((await user.refundByFace(await rig.newPatient({ balanceFen: 5_000 }))).status).toBe(200)
  expect(await refused(2_500)).toContain('这个微信今天退款的金额已到上限')
  const others = await rig.signIn()
  expect(await refused(5_500, others)).toContain('今天的退款总额已满')
  // The next day it begins anew; after hours it waits.
  rig.clock.advance(DAY_MS)
  expect((await others.refundByFace(await rig.newPatient({ balanceFen: 5_500 }))).status).toBe(200)
  rig.clock.advance(9 * HOUR_MS)
  const closed = await user.startCheck(await rig.newPatient({ balanceFen: 500 }))
  expect(closed.error).toMatchObject({ code: 'refund-closed' })
  expect(closed.error?.message).toContain('08:00–17:30')
})

test('bug: what a clerk sent again counted on the day of its application, not on that of the money', async () => {
  const rig = await ownRefunds({
    hospital: { refunds: { caps: { merchantDayFen: 10_000, patientDayFen: 6_000 } } },
  })
  await funded(rig)
  const wang = await rig.operator('王会计')
  const refund = async (balanceFen: number) =>
    (await rig.signIn()).refundByFace(await rig.newPatient({ balanceFen }))
  const left = await refund(5_000)
  const reissue = () =>
    wang.ask<{ state: string }>('POST', `/legs/${left.body.legs[0]?.id}/reissue`, { reason: '没有看到' })
  await rig.pass(DAY_MS + 2 * HOUR_MS, 2 * HOUR_MS)
  expect((await refund(6_000)).status).toBe(200)
  // Nothing was touched: the next day it goes out, and takes its part of that day.
  const refused = await reissue()
  expect([refused.status, refused.error?.message]).toEqual([
    409,
    expect.stringContaining('今天的退款总额已到上限'),
  ])
  await rig.pass(DAY_MS, 2 * HOUR_MS)
  expect((await reissue()).body).toEqual({ state: 'reissued' })
  expect((await refund(5_500)).error?.message).toContain('今天的退款总额已满')
  expect((await refund(5_000)).status).toBe(200)
})

test('above the limit of one transfer it becomes several, each confirmed by the patient', async () => {
  const rig = await ownRefunds({
    hospital: (defaults) => ({
      wechatPay: { ...defaults, transfer: { ...defaults.transfer, limitFen: 10_000 } },
    }),
  })
  await funded(rig)
  const user = await rig.signIn()
  const patient = await rig.newPatient({ balanceFen: 25_000 })
  const applied = await user.refundByFace(patient)
  expect(applied.body.legs.map(({ amountFen }) => amountFen)).toEqual([8_334, 8_333, 8_333])
  for (const index of [0, 1, 2]) await user.confirm(await user.case(applied.body.id), index)
  await rig.pass(MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, paidFen: 25_000 })
})
