import { MINUTE_MS } from '@zhangyi/core'
import type { HisFaultKind } from '@zhangyi/his'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'

let rig: RefundsRig
let user: Patient
beforeAll(async () => {
  rig = await openRefunds()
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
})
beforeEach(async () => {
  rig.clock.advance(MINUTE_MS)
  user = await rig.signIn()
})
afterAll(() => rig.close())

describe.each<HisFaultKind>(['reply-lost', 'duplicate', 'unavailable'])('%s', (kind) => {
  test.each(['deposits.hold', 'deposits.confirm'] as const)(
    'at %s: asked again or queried, held and paid once',
    async (operation) => {
      const patient = await rig.newPatient({ balanceFen: 2_000 })
      rig.his().faults.order({ kind, operation, times: 1 })
      const applied = await user.refundByFace(patient)
      await rig.pass(5 * MINUTE_MS)
      const now = await user.case(applied.body.id)
      expect(now.legs).toMatchObject([{ phase: 'to-receive' }])
      await user.confirm(now)
      await rig.pass(5 * MINUTE_MS)
      expect(await user.case(applied.body.id)).toMatchObject({ open: false, paidFen: 2_000 })
      expect(rig.his().holdsOf(patient.patid)).toMatchObject([{ state: 'confirmed', amount: 2_000 }])
    },
  )

  test('at deposits.release: the balance is whole again, once', async () => {
    const patient = await rig.newPatient({ balanceFen: 2_000 })
    const applied = await user.refundByFace(patient)
    rig.his().faults.order({ kind, operation: 'deposits.release', times: 1 })
    await user.withdraw(applied.body)
    await rig.pass(10 * MINUTE_MS)
    expect(await user.case(applied.body.id)).toMatchObject({ open: false, legs: [{ phase: 'returned' }] })
    expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 2_000, available: 2_000 })
  })
})

test('a HIS that refuses the hold: nothing is paid, and the patient hears what to do', async () => {
  const patient = await rig.newPatient({ balanceFen: 2_000 })
  rig.his().faults.order({ kind: 'refused', operation: 'deposits.hold', times: 1 })
  const applied = await user.refundByFace(patient)
  expect(applied.body).toMatchObject({ open: false, legs: [{ phase: 'refused' }] })
  expect((await user.refundByFace(patient)).body.legs).toMatchObject([{ phase: 'to-receive' }])
})
