import { workOnCase } from '../../../../apps/server/src/refunds/cases/work-on-case.ts'
import { holdSum } from '../../../../apps/server/src/refunds/legs/hold-sum.ts'
import { answerEach, setupOf } from '../../child.ts'
import { addPatients } from '../patients.ts'
import { openRefundRoom } from '../refund-room.ts'
import { storeCase } from '../run-case.ts'
import { type ContestantSetup, type Question, timeInFlight } from './setup.ts'

/**
 * A server that ends in the middle of so many cases: a third each is stored and nobody was asked, is held with its
 * transfer ordered and not sent, and waits for its patient.
 */
const setup = setupOf<ContestantSetup>()
const { room, hospital, close } = await openRefundRoom(setup)

answerEach<Question>(async ({ cases }) => {
  const patients = await addPatients(setup.ownerUrl, hospital, cases)
  const seconds = await timeInFlight(cases, setup.inFlight, async (turn) => {
    const patient = patients[turn]
    if (!patient) return
    const created = await storeCase(room, patient)
    const [leg] = created.legs
    if (turn % 3 === 1 && leg) await holdSum(room, hospital.id, { leg, of: created.of })
    if (turn % 3 === 2) await workOnCase(room, hospital.id, created)
  })
  return { seconds }
})
process.on('disconnect', () => void close().then(() => process.exit(0)))
