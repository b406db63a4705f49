import { assertNever } from '@zhangyi/core'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import { purposeFacts } from '../verification/index.ts'
import { purposeOf, type RecordKind } from './kinds.ts'
import type { OpenRecords } from './open-records.ts'
import type { RecordDetail } from './record-views.ts'
import type { RecordsRoom } from './room.ts'

/**
 * What the platform's component above a report needs; null without a linked card, where it has nothing to say, and in
 * H5, which has no such component: the card's text goes no further than it must.
 */
export function interpretationOf(room: RecordsRoom, records: OpenRecords): RecordDetail['interpretation'] {
  const { kind, patient, session } = records
  if (session.channel !== 'mini-program' || !isInterpreted(kind) || patient.card_state !== 'linked')
    return null
  // The component's attribute is called healthCardId, but the one integration that is public feeds it with the text
  // of the card's QR code. The id itself is the second choice, for a card whose text we do not have.
  const healthCardId = patient.qr_code_text
    ? room.cipher.open(patient.qr_code_text, 'patient.qr_code_text').reveal()
    : patient.health_card_id
  if (healthCardId === null) return null
  const hospital = hospitalOf(room, session)
  return {
    scene: purposeFacts(hospital, purposeOf(kind)).scene,
    hospitalId: hospital.healthCard.hospitalId,
    healthCardId,
    openId: session.openid,
  }
}

function isInterpreted(kind: RecordKind): boolean {
  switch (kind) {
    case 'lab':
    case 'examination':
    case 'check-up':
      return true
    case 'inpatient-day':
    case 'prescription':
    case 'diagnosis':
      return false
    default:
      return assertNever(kind)
  }
}
