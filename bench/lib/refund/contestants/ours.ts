import { answerEach, setupOf } from '../../child.ts'
import { addPatients } from '../patients.ts'
import { openRefundRoom } from '../refund-room.ts'
import { runCase } from '../run-case.ts'
import { type ContestantSetup, type Question, timeInFlight } from './setup.ts'

/** The refunds and payments rooms, with what a patient's two requests call. */
const setup = setupOf<ContestantSetup>()
const { room, hospital, close } = await openRefundRoom(setup)

answerEach<Question>(async ({ cases }) => {
  const patients = await addPatients(setup.ownerUrl, hospital, cases)
  const seconds = await timeInFlight(cases, setup.inFlight, async (turn) => {
    const patient = patients[turn]
    if (patient) await runCase(room, patient)
  })
  return { seconds }
})
process.on('disconnect', () => void close().then(() => process.exit(0)))
