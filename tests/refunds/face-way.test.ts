import { afterAll, beforeAll, expect, test } from 'vitest'
import { TRANSFER_PAID } from '../../apps/server/src/refunds/cases/leg-words.ts'
import { openRefunds, type RefundsRig } from './refunds-rig.ts'

let rig: RefundsRig
beforeAll(async () => {
  rig = await openRefunds()
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
})
afterAll(() => rig.close())

test('a balance goes back: face, archive, hold, transfer, confirmation, and the HIS has it booked', async () => {
  const patient = await rig.newPatient({ balanceFen: 12_345 })
  const user = await rig.signIn()
  const { checkId, result } = await user.faceCheck(patient)
  expect(result.body).toMatchObject({ state: 'passed', archives: { choice: 'one', openCaseId: null } })
  const [archive] = result.body.archives?.archives ?? []
  const applied = await user.applyFace(checkId, archive?.key ?? '')
  expect(applied.body).toMatchObject({ amountFen: 12_345, open: true, legs: [{ phase: 'to-receive' }] })
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 12_345, available: 0 })
  const paid = await user.confirm(applied.body)
  expect(paid.body).toMatchObject({
    ...{ open: false, paidFen: 12_345 },
    legs: [{ phase: 'paid', message: TRANSFER_PAID }],
  })
  expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 0, available: 0 })
  expect(rig.his().holdsOf(patient.patid)).toMatchObject([{ state: 'confirmed' }])
  expect((await rig.prove()).violations).toEqual([])
})
