import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { ownRefunds, type RefundsRigOptions } from './refunds-rig.ts'

async function opened(his: NonNullable<RefundsRigOptions['his']>) {
  const rig = await ownRefunds({ his })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  return { rig, user: await rig.signIn() }
}

test('a HIS that cannot hold: taken out before the payment, nothing to confirm, and given back by a reversal voucher', async () => {
  const { rig, user } = await opened('single-step')
  const [paid, withdrawn] = [
    await rig.newPatient({ balanceFen: 3_000 }),
    await rig.newPatient({ balanceFen: 4_000 }),
  ]
  const applied = await user.refundByFace(paid)
  expect(rig.his().balanceOf(paid.patid).total).toBe(0)
  expect((await user.confirm(applied.body)).body).toMatchObject({ open: false, paidFen: 3_000 })
  const other = await user.refundByFace(withdrawn)
  await user.withdraw(other.body)
  await rig.pass(5 * MINUTE_MS)
  expect(rig.his().deductionsOf(withdrawn.patid)).toMatchObject([{ state: 'reversed' }])
  expect(rig.his().balanceOf(withdrawn.patid).total).toBe(4_000)
  const balances = await rig.balances()
  expect(balances).toMatchObject({ deposit: -3_000, 'deposit-in-transit': 0, 'deposit-paid': 3_000 })
})

test('a HIS that cannot take it back either: it stays in transit, and only a reissue helps', async () => {
  const { rig, user } = await opened('single-step-without-reversal')
  const patient = await rig.newPatient({ balanceFen: 4_000 })
  const applied = await user.refundByFace(patient)
  await user.withdraw(applied.body)
  await rig.pass(10 * MINUTE_MS)
  const [leg] = await rig.legs(applied.body.id)
  expect(leg).toMatchObject({ state: 'one-sided' })
  expect(await rig.balances()).toMatchObject({ 'deposit-in-transit': 4_000 })
  const operator = await rig.operator()
  expect((await operator.ask('POST', `/legs/${leg?.id}/reissue`, { reason: '无法冲红' })).body).toEqual({
    state: 'reissued',
  })
  expect((await user.confirm(await user.case(applied.body.id))).body).toMatchObject({
    open: false,
    paidFen: 4_000,
  })
  await rig.pass(DAY_MS, 6 * HOUR_MS)
  expect((await rig.prove()).violations).toEqual([])
})

test('tried again after a reversal: the HIS takes it out under another number, and it is paid once', async () => {
  const { rig, user } = await opened('single-step')
  const patient = await rig.newPatient({ balanceFen: 6_000 })
  // Found out when it is sent, after the HIS took it out.
  await rig.pay('settings', { balanceApi: false })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 0 })
  const applied = await user.refundByFace(patient)
  expect(applied.body.legs).toMatchObject([{ phase: 'not-enough' }])
  expect(rig.his().deductionsOf(patient.patid)).toMatchObject([{ state: 'reversed' }])
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  await rig.pass(11 * MINUTE_MS)
  const again = await user.retry(applied.body.id)
  expect(again.body.legs).toMatchObject([{ phase: 'to-receive' }])
  expect((await user.confirm(again.body)).body).toMatchObject({ open: false, paidFen: 6_000 })
  expect(rig.his().balanceOf(patient.patid).total).toBe(0)
})
