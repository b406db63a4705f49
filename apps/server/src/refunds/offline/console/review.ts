import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { changeApplication, type Step } from '../change-application.ts'
import type { OfflineConsole } from '../room.ts'
import type { One } from './console-views.ts'
import { viewOne } from './view-one.ts'
import { withApplication } from './with-application.ts'

export interface Said {
  readonly id: string
  readonly text: string
}

/** A clerk begins; the applicant's documents stand still from the submission on. */
export function takeIntoReview(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  id: string,
): Promise<One> {
  return step(room, hospital, operator, id, () => ({ happening: 'taken', change: { reviewer: operator } }))
}

export function askForDocuments(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, text }: Said,
): Promise<One> {
  return step(room, hospital, operator, id, () => ({ happening: 'asked', said: text }))
}

export function rejectApplication(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, text }: Said,
): Promise<One> {
  return step(room, hospital, operator, id, (nowMs) => ({
    ...{ happening: 'rejected', said: text },
    change: { decided_by: operator, decided_at_ms: nowMs },
  }))
}

/** An approval was wrong, or cannot be paid out as it stands: nothing is approved any more. */
export function reopenApplication(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, text }: Said,
): Promise<One> {
  return step(room, hospital, operator, id, () => ({
    ...{ happening: 'reopened', said: text },
    change: { reviewer: operator, decided_by: null, decided_at_ms: null, amount_fen: null },
  }))
}

function step(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  id: string,
  what: (nowMs: number) => Omit<Step, 'actor'>,
): Promise<One> {
  return withApplication(room, hospital, id, async (tx, application) => {
    const actor = `operator:${operator}`
    const row = await changeApplication(tx, room, application, { ...what(room.clock.nowMs()), actor })
    return viewOne(tx, room, hospital, row)
  })
}
