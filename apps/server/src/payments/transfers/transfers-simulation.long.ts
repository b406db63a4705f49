import { test } from 'vitest'
import { ownPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import { simulateTransfers } from '../test-support/simulate-transfers.ts'

test.each([1, 2, 3])(
  '40 random transfers under random faults: nothing is paid twice, every fen accounted for (seed %i)',
  { timeout: 600_000 },
  async (seed) => {
    await simulateTransfers(await ownPaymentsRig(), seed, 40)
  },
)
