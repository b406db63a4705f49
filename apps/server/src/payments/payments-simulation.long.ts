import { test } from 'vitest'
import { ownPaymentsRig } from '../../../../tests/setup/payments-rig.ts'
import { simulatePayments } from './test-support/simulate-payments.ts'

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  '250 random orders under random faults: every fen accounted for at every step (seed %i)',
  { timeout: 600_000 },
  async (seed) => {
    await simulatePayments(await ownPaymentsRig(), seed, 250)
  },
)
