import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { NOT_ENOUGH, TRANSFER_PAID } from '../../apps/server/src/refunds/cases/leg-words.ts'
import { openRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'

let rig: RefundsRig
let user: Patient
beforeAll(async () => {
  rig = await openRefunds()
})
beforeEach(async () => {
  // What was read of the account a moment ago is not read again.
  rig.clock.advance(MINUTE_MS)
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  user = await rig.signIn()
})
afterAll(async () => {
  // Whatever these tests did to WeChat: nobody was paid twice, and the books balance.
  expect((await rig.prove()).violations).toEqual([])
  const balances = await rig.balances()
  expect(Object.values(balances).reduce((sum, fen) => sum + fen, 0)).toBe(0)
  await rig.close()
})

test('a balance goes back: face, archive, hold, transfer, confirmation, and the HIS has it booked', async () => {
  const patient = await rig.newPatient({ balanceFen: 12_345 })
  const { checkId, result } = await user.faceCheck(patient)
  expect(result.body).toMatchObject({ state: 'passed', archives: { choice: 'one', openCaseId: null } })
  const [archive] = result.body.archives?.archives ?? []
  expect(archive).toMatchObject({ totalFen: 12_345, refundableFen: 12_345, cardNumber: patient.cardNumber })
  const applied = await user.applyFace(checkId, archive?.key ?? '')
  expect(applied.body).toMatchObject({ amountFen: 12_345, open: true, legs: [{ phase: 'to-receive' }] })
  expect(applied.body.legs[0]?.message).toContain('确认收款')
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 12_345, available: 0 })
  const paid = await user.confirm(applied.body)
  const legs = [{ phase: 'paid', message: TRANSFER_PAID }]
  expect(paid.body).toMatchObject({ open: false, paidFen: 12_345, legs })
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 0, available: 0 })
  expect(rig.his().holdsOf(patient.patid)).toMatchObject([{ state: 'confirmed' }])
})

test('the check is spent by the case, the same application sent twice is one case, and a second one is refused', async () => {
  const patient = await rig.newPatient({ balanceFen: 5_000 })
  const { checkId, result } = await user.faceCheck(patient)
  const key = result.body.archives?.archives[0]?.key ?? ''
  const [one, two] = await Promise.all([
    user.applyFace(checkId, key, 'the-same-key'),
    user.applyFace(checkId, key, 'the-same-key'),
  ])
  expect(one.body.id).toBe(two.body.id)
  const other = await user.applyFace(checkId, key)
  expect(other.error?.code).toBe('refund-refused')
  await user.confirm(one.body)
  rig.his().charge(patient.patid, { amount: 700 as never, channel: 'cash' })
  expect((await user.applyFace(checkId, key)).error?.code).toBe('verification-required')
})

test('a face that is not the ID owner’s opens nothing, and says what to check', async () => {
  const patient = await rig.newPatient({ balanceFen: 5_000 })
  const { checkId, result } = await user.faceCheck(patient, 10004)
  expect(result.body).toMatchObject({ state: 'failed', archives: null })
  expect(result.body.advice?.zh).toContain('请检查基本信息是否与人脸识别为同一人')
  expect((await user.archives(checkId)).error?.code).toBe('verification-required')
  expect((await user.applyFace(checkId, 'x')).error?.code).toBe('verification-required')
})

test('several archives are listed and must be merged first; of another name none is shown or paid', async () => {
  // Of the simulator's own people: three archives, one of them under the number of 15 digits.
  const several = await user.faceCheck({ name: '孙桂珍', idNumber: '330106196207184028' })
  expect(several.result.body.archives).toMatchObject({ choice: 'merge', archives: [{}, {}, {}] })
  for (const { key } of several.result.body.archives?.archives ?? [])
    expect((await user.applyFace(several.checkId, key)).error?.code).toBe('refund-refused')
  // Under one number a second archive, of 吴滔.
  const mistyped = await user.faceCheck({ name: '吴涛', idNumber: '33010819881123701X' })
  expect(mistyped.result.body.archives?.archives).toHaveLength(1)
  const patient = await rig.newPatient({ name: '周同', balanceFen: 5_000 })
  const stranger = await user.faceCheck({ ...patient, name: '钱别人' })
  expect(stranger.result.body.archives).toMatchObject({ choice: 'none', archives: [] })
})

test('a balance of which nothing may be refunded: the HIS says why, and nothing can be applied for', async () => {
  const patient = await rig.newPatient({ balanceFen: 5_000 })
  rig.his().lockAmount(patient.patid, { amount: 5_000 as never, reason: '有未结算的就诊' })
  const { checkId, result } = await user.faceCheck(patient)
  expect(result.body.archives).toMatchObject({
    choice: 'nothing',
    archives: [{ totalFen: 5_000, refundableFen: 0 }],
  })
  expect(result.body.archives?.message).toContain('有未结算的就诊')
  const key = result.body.archives?.archives[0]?.key ?? ''
  expect((await user.applyFace(checkId, key)).error?.code).toBe('refund-refused')
})

test('without funds nothing stays held and the words are the list’s; tried again in time it needs no other check', async () => {
  await empty(5_000)
  const patient = await rig.newPatient({ balanceFen: 5_000 })
  const turned = await user.refundByFace(patient)
  // Equal counts as not enough.
  expect(turned.body.legs).toMatchObject([{ phase: 'not-enough', message: NOT_ENOUGH, can: { retry: true } }])
  expect(rig.his().holdsOf(patient.patid)).toEqual([])
  await rig.pay('top-up', { account: 'OPERATION', amountFen: 10_000 })
  rig.clock.advance(MINUTE_MS)
  const again = await user.retry(turned.body.id)
  expect(again.body.legs).toMatchObject([{ phase: 'to-receive' }])
  expect((await user.confirm(again.body)).body.paidFen).toBe(5_000)
})

test('WeChat itself has not enough: the hold goes back after a query, and the same number is used for the next try', async () => {
  const patient = await rig.newPatient({ balanceFen: 6_000 })
  await rig.pay('settings', { balanceApi: false })
  const operator = await rig.operator()
  await operator.ask('POST', '/funds/balance', { balanceFen: 900_000_000 })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100 })
  const turned = await user.refundByFace(patient)
  expect(turned.body.legs).toMatchObject([{ phase: 'not-enough', can: { retry: true } }])
  await rig.run()
  expect(rig.his().holdsOf(patient.patid)).toMatchObject([{ state: 'released' }])
  await rig.pay('top-up', { account: 'OPERATION', amountFen: 100_000 })
  await operator.ask('POST', '/funds/top-up', { amountFen: 100_000 })
  const again = await user.retry(turned.body.id)
  expect(again.body.legs).toMatchObject([{ phase: 'to-receive' }])
  await user.confirm(again.body)
  const numbers = new Set(
    (
      await rig.asOwner<{ number: string }>(
        `SELECT a.number FROM payment_attempt a JOIN refund_leg l ON l.payout_id = a.transfer_id
        WHERE l.case_id = '${turned.body.id}' AND a.endpoint = 'transfer-create'`,
      )
    ).map(({ number }) => number),
  )
  expect(numbers.size).toBe(1)
  expect(rig.his().holdsOf(patient.patid)).toMatchObject([{ state: 'released' }, { state: 'confirmed' }])
  await rig.pay('settings', { balanceApi: true })
})

test('nobody tries again: the application lapses after a day and a new check is needed', async () => {
  await empty(10)
  const patient = await rig.newPatient({ balanceFen: 5_000 })
  const turned = await user.refundByFace(patient)
  await rig.pass(DAY_MS + MINUTE_MS, HOUR_MS)
  expect(await user.case(turned.body.id)).toMatchObject({ open: false, legs: [{ phase: 'refused' }] })
  expect((await user.retry(turned.body.id)).body.legs).toMatchObject([{ phase: 'refused' }])
})

test('withdrawn before the confirmation: cancelled by query, and the balance is whole again', async () => {
  const patient = await rig.newPatient({ balanceFen: 8_000 })
  const applied = await user.refundByFace(patient)
  const asked = await user.withdraw(applied.body)
  expect(['withdrawing', 'returned']).toContain(asked.body.legs[0]?.phase)
  await rig.pass(5 * MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, legs: [{ phase: 'returned' }] })
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 8_000, available: 8_000 })
})

test('a confirmation that wins the race against the withdrawal is paid, once', async () => {
  const patient = await rig.newPatient({ balanceFen: 8_000 })
  const applied = await user.refundByFace(patient)
  rig.fault('confirm-wins')
  await user.withdraw(applied.body)
  await rig.pass(5 * MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({
    open: false,
    paidFen: 8_000,
    legs: [{ phase: 'paid' }],
  })
  expect(rig.his().balanceOf(patient.patid).total).toBe(0)
})

test('left and not confirmed: expired by query only, reissued under another number, and paid once', async () => {
  const patient = await rig.newPatient({ balanceFen: 9_000 })
  const applied = await user.refundByFace(patient)
  const legId = applied.body.legs[0]?.id
  await rig.pass(DAY_MS + 20 * MINUTE_MS, 10 * MINUTE_MS)
  const operator = await rig.operator()
  // Over 24 hours, and WeChat has not closed it yet.
  const tag = async () =>
    (
      await operator.ask<{ legs: { legId: string; tag: string }[] }>('GET', '/legs?list=overdue')
    ).body.legs.find((leg) => leg.legId === legId)?.tag
  expect(await tag()).toBe('超时未决（不可重发）')
  const early = await operator.ask('POST', `/legs/${legId}/reissue`, { reason: '患者没有确认' })
  expect(early.error?.code).toBe('refund-refused')
  await rig.pass(HOUR_MS, 10 * MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({ open: true, legs: [{ phase: 'expired' }] })
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 9_000, available: 0 })
  const [one, two] = await Promise.all([
    operator.ask('POST', `/legs/${legId}/reissue`, { reason: '患者没有确认' }),
    operator.ask('POST', `/legs/${legId}/reissue`, { reason: '患者没有确认' }),
  ])
  expect([one.status, two.status].sort()).toEqual([200, 409])
  const again = await user.case(applied.body.id)
  expect(again.legs).toMatchObject([{ phase: 'to-receive' }])
  expect((await user.confirm(again)).body).toMatchObject({ open: false, paidFen: 9_000 })
})

test('what nobody claims for a week is a clerk’s task, and can be given back', async () => {
  const patient = await rig.newPatient({ balanceFen: 4_000 })
  const applied = await user.refundByFace(patient)
  await rig.pass(DAY_MS + 2 * HOUR_MS, 30 * MINUTE_MS)
  await rig.pass(7 * DAY_MS, 6 * HOUR_MS)
  const operator = await rig.operator()
  const tasks = await operator.ask<{ legs: { caseId: string; legId: string }[] }>('GET', '/legs?list=tasks')
  const task = tasks.body.legs.find(({ caseId }) => caseId === applied.body.id)
  expect(task).toBeDefined()
  expect((await operator.ask('POST', `/legs/${task?.legId}/give-back`, { reason: '没有人领' })).body).toEqual(
    {
      state: 'released',
    },
  )
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 4_000, available: 4_000 })
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, legs: [{ phase: 'returned' }] })
})

test('above the amount a second person has to agree, and never the one who asked', async () => {
  const patient = await rig.newPatient({ balanceFen: 150_000 })
  const applied = await user.refundByFace(patient)
  await rig.pass(DAY_MS + 2 * HOUR_MS, 30 * MINUTE_MS)
  const legId = applied.body.legs[0]?.id
  const [wang, li] = [await rig.operator('王会计'), await rig.operator('李会计')]
  expect((await wang.ask('POST', `/legs/${legId}/reissue`, { reason: '患者没有确认' })).body).toEqual({
    state: 'waiting',
  })
  expect(await user.case(applied.body.id)).toMatchObject({ legs: [{ phase: 'expired' }] })
  const own = await wang.ask('POST', `/legs/${legId}/reissue/decision`, { agrees: true, reason: '已经核对' })
  expect(own.error?.code).toBe('refund-refused')
  expect(
    (await li.ask('POST', `/legs/${legId}/reissue/decision`, { agrees: true, reason: '已经核对' })).body,
  ).toEqual({
    state: 'reissued',
  })
  expect((await user.confirm(await user.case(applied.body.id))).body.paidFen).toBe(150_000)
})

test('a WeChat of another name is not paid, gets no second bill, and the balance is back', async () => {
  const patient = await rig.newPatient({ name: '周实名', balanceFen: 4_000 })
  await rig.pay('set-person', { person: user.person, realName: '吴别人' })
  const applied = await user.refundByFace(patient)
  if (applied.body.legs[0]?.phase === 'to-receive') await user.confirm(applied.body)
  await rig.pass(5 * MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, legs: [{ phase: 'returned' }] })
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 4_000, available: 4_000 })
  const second = await user.refundByFace(patient)
  expect(second.error).toMatchObject({ code: 'refund-refused' })
  expect(second.error?.message).toContain('实名')
})

test('bug: WeChat got the name as the HIS spells it, and did not know whom it had just verified', async () => {
  const name = '买买提·艾力'
  const patient = await rig.newPatient({ name: '买买提•艾力', balanceFen: 4_000 })
  await rig.pay('set-person', { person: user.person, realName: name })
  const applied = await user.refundByFace({ ...patient, name })
  expect((await user.confirm(applied.body)).body).toMatchObject({ open: false, paidFen: 4_000 })
})

test('another user’s refund does not exist for anybody else', async () => {
  const patient = await rig.newPatient({ balanceFen: 4_000 })
  const applied = await user.refundByFace(patient)
  const stranger = await rig.signIn()
  expect((await stranger.ask('GET', `/${applied.body.id}`)).status).toBe(404)
  for (const act of [stranger.receive, stranger.received, stranger.withdraw])
    expect((await act(applied.body)).status).toBe(404)
  expect((await stranger.retry(applied.body.id)).status).toBe(404)
  expect((await stranger.cases()).body.cases).toEqual([])
})

test('while payouts are stopped nothing is taken on, and what was sent goes on', async () => {
  const patient = await rig.newPatient({ balanceFen: 4_000 })
  const applied = await user.refundByFace(patient)
  const operator = await rig.operator()
  await operator.ask('POST', '/stop', { stopped: true, reason: '演练' })
  const entries = await user.entries()
  expect(entries.body.ways.map(({ closed }) => closed === null)).toEqual([false, false])
  expect((await user.confirm(applied.body)).body.paidFen).toBe(4_000)
  await operator.ask('POST', '/stop', { stopped: false, reason: '演练结束' })
  expect((await user.entries()).body.ways.map(({ closed }) => closed)).toEqual([null, null])
})

async function empty(amountFen: number): Promise<void> {
  await rig.pay('set-balance', { account: 'OPERATION', amountFen })
  rig.clock.advance(MINUTE_MS)
}
