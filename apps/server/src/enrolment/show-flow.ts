import {
  assertNever,
  MINUTE_MS,
  maskAddress,
  maskCardNumber,
  maskIdNumber,
  maskName,
  maskPhone,
} from '@zhangyi/core'
import { findPatient, patientView } from '../patients/index.ts'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Tx } from '../platform/database/tx.ts'
import { currentTraceId } from '../platform/http/trace.ts'
import type { EnrolmentSettings } from './enrolment-settings.ts'
import { type FlowPerson, type FlowRow, openArchives, openPerson } from './flow.ts'
import { type ArchiveField, type FlowView, type Reason, WAYS_ON } from './flow-view.ts'
import { missingFields } from './missing-fields.ts'

/** A flow that has been "at work" this long lost its process: what it asked the platform is unknown. */
export const AT_WORK_MS = MINUTE_MS / 2

/** Where the flow stands, as its page needs it. */
export async function showFlow(
  tx: Tx,
  cipher: Cipher,
  settings: EnrolmentSettings,
  flow: FlowRow,
  nowMs: number,
): Promise<FlowView> {
  const common = { id: flow.id, intent: flow.intent, expiresAt: new Date(flow.expires_at_ms).toISOString() }
  const waysOn = (reason: Reason): FlowView => ({
    ...common,
    step: 'ways-on',
    reason,
    ways: [...WAYS_ON[reason]],
    traceId: flow.trace_id ?? currentTraceId(),
  })
  switch (flow.state) {
    case 'on-platform': {
      if (!flow.platform_url) throw new Error(`flow ${flow.id} has no platform page`)
      return {
        ...common,
        step: 'open-platform',
        url: cipher.open(flow.platform_url, 'enrolment_flow.platform_url').reveal(),
      }
    }
    case 'form':
      return { ...common, step: 'form' }
    case 'starting':
    case 'submitting':
    case 'exchanging':
      return nowMs - flow.changed_at_ms < AT_WORK_MS ? { ...common, step: 'waiting' } : waysOn('code-unknown')
    case 'archiving':
    case 'creating-archive':
      return nowMs - flow.changed_at_ms < AT_WORK_MS
        ? { ...common, step: 'waiting' }
        : waysOn('his-unavailable')
    case 'choose-archive':
      return {
        ...common,
        ...masked(openPerson(cipher, flow)),
        step: 'choose-archive',
        archives: openArchives(cipher, flow).map(({ key, visitCardNumber, lastVisitOn, campus }) => ({
          key,
          visitCard: visitCardNumber ? maskCardNumber(visitCardNumber) : null,
          lastVisitOn: lastVisitOn ?? null,
          campus: campus ?? null,
        })),
      }
    case 'complete-archive': {
      const person = openPerson(cipher, flow)
      return {
        ...common,
        ...masked(person),
        step: 'complete-archive',
        known: knownFields(person),
        missing: [...missingFields(person, flow.relation, settings, nowMs)],
      }
    }
    case 'done': {
      const patient = flow.patient_id ? await findPatient(tx, flow.user_id, flow.patient_id) : undefined
      // Unlinked since: the flow's result is gone, the list of patients tells what is there.
      if (!patient) return waysOn('expired')
      return {
        ...common,
        step: 'done',
        patient: patientView(patient, cipher),
        cardPending: patient.card_state === 'offered-later',
      }
    }
    case 'ways-on':
      return waysOn(flow.reason ?? 'platform-unavailable')
    default:
      return assertNever(flow.state, 'flow state')
  }
}

function masked({ name, idNumber, isSelf }: FlowPerson) {
  return { name: maskName(name), idNumber: maskIdNumber(idNumber), isSelf }
}

function knownFields({ gender, birthday, nation, phone, address }: FlowPerson) {
  const known: { field: ArchiveField; value: string }[] = []
  if (gender) known.push({ field: 'gender', value: gender })
  if (birthday) known.push({ field: 'birthday', value: `${birthday.slice(0, 4)}-**-**` })
  if (nation) known.push({ field: 'nation', value: nation })
  if (phone) known.push({ field: 'phone', value: maskPhone(phone) })
  if (address) known.push({ field: 'address', value: maskAddress(address) })
  return known
}
