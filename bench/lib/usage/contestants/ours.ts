import { systemClock } from '@zhangyi/core'
import { HospitalDelivery } from '../../../../apps/server/src/usage/delivery/deliver-hospital.ts'
import { answerEach, setupOf } from '../../child.ts'
import { fillEvents } from '../fill-events.ts'
import { openUsageRoom } from '../usage-room.ts'
import type { ContestantSetup, Question } from './setup.ts'

/** The delivery of the usage room, as the server runs it. */
const setup = setupOf<ContestantSetup>()
const { room, hospital, close } = await openUsageRoom(setup)
const delivery = new HospitalDelivery(room, hospital)

answerEach<Question>(async (question) => {
  if ('fill' in question) {
    await fillEvents(room, question.fill)
    return {}
  }
  const started = performance.now()
  const { sent } = await delivery.deliver(systemClock)
  const seconds = (performance.now() - started) / 1000
  if (sent !== question.deliver) throw new Error(`delivered ${sent} of ${question.deliver}`)
  return { seconds }
})
process.on('disconnect', () => void close().then(() => process.exit(0)))
