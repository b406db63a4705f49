import { maskIdNumber, maskName } from '@zhangyi/core'
import { type PatientRow, withOwnPatient } from '../patients/index.ts'
import { auditUser } from '../platform/audit/audit-user.ts'
import type { Tx } from '../platform/database/tx.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { recordUsageEvent } from '../usage/index.ts'
import { findGrant } from '../verification/index.ts'
import type { CardCodeView } from './card-code-view.ts'
import { drawQrCode } from './draw-code.ts'
import { drawVisitCard } from './draw-visit-card.ts'
import { type CodeType, healthCardCode } from './health-card-code.ts'
import { pluginPage } from './plugin-page.ts'
import type { CardCodeRoom } from './room.ts'

type Why = Extract<CardCodeView, { kind: 'visit-card' }>['why']

/**
 * 展码, for one of the session's own patients; there is always something to show. Verified and with a card: the
 * health card's code. Otherwise, or while the platform is down: the visit card's own code, or the way to the counter.
 * Every showing is recorded, without numbers.
 */
export async function showCardCode(
  room: CardCodeRoom,
  session: Session,
  patientId: string,
  codeType: CodeType | undefined,
): Promise<CardCodeView> {
  const wanted = codeType ?? hospitalOf(room, session).cardCode.codeType
  const { patient, right } = await withOwnPatient(room, session, patientId, async (tx, row) => ({
    ...{ patient: row, right: await rightOf(tx, room, session, row) },
  }))
  const view = await viewOf(room, session, patient, right.grant === undefined, wanted)
  const stillAllowed = await recordShowing(room, session, patient, view, wanted)
  if (stillAllowed) return view
  const instead = await visitCardView(room, session, patient, 'not-verified')
  await recordShowing(room, session, patient, instead, wanted)
  return instead
}

/**
 * Records what is about to be shown, and by which grant. False, and nothing recorded, for a health card whose grant
 * ended while the platform took its time.
 */
function recordShowing(
  room: CardCodeRoom,
  session: Session,
  patient: PatientRow,
  view: CardCodeView,
  codeType: CodeType,
): Promise<boolean> {
  return withOwnPatient(room, session, patient.id, async (tx) => {
    const { grant, refusal } = await rightOf(tx, room, session, patient)
    if (view.kind === 'health-card' && !grant) return false
    auditUser(tx, room.clock, session.userId, {
      action: 'card-code.shown',
      subject: patient.id,
      detail: {
        ...{ kind: view.kind, codeType },
        ...('why' in view && { why: view.why }),
        ...(grant ? { grant: grant.id, assurance: grant.assurance } : { refusal }),
      },
    })
    if (view.kind === 'health-card')
      await recordUsageEvent(tx, room, { act: 'show-card-code', user: session, patientId: patient.id })
    return true
  })
}

/** The grant that opens the health card's code of a patient, or why none does. */
async function rightOf(tx: Tx, { clock }: CardCodeRoom, { userId }: Session, patient: PatientRow) {
  const subject = { kind: 'patient', patientId: patient.id } as const
  const wanted = { userId, subject, purpose: 'card-code', act: 'read' } as const
  const found = await findGrant(tx, wanted, clock.nowMs())
  return 'grant' in found
    ? { grant: found.grant, refusal: 'none' as const }
    : { grant: undefined, refusal: found.refusal ?? ('none' as const) }
}

async function viewOf(
  room: CardCodeRoom,
  session: Session,
  patient: PatientRow,
  refused: boolean,
  wanted: CodeType,
): Promise<CardCodeView> {
  // First: to somebody without a card, a verification would open nothing.
  if (patient.card_state !== 'linked') return visitCardView(room, session, patient, 'no-card')
  if (refused) return visitCardView(room, session, patient, 'not-verified')
  const code = await healthCardCode(room, session, patient, wanted)
  if (!code) return visitCardView(room, session, patient, 'platform-unavailable')
  return {
    ...common(room, session, patient),
    kind: 'health-card',
    codeType: code.codeType,
    image: await drawQrCode(code.text),
    number: maskIdNumber(room.cipher.open(patient.id_number, 'patient.id_number').reveal()),
    pluginPage: pluginPage(room, session, patient.id, code.healthCardId),
  }
}

async function visitCardView(
  room: CardCodeRoom,
  session: Session,
  patient: PatientRow,
  why: Why,
): Promise<CardCodeView> {
  const number = visitCardOf(room, patient)
  if (!number) return { ...common(room, session, patient), kind: 'counter', why }
  const code = await drawVisitCard(number, hospitalOf(room, session).cardCode.visitCardSymbol)
  if (!code) return { ...common(room, session, patient), kind: 'counter', why }
  return { ...common(room, session, patient), kind: 'visit-card', why, ...code }
}

function visitCardOf({ cipher }: CardCodeRoom, { visit_card }: PatientRow): string | undefined {
  return (visit_card && cipher.open(visit_card, 'patient.visit_card').reveal().trim()) || undefined
}

function common(room: CardCodeRoom, session: Session, { id, name, relation }: PatientRow) {
  const shown = maskName(room.cipher.open(name, 'patient.name').reveal())
  const { refreshSeconds } = hospitalOf(room, session).cardCode
  return { patient: { id, name: shown, relation }, refreshSeconds }
}
