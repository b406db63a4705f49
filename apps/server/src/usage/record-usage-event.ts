import { hash } from 'node:crypto'
import { formatShanghai, shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import { patientCard } from '../patients/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { Platform } from '../platform/platform.ts'
import { claimKey } from './claim-key.ts'
import { departmentCode } from './departments/department-code.ts'
import { type EventContent, sealContent } from './event-content.ts'
import { sceneOf } from './scene-of.ts'
import { firstDueAtMs } from './schedule.ts'
import { type NewEvent, storeEvents } from './store-events.ts'
import type { UsageFact } from './usage-fact.ts'

export const OWN_SOURCE = 'app'

export type UsageParts = Pick<Platform, 'clock' | 'cipher' | 'hospitals'>

/**
 * Stores a use of the card in the transaction that records the success of the HIS: never before, never without it.
 * A scene that the hospital does not report leaves nothing; a patient without a card, and the same question again
 * within the window, are kept and counted, and not sent.
 */
export async function recordUsageEvent(tx: Tx, room: UsageParts, fact: UsageFact): Promise<void> {
  const hospital = room.hospitals.find(tx.hospitalId)
  const scene = hospital && sceneOf(hospital, fact.act)
  if (!hospital || scene === undefined) return
  const nowMs = room.clock.nowMs()
  if (fact.number !== undefined && !(await isNew(tx, scene, fact.number, nowMs))) return
  const head = {
    ...{ source: OWN_SOURCE, scene, occurredAtMs: nowMs },
    ...{ userId: fact.user.userId, patientId: fact.patientId },
    ...{ departmentId: fact.department?.id ?? null, departmentName: fact.department?.name ?? null },
  }
  const event: NewEvent = {
    ...head,
    ...((await isAgain(tx, hospital, scene, fact, nowMs))
      ? { content: null, state: 'merged', reason: null, dueAtMs: null }
      : await outcomeOf(tx, room, hospital, scene, fact, nowMs)),
  }
  await storeEvents(tx, [event], nowMs)
}

/** A booking or a payment counts once, however often its success is told. */
function isNew(tx: Tx, scene: string, number: string, nowMs: number): Promise<boolean> {
  const claim = {
    key: `${OWN_SOURCE}\0${scene}\0${number}`,
    contentHash: hash('sha256', scene),
  }
  return claimKey(tx, claim, shanghaiDay(nowMs))
}

/** Whether the same user asked for the same patient within the window. The window begins with the one that counted. */
async function isAgain(
  tx: Tx,
  { usage }: Hospital,
  scene: string,
  { user, patientId, number }: UsageFact,
  nowMs: number,
): Promise<boolean> {
  if (number !== undefined || usage.dedupeSeconds === 0) return false
  const sinceMs = nowMs - usage.dedupeSeconds * 1_000
  const { rows } = await sql`
    INSERT INTO usage_recent AS recent (hospital_id, user_id, patient_id, scene, at_ms)
    VALUES (${tx.hospitalId}, ${user.userId}, ${patientId}, ${scene}, ${nowMs})
    ON CONFLICT (hospital_id, user_id, patient_id, scene) DO UPDATE SET at_ms = excluded.at_ms
    WHERE recent.at_ms <= ${sinceMs} OR recent.at_ms > ${nowMs}
    RETURNING 1`.execute(tx.sql)
  return rows.length === 0
}

type Fate = Pick<NewEvent, 'content' | 'state' | 'reason' | 'dueAtMs'>

async function outcomeOf(
  tx: Tx,
  { cipher }: UsageParts,
  hospital: Hospital,
  scene: string,
  fact: UsageFact,
  nowMs: number,
): Promise<Fate> {
  const card = await patientCard(tx, cipher, fact.patientId)
  if (!card) return { content: null, state: 'no-card', reason: null, dueAtMs: null }
  const { usage, healthCard } = hospital
  const department = usage.departmentScenes.includes(scene)
    ? await departmentCode(tx, hospital, fact.department, nowMs)
    : undefined
  const { channel, appid, openid } = fact.user
  const campus = fact.campus === undefined ? undefined : usage.campuses[fact.campus]
  const content: EventContent = {
    report: {
      qrCodeText: card.qrCodeText.reveal(),
      time: formatShanghai(nowMs),
      hospitalCode: healthCard.hospitalId,
      ...(campus !== undefined && { subHospitalCode: campus }),
      scene,
      ...(department !== undefined && department !== null && { department }),
      cardType: usage.cardType,
      cardChannel: channel === 'mini-program' ? '0402' : '0401',
      ...(usage.costScenes.includes(scene) && { cardCostTypes: fact.costType ?? usage.costType }),
    },
    context: { channelNum: channel === 'mini-program' ? 1 : 0, relatedUser: { appid, openid } },
  }
  const sealed = sealContent(cipher, content)
  return department === null
    ? { content: sealed, state: 'parked', reason: 'department-unmapped', dueAtMs: null }
    : { content: sealed, state: 'pending', reason: null, dueAtMs: firstDueAtMs(usage, nowMs, nowMs) }
}
