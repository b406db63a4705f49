import { MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { settleTransfer } from '../../apps/server/src/payments/index.ts'
import { settleRefundNow } from '../../apps/server/src/payments/refunds/settle-refund-now.ts'
import { openRefunds, type RefundsRig } from './refunds-rig.ts'
import { apply, backTheWay, newTrip } from './simulation/crash-scenarios.ts'
import { Server } from './simulation/server.ts'

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

/** One that posts only when the other's question was answered, and the other, which hears that when `held` is over. */
function twoServers(afterAnswer: () => void) {
  const [posting, answered, held] = [0, 0, 0].map(() => Promise.withResolvers<void>())
  const parts = { rig, his: rig.his().port, around: <T>(work: () => Promise<T>) => work(), looked: () => {} }
  const sender = new Server({
    ...parts,
    send: async (input, init) => {
      posting?.resolve()
      if (init?.method === 'POST') await answered?.promise
      return rig.send(input, init)
    },
  })
  const asker = new Server({
    ...parts,
    send: async (input, init) => {
      const answer = await rig.send(input, init)
      afterAnswer()
      answered?.resolve()
      await held?.promise
      return answer
    },
  })
  return { sender, asker, posting: posting?.promise, release: () => held?.resolve() }
}

const results = (operations: RegExp) =>
  (rig.sandbox.simulators['wechat-pay']?.calls ?? [])
    .filter(({ operation }) => operations.test(operation))
    .map(({ operation, result }) => `${operation} ${result}`)

test('a question older than the refusal confirms nothing: WeChat is asked again before the hold is released', async () => {
  await rig.pay('settings', { balanceApi: false })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 0 })
  const before = results(/-transfer$/).length
  const { sender, asker, posting, release } = twoServers(() => rig.fault('reset', 'query-transfer'))
  const trip = await newTrip(rig, sender)
  const applied = apply(trip)
  await posting
  const [order] = await rig.asOwner<{ id: string }>(
    `SELECT id FROM transfer_order WHERE user_id = '${trip.phone.session.userId}'`,
  )
  const asked = settleTransfer(asker.room, rig.hospitalId, order?.id ?? '')
  await applied
  release()
  expect(await asked).toMatchObject({ state: 'not-funded' })
  expect(results(/-transfer$/).slice(before)).toEqual([
    'query-transfer NOT_FOUND',
    'create-transfer NOT_ENOUGH',
    'query-transfer reset',
    'query-transfer NOT_FOUND',
  ])
})

test('the same of an original-route refund: it does not end by a question that is older than its refusal', async () => {
  const before = results(/-refund$/).length
  const { sender, asker, posting, release } = twoServers(() =>
    rig.fault('user-account-abnormal', 'create-refund'),
  )
  const trip = await newTrip(rig, sender)
  await backTheWay(trip)
  const sent = sender.run()
  await posting
  const [order] = await rig.asOwner<{ id: string }>(
    `SELECT r.id FROM refund_order r JOIN refund_leg l ON l.payout_id = r.id JOIN refund_case c ON c.id = l.case_id
      WHERE c.user_id = '${trip.phone.session.userId}'`,
  )
  const asked = settleRefundNow(asker.room, rig.hospitalId, order?.id ?? '')
  await sent
  release()
  expect((await asked).refund).toMatchObject({ state: 'under-way' })
  rig.clock.advance(MINUTE_MS)
  await sender.run()
  expect(await rig.asOwner(`SELECT state FROM refund_order WHERE id = '${order?.id}'`)).toEqual([
    { state: 'closed' },
  ])
  expect(results(/-refund$/).slice(before)).toEqual([
    'query-refund RESOURCE_NOT_EXISTS',
    'create-refund USER_ACCOUNT_ABNORMAL',
    'query-refund RESOURCE_NOT_EXISTS',
  ])
})
