import { fen, MINUTE_MS, shanghaiDay } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workTransferNotice } from '../../apps/server/src/payments/transfers/work-transfer-notice.ts'
import { refundsHome } from '../../apps/server/src/refunds/console/home-part.ts'
import { openRefunds, ownRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'

// 窗口付讫: WeChat did not pay it, the HIS cannot take it back, and two people of the finance say that the patient has it.

type Operator = Awaited<ReturnType<RefundsRig['operator']>>

let rig: RefundsRig
let user: Patient
let wang: Operator
let li: Operator
beforeAll(async () => {
  rig = await openRefunds({ his: 'single-step-without-reversal' })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  user = await rig.signIn()
  wang = await rig.operator('王会计')
  li = await rig.operator('李会计')
})
afterAll(() => rig.close())

/** Taken out of the balance, not paid because the patient took it back or is somebody else, and gone from the HIS. */
async function stranded(balanceFen: number, by = user) {
  const patient = await rig.newPatient({ balanceFen })
  const { body } = await by.refundByFace(patient)
  if (by === user) await by.withdraw(body)
  else if (body.legs[0]?.phase === 'to-receive') await by.confirm(body)
  await rig.pass(5 * MINUTE_MS)
  return { ...patient, caseId: body.id, legId: body.legs[0]?.id ?? '' }
}
type Stranded = Awaited<ReturnType<typeof stranded>>

let vouchers = 0
function nextVoucher(): string {
  vouchers += 1
  return `SJ-${vouchers}`
}
const paid = (changes: object = {}) => ({
  ...{ how: 'cash', voucher: nextVoucher(), paidOn: shanghaiDay(rig.clock.nowMs()) },
  ...{ reason: '患者到窗口领，已签收', ...changes },
})
const ask = ({ legId }: Stranded, facts = paid(), who = wang) =>
  who.ask<{ state: string }>('POST', `/legs/${legId}/window`, facts)
const decide = ({ legId }: Stranded, agrees = true, who = li) =>
  who.ask<{ state: string }>('POST', `/legs/${legId}/window/decision`, { agrees })
const reissue = ({ legId }: Stranded) => wang.ask('POST', `/legs/${legId}/reissue`, { reason: '再发一次' })
const giveBack = ({ legId }: Stranded) => wang.ask('POST', `/legs/${legId}/give-back`, { reason: '退回' })
const stateOf = async ({ caseId }: Stranded) => (await rig.legs(caseId))[0]?.state
const theLeg = async ({ caseId }: Stranded, who = wang) =>
  (
    await who.ask<{ legs: { acts: object; sums: object; window: object | null; history: object[] }[] }>(
      'GET',
      `/cases/${caseId}`,
    )
  ).body.legs[0]

test('the WeChat of somebody else: neither sent again nor given back, handed over by two people, and over', async () => {
  const other = await rig.signIn()
  await rig.pay('set-person', { person: other.person, realName: '别人' })
  const one = await stranded(4_000, other)
  expect(await stateOf(one)).toBe('one-sided')
  expect((await reissue(one)).error?.message).toContain('窗口付讫')
  expect((await giveBack(one)).error?.message).toContain('不能冲回')
  expect((await theLeg(one))?.acts).toMatchObject({
    ...{ reissue: null, giveBack: false, window: true },
    barred: expect.stringContaining('请在窗口付给患者本人，由两个人办理'),
  })

  for (const [changes, field] of [
    [{ paidOn: '2026-11-22' }, 'paidOn'],
    [{ paidOn: '2099-01-01' }, 'paidOn'],
    [{ voucher: '收据' }, 'voucher'],
    [{ how: 'wechat' }, 'how'],
    [{ reason: '' }, 'reason'],
  ] as const) {
    const { status, error } = await ask(one, paid(changes))
    expect([status, (error as { fields?: { field: string }[] }).fields?.[0]?.field]).toEqual([400, field])
  }
  const facts = paid()
  expect((await ask(one, facts)).body).toEqual({ state: 'waiting' })
  expect((await ask(one)).error?.message).toContain('正等待复核')
  expect((await theLeg(one))?.acts).toMatchObject({ window: false, mayDecide: false })
  expect((await theLeg(one, li))?.acts).toMatchObject({
    ...{ mayDecide: true, windowReview: { voucher: facts.voucher, askedBy: '王会计' } },
  })
  const todo = await wang.ask<{ cases: { id: string }[] }>('GET', '/cases?list=todo')
  expect(todo.body.cases).toContainEqual(
    expect.objectContaining({ id: one.caseId, legs: [expect.objectContaining({ waitsForReview: true })] }),
  )
  expect((await decide(one, true, wang)).error?.message).toContain('复核的人不能是提出的人')
  expect((await decide(one, false)).body).toEqual({ state: 'refused' })
  expect(await stateOf(one)).toBe('one-sided')

  rig.clock.advance(1_000)
  expect((await ask(one, facts)).status).toBe(200)
  const agreed = await Promise.all([decide(one), decide(one)])
  expect(agreed.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await stateOf(one)).toBe('settled-at-window')
  expect(await rig.balances()).toMatchObject({
    ...{ deposit: -4_000, 'deposit-in-transit': 0, 'paid-at-window': 4_000 },
  })
  const leg = await theLeg(one)
  expect(leg).toMatchObject({
    sums: { heldFen: 4_000, confirmedFen: 4_000, releasedFen: 0, inTransitFen: 0 },
    window: { how: 'cash', voucher: facts.voucher, askedBy: '王会计', decidedBy: '李会计' },
  })
  expect(leg?.history).toContainEqual(expect.objectContaining({ what: '窗口付讫，不能再付', who: '李会计' }))

  // The patient sees what became of it, and was told nothing of WeChat.
  expect(await other.case(one.caseId)).toMatchObject({
    ...{ open: false, paidFen: 4_000 },
    legs: [{ phase: 'paid-at-window', message: expect.stringContaining(facts.voucher) }],
  })
  const told = await rig.asOwner(
    `SELECT kind FROM notice WHERE journey = '${one.caseId}' AND kind IN ('paid')`,
  )
  expect(told).toEqual([])
  const counter = await wang.ask<{ refunds: { lines: { sentence: string }[] }[] }>(
    'POST',
    '/counter/refunds',
    { number: one.idNumber },
  )
  expect(counter.body.refunds[0]?.lines[0]?.sentence).toContain('已在窗口付讫（现金，凭证号')
  const counted = await rig.asOwner(
    `SELECT way, amount_fen::int FROM balance_refund WHERE leg_id = '${one.legId}'`,
  )
  expect(counted).toEqual([{ way: 'window', amount_fen: 4_000 }])
  const audits = await rig.asOwner<{ action: string; actor: string }>(
    `SELECT action, actor FROM audit_entry WHERE subject = '${one.legId}' AND action LIKE 'refunds.window-%' ORDER BY id`,
  )
  expect(audits.map(({ action, actor }) => `${actor} ${action}`)).toEqual([
    'operator:王会计 refunds.window-asked',
    'operator:李会计 refunds.window-refused',
    'operator:王会计 refunds.window-asked',
    'operator:李会计 refunds.window-agreed',
  ])

  for (const after of [ask(one), decide(one), reissue(one), giveBack(one)])
    expect((await after).status).toBe(409)
  // A receipt pays one sum; and who has a balance again may apply again.
  const next = await stranded(3_000)
  expect((await ask(next, facts)).status).toBe(400)
  rig.his().charge(one.patid, { amount: fen(2_000), channel: 'cash' })
  const again = await user.refundByFace(one)
  expect((await user.confirm(again.body)).body).toMatchObject({ open: false, paidFen: 2_000 })
})

test('while it waits nothing else is done about it; at the same time only one of both', async () => {
  const [waiting, raced, agreed] = [await stranded(1_100), await stranded(1_200), await stranded(1_300)]
  await ask(waiting)
  for (const other of [reissue(waiting), giveBack(waiting)]) expect((await other).status).toBe(409)
  expect((await decide(waiting, false)).status).toBe(200)
  expect((await reissue(waiting)).body).toEqual({ state: 'reissued' })

  const [asked, sent] = await Promise.all([ask(raced), reissue(raced)])
  expect([asked.status, sent.status].toSorted()).toEqual([200, 409])
  expect(await stateOf(raced)).toBe(asked.status === 200 ? 'one-sided' : 'paying')

  await ask(agreed)
  const [decided, ...others] = await Promise.all([decide(agreed), reissue(agreed), giveBack(agreed)])
  expect([decided.status, ...others.map(({ status }) => status)]).toEqual([200, 409, 409])
  expect(await stateOf(agreed)).toBe('settled-at-window')
  expect((await rig.prove()).violations).toEqual([])
})

test('a request for another number that waits is dropped: it went to the window', async () => {
  const large = await stranded(150_000)
  expect((await reissue(large)).body).toEqual({ state: 'waiting' })
  expect((await ask(large)).status).toBe(200)
  const late = await li.ask('POST', `/legs/${large.legId}/reissue/decision`, {
    agrees: true,
    reason: '核对过',
  })
  expect(late.error?.message).toContain('没有等待复核的申请')
  expect((await decide(large)).body).toEqual({ state: 'settled' })
})

/** A callback as WeChat might send it one day. */
async function lateWord({ legId }: Stranded, state: 'SUCCESS' | 'FAIL' = 'SUCCESS') {
  const [transfer] = await rig.asOwner<{ id: string; out_bill_no: string; amount_fen: string }>(
    `SELECT t.* FROM transfer_order t JOIN refund_leg l ON l.payout_id = t.id WHERE l.id = '${legId}'`,
  )
  const room = { clock: rig.clock, log: { error: () => {} } } as never
  const mchid = rig.hospitals.all[0]?.wechatPay?.mchid
  if (!transfer || mchid === undefined) throw new Error('no transfer')
  const atMs = rig.clock.nowMs()
  await rig.inTx((tx) =>
    workTransferNotice(tx, room, { mchid } as never, {
      ...{ mchid, outBillNo: transfer.out_bill_no, transferBillNo: '1', state },
      ...{ amountFen: fen(Number(transfer.amount_fen)), createTimeMs: atMs, updateTimeMs: atMs },
    }),
  )
  return transfer.id
}
const transferOf = async (id: string) =>
  (await rig.asOwner(`SELECT state, problem FROM transfer_order WHERE id = '${id}'`))[0]

test('what WeChat contradicts is not handed over; contradicted afterwards it stays the end, and is never lost', async () => {
  const [before, after, silent] = [await stranded(2_100), await stranded(2_200), await stranded(2_300)]
  await Promise.all([before, after, silent].map((one) => ask(one)))
  await lateWord(before)
  expect((await decide(before)).status).toBe(409)
  expect(await stateOf(before)).toBe('one-sided')
  expect((await giveBack(before)).status).toBe(409)

  expect((await decide(after)).status).toBe(200)
  const transfer = await lateWord(after)
  expect(await stateOf(after)).toBe('settled-at-window')
  expect(await transferOf(transfer)).toEqual({ state: 'closed', problem: 'contradicted' })
  const told = await rig.asOwner<{ detail: object }>(
    `SELECT detail FROM audit_entry WHERE action = 'payments.contradiction' AND subject = '${transfer}'`,
  )
  expect(told).toMatchObject([{ detail: { stands: 'CANCELLED', late: 'SUCCESS' } }])

  const todo = await wang.ask<{ cases: object[] }>('GET', '/cases?list=todo')
  expect(todo.body.cases).toContainEqual(
    expect.objectContaining({
      id: after.caseId,
      legs: [expect.objectContaining({ shown: 'settled-at-window', why: expect.stringContaining('矛盾') })],
    }),
  )
  expect((await theLeg(before))?.acts, 'it has no end').toMatchObject({ contradiction: null })

  rig.fault('http-502', 'query-transfer', { times: 9 })
  expect((await decide(silent)).error?.message).toContain('微信这次没有确认')
  expect(await stateOf(silent)).toBe('one-sided')
  rig.sandbox.simulators['wechat-pay']?.faults.clear()
})

test('a contradicted end is marked as dealt with: once, as it was seen, for a reason; another word lists it anew', async () => {
  const one = await stranded(2_400)
  await ask(one)
  await decide(one)
  await lateWord(one)
  const waits = async () => {
    const { body } = await wang.ask<{ cases: { id: string }[] }>('GET', '/cases?list=todo')
    return body.cases.some(({ id }) => id === one.caseId)
  }
  const onHome = async () => {
    const [hospital, nowMs] = [rig.hospitals.all[0] as never, rig.clock.nowMs()]
    const { todo } = await rig.inTx((tx) =>
      refundsHome.read(tx, { hospital, nowMs, days: [shanghaiDay(nowMs)] }),
    )
    return todo.find(({ text }) => text.includes('前后说法矛盾'))?.count ?? 0
  }
  const shown = async () =>
    (await theLeg(one)) as { acts: { contradiction: string | null }; history: object[] }
  const mark = (contradiction: string | null, who = wang) =>
    who.ask('POST', `/legs/${one.legId}/contradiction-done`, { contradiction, reason: '患者已退还窗口' })
  const seen = (await shown()).acts.contradiction
  expect(seen).toMatch(/^T\w+ SUCCESS$/)
  const waiting = await onHome()
  const before = [await stateOf(one), await rig.balances()]
  expect((await mark('T1 SUCCESS')).status, 'another one than is there').toBe(409)
  const marked = await Promise.all([mark(seen), mark(seen, li)])
  expect(marked.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect([await waits(), (await shown()).acts.contradiction]).toEqual([false, null])
  expect(await onHome()).toBe(waiting - 1)
  expect([await stateOf(one), await rig.balances()]).toEqual(before)
  expect((await shown()).history.at(-1)).toMatchObject({
    ...{ what: `标记为已处理：微信说 ${seen}`, who: expect.stringMatching('会计'), why: '患者已退还窗口' },
  })
  const told = await rig.asOwner<{ action: string; detail: object }>(
    `SELECT action, detail FROM audit_entry WHERE subject = '${one.legId}' AND action = 'refunds.contradiction-done'`,
  )
  expect(told).toMatchObject([{ detail: { contradiction: seen, reason: '患者已退还窗口' } }])

  await lateWord(one)
  expect(await waits(), 'the same again').toBe(false)
  await lateWord(one, 'FAIL')
  expect(await waits(), 'something else').toBe(true)
  expect((await mark(seen)).status).toBe(409)
  const now = (await shown()).acts.contradiction
  expect(now).toBe(`${seen}; ${seen?.replace('SUCCESS', 'FAIL')}`)
  expect((await mark(now)).status).toBe(200)
  expect([await waits(), await stateOf(one)]).toEqual([false, 'settled-at-window'])
})

test('taken out, and the recharge has nothing left by then: there never was a number, and the window ends it', async () => {
  const own = await rig.signIn()
  const patient = await rig.newPatient()
  const recharge = await rig.recharge(patient.patid, 6_100, { person: `payer-${patient.patid}` })
  const patientId = await own.link(patient)
  const { orders } = (await own.originalOrders(patientId)).body
  rig.his().faults.order({ kind: 'unavailable', operation: 'deductions.deduct', times: 1 })
  const { body } = await own.applyOriginal(patientId, [{ orderId: orders[0]?.id ?? '', amountFen: 6_100 }])
  // Meanwhile somebody else refunded it.
  await rig.asOwner(
    `UPDATE payment_order SET refunded_before_fen = amount_fen WHERE out_trade_no = '${recharge}'`,
  )
  await rig.pass(5 * MINUTE_MS)
  const one = { ...patient, caseId: body.id, legId: body.legs[0]?.id ?? '' }
  expect(await rig.legs(one.caseId)).toMatchObject([
    { state: 'one-sided', fail: 'not-refundable', payout_id: null },
  ])
  expect((await theLeg(one))?.acts).toMatchObject({
    ...{ reissue: null, giveBack: false, window: true },
    barred: expect.stringContaining('没有发出过付款'),
  })
  expect((await ask(one)).status).toBe(200)
  expect((await decide(one)).body).toEqual({ state: 'settled' })
  expect(await own.case(one.caseId)).toMatchObject({ open: false, legs: [{ phase: 'paid-at-window' }] })
  const journal = await rig.asOwner<{ account: string; fen: number }>(
    `SELECT account, sum(amount_fen)::int AS fen FROM journal_entry WHERE case_id = '${one.caseId}' GROUP BY account`,
  )
  expect(Object.fromEntries(journal.map(({ account, fen }) => [account, fen]))).toEqual({
    ...{ deposit: -6_100, 'deposit-in-transit': 0, 'paid-at-window': 6_100 },
  })
  expect(rig.his().deductionsOf(patient.patid)).toMatchObject([{ state: 'deducted', amount: 6_100 }])
  const numbers = await rig.asOwner(
    `SELECT id FROM refund_order WHERE request_key = '${one.legId}'
      UNION SELECT id FROM transfer_order WHERE subject = '${one.legId}'`,
  )
  expect(numbers).toEqual([])
})

test('a HIS that takes it back: given back is the way, and the window is refused', async () => {
  const own = await ownRefunds()
  await own.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  const patient = await own.newPatient({ balanceFen: 5_000 })
  const { body } = await (await own.signIn()).refundByFace(patient)
  await own.pass(26 * 60 * MINUTE_MS, 2 * 60 * MINUTE_MS)
  const clerk = await own.operator()
  const facts = { how: 'cash', voucher: 'SJ-1', paidOn: '2026-11-24', reason: '患者到窗口领' }
  const told = await clerk.ask('POST', `/legs/${body.legs[0]?.id}/window`, facts)
  expect([told.status, told.error?.message]).toEqual([409, expect.stringContaining('请用“退回余额”')])
  const shown = await clerk.ask<{ legs: object[] }>('GET', `/cases/${body.id}`)
  expect(shown.body.legs).toMatchObject([{ acts: { window: false, giveBack: true } }])
})
