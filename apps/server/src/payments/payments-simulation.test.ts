import { test } from 'vitest'
import { ownPaymentsRig } from '../../../../tests/setup/payments-rig.ts'
import { simulatePayments } from './test-support/simulate-payments.ts'

const SEED = 20_261_128

test(`60 random orders under random faults: every fen accounted for at every step (seed ${SEED})`, async () => {
  await simulatePayments(await ownPaymentsRig(), SEED, 60)
})
