import { MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRefunds, type RefundsRig } from './refunds-rig.ts'

// Found by the simulation in simulation/ or while it was written; their seeds are no more, what happened stands here.
let rig: RefundsRig
beforeAll(async () => {
  rig = await openRefunds()
})
beforeEach(async () => {
  await rig.pay('settings', { balanceApi: true })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
})
afterAll(() => rig.close())

test('payouts are stopped while a try after 「余额不足」 waits for the HIS: it goes on when they are resumed', async () => {
  const user = await rig.signIn()
  const patient = await rig.newPatient({ balanceFen: 6_000 })
  await rig.pay('settings', { balanceApi: false })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 0 })
  const applied = await user.refundByFace(patient)
  expect(applied.body.legs).toMatchObject([{ phase: 'not-enough' }])
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  await rig.pass(11 * MINUTE_MS)
  rig.his().faults.order({ kind: 'reply-lost', operation: 'deposits.hold', times: 1 })
  rig.his().faults.order({ kind: 'unavailable', operation: 'deposits.status', times: 1 })
  await user.retry(applied.body.id)
  const operator = await rig.operator()
  await operator.ask('POST', '/stop', { stopped: true, reason: '检查' })
  await rig.pass(10 * MINUTE_MS)
  expect(await rig.legs(applied.body.id)).toMatchObject([{ state: 'paying' }])
  expect(rig.calls('create-transfer')).toHaveLength(1)
  await operator.ask('POST', '/stop', { stopped: false, reason: '查完了' })
  await rig.pass(MINUTE_MS)
  const paid = await user.confirm(await user.case(applied.body.id))
  expect(paid.body).toMatchObject({ open: false, paidFen: 6_000 })
})

test('withdrawn while payouts are stopped before the second sending: nothing is sent any more, and the balance is whole', async () => {
  const user = await rig.signIn()
  const patient = await rig.newPatient({ balanceFen: 6_000 })
  await rig.pay('settings', { balanceApi: false })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 0 })
  const applied = await user.refundByFace(patient)
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  await rig.pass(11 * MINUTE_MS)
  rig.his().faults.order({ kind: 'reply-lost', operation: 'deposits.hold', times: 1 })
  rig.his().faults.order({ kind: 'unavailable', operation: 'deposits.status', times: 1 })
  await user.retry(applied.body.id)
  const operator = await rig.operator()
  await operator.ask('POST', '/stop', { stopped: true, reason: '检查' })
  await rig.pass(10 * MINUTE_MS)
  const sent = rig.calls('create-transfer').length
  await user.withdraw(await user.case(applied.body.id))
  await operator.ask('POST', '/stop', { stopped: false, reason: '查完了' })
  await rig.pass(10 * MINUTE_MS)
  expect(rig.calls('create-transfer')).toHaveLength(sent)
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 6_000, available: 6_000 })
})

test('two phones apply for one archive at the same moment: one gets it, the other is told so', async () => {
  const patient = await rig.newPatient({ balanceFen: 6_000 })
  const users = await Promise.all([rig.signIn(), rig.signIn()])
  const checks = await Promise.all(users.map((user) => user.faceCheck(patient)))
  const answers = await Promise.all(
    users.map((user, at) => {
      const { checkId = '', result } = checks[at] ?? {}
      return user.applyFace(checkId, result?.body.archives?.archives[0]?.key ?? '')
    }),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(rig.his().holdsOf(patient.patid)).toHaveLength(1)
})
