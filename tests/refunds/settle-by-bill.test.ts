import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'

// A transfer whose end WeChat never told, past its thirty days: what finance does with the bill in hand.

let rig: RefundsRig
let user: Patient
beforeAll(async () => {
  rig = await openRefunds()
  user = await rig.signIn()
})
afterAll(() => rig.close())

/** Sent, never answered, and unknown to every query since. */
async function lost(balanceFen: number) {
  const patient = await rig.newPatient({ name: '赵未知', balanceFen })
  rig.fault('reply-lost', 'create-transfer')
  rig.fault('not-found-window', 'create-transfer', { delayMs: 40 * DAY_MS })
  const { body } = await user.refundByFace(patient)
  return {
    ...{ caseId: body.id, legId: body.legs[0]?.id ?? '', patid: patient.patid },
    sentDay: shanghaiDay(rig.clock.nowMs()),
  }
}
type Lost = Awaited<ReturnType<typeof lost>>

const dayAfter = (day: string, days: number) =>
  shanghaiDay(Date.parse(`${day}T00:00:00+08:00`) + days * DAY_MS)
const paidIn = ({ sentDay }: Lost, line = 12) => ({
  ...{ paid: true, billFrom: sentDay, billTo: sentDay, billLine: line },
  reason: '资金账单第 12 行是这一笔',
})
const unpaidIn = ({ sentDay }: Lost, days = 29) => ({
  ...{ paid: false, billFrom: sentDay, billTo: dayAfter(sentDay, days), billLine: null },
  reason: '三十天的账单里都没有',
})
const stateOf = async ({ caseId }: Lost) => (await rig.legs(caseId))[0]?.state

test('the bill decides where WeChat knows nothing any more: not before, not without the bills, above the amount by two', async () => {
  const [small, unpaid, large] = [await lost(3_000), await lost(4_000), await lost(150_000)]
  const wang = await rig.operator('王会计')
  const early = await wang.ask('POST', `/legs/${small.legId}/bill`, paidIn(small))
  expect([early.status, early.error?.message]).toEqual([409, expect.stringContaining('超过 30 天')])

  rig.fault('http-502', 'create-transfer', { times: 999 })
  await rig.pass(31 * DAY_MS, 8 * DAY_MS)
  const clerk = await rig.operator('王会计')
  const detail = await clerk.ask<{ legs: { bill: object }[] }>('GET', `/cases/${small.caseId}`)
  expect(detail.body.legs[0]?.bill).toMatchObject({ may: true, decisions: [] })

  // What was not looked through, or cannot be, decides nothing.
  for (const [facts, field] of [
    [{ ...paidIn(small), billLine: null }, 'billLine'],
    [paidIn({ ...small, sentDay: dayAfter(small.sentDay, -1) }), 'billFrom'],
    [paidIn({ ...small, sentDay: dayAfter(small.sentDay, 40) }), 'billTo'],
    [unpaidIn(small, 3), 'billFrom'],
  ] as const) {
    const { status, error } = await clerk.ask('POST', `/legs/${small.legId}/bill`, facts)
    expect([status, (error as { fields?: { field: string }[] }).fields?.[0]?.field]).toEqual([400, field])
  }
  expect(await stateOf(small)).toBe('paying')

  const paid = await clerk.ask('POST', `/legs/${small.legId}/bill`, paidIn(small))
  expect(paid.body).toEqual({ state: 'settled' })
  await rig.run()
  expect(await stateOf(small)).toBe('paid')
  expect((await clerk.ask('POST', `/legs/${small.legId}/bill`, paidIn(small))).status).toBe(409)

  // Not in any bill: one-sided, and another number may follow.
  expect((await clerk.ask('POST', `/legs/${unpaid.legId}/bill`, unpaidIn(unpaid))).body).toEqual({
    state: 'settled',
  })
  expect(await stateOf(unpaid)).toBe('one-sided')

  const asked = await clerk.ask('POST', `/legs/${large.legId}/bill`, paidIn(large))
  expect(asked.body).toEqual({ state: 'waiting' })
  expect(await stateOf(large)).toBe('paying')
  expect((await clerk.ask('POST', `/legs/${large.legId}/bill`, paidIn(large))).status).toBe(409)
  const own = await clerk.ask('POST', `/legs/${large.legId}/bill/decision`, { agrees: true })
  expect([own.status, own.error?.message]).toEqual([409, expect.stringContaining('复核的人不能是提出的人')])
  const li = await rig.operator('李会计')
  await li.ask('POST', `/legs/${large.legId}/bill/decision`, { agrees: false })
  expect(await stateOf(large)).toBe('paying')
  rig.clock.advance(1_000)
  await clerk.ask('POST', `/legs/${large.legId}/bill`, paidIn(large))
  const agreed = await Promise.all([
    li.ask('POST', `/legs/${large.legId}/bill/decision`, { agrees: true }),
    li.ask('POST', `/legs/${large.legId}/bill/decision`, { agrees: true }),
  ])
  expect(agreed.map(({ status }) => status).toSorted()).toEqual([200, 409])
  await rig.run()
  expect(await stateOf(large)).toBe('paid')

  const shown = await clerk.ask<{ legs: { bill: { decisions: object[] } }[] }>(
    'GET',
    `/cases/${large.caseId}`,
  )
  expect(shown.body.legs[0]?.bill.decisions).toMatchObject([
    { state: 'refused', decidedBy: '李会计', billLine: 12 },
    { state: 'done', askedBy: '王会计', decidedBy: '李会计', billFrom: large.sentDay },
  ])
  const audits = await rig.asOwner<{ action: string; actor: string }>(
    `SELECT action, actor FROM audit_entry WHERE subject = '${large.legId}' AND action LIKE 'refunds.bill-%' ORDER BY id`,
  )
  expect(audits.map(({ action, actor }) => `${actor} ${action}`)).toEqual([
    'operator:王会计 refunds.bill-asked',
    'operator:李会计 refunds.bill-refused',
    'operator:王会计 refunds.bill-asked',
    'operator:李会计 refunds.bill-agreed',
    'operator:王会计 refunds.bill-settled',
  ])
  // What is paid once is settled once: nothing is left in transit of these, and the one-sided one is.
  expect((await rig.balances())['deposit-in-transit']).toBe(4_000)
})

test('what WeChat still says goes before what somebody read in a bill; without its answer nothing is decided', async () => {
  const one = await lost(5_000)
  rig.fault('http-502', 'create-transfer', { times: 999 })
  await rig.pass(31 * DAY_MS, 8 * DAY_MS)
  const clerk = await rig.operator('王会计')
  rig.fault('http-502', 'query-transfer', { times: 9 })
  const silent = await clerk.ask('POST', `/legs/${one.legId}/bill`, paidIn(one))
  expect([silent.status, silent.error?.message]).toEqual([409, expect.stringContaining('没有答复')])
  expect((await clerk.ask('POST', '/legs/leg_none/bill', paidIn(one))).status).toBe(404)

  // WeChat paid it and still knows it, whatever our own calendar says.
  rig.sandbox.simulators['wechat-pay']?.faults.clear()
  const patient = await rig.newPatient({ balanceFen: 6_000 })
  const { body } = await user.refundByFace(patient)
  await user.receive(body)
  const [transfer] = await rig.pay<{ outBillNo: string }[]>('transfers', { limit: 1 })
  await rig.pay('confirm-transfer', { outBillNo: transfer?.outBillNo })
  rig.clock.advance(2_000)
  await rig.asOwner(`UPDATE transfer_order SET sent_at_ms = sent_at_ms - ${31 * DAY_MS}
    WHERE out_bill_no = '${transfer?.outBillNo}'`)
  const known = { ...one, caseId: body.id, legId: body.legs[0]?.id ?? '' }
  const told = await clerk.ask('POST', `/legs/${known.legId}/bill`, unpaidIn(known))
  expect(told.body).toEqual({ state: 'answered' })
  await rig.run()
  expect(await stateOf(known)).toBe('paid')
})
