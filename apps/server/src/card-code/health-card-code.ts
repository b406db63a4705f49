import { startTimeout, withinDeadline } from '@zhangyi/core'
import { HealthCardError } from '@zhangyi/health-card'
import type { PatientRow } from '../patients/index.ts'
import { healthCardOf } from '../platform/clients/health-card-of.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { CardCodeRoom } from './room.ts'

export type CodeType = 'dynamic' | 'static'

export interface HealthCardCode {
  readonly codeType: CodeType
  readonly text: string
  readonly healthCardId: string | undefined
}

const CODE_TYPES: Readonly<Record<CodeType, string>> = { dynamic: '0', static: '1' }
// 64 hex digits and what kind of code it is: 1 static, 0 dynamic with its own 32 digits behind.
const CARD_TEXT = /^([0-9a-f]{64}):([01])(?::|$)/i
// Far beyond every known form; more would make modules too small for a scanner.
const MAX_TEXT = 256

/**
 * The text of a linked card's code. The static one is the card's own, kept since it was linked, so that it needs
 * no platform; the dynamic one is always fresh. Undefined: the platform did not give one.
 */
export async function healthCardCode(
  room: CardCodeRoom,
  session: Session,
  patient: PatientRow,
  wanted: CodeType,
): Promise<HealthCardCode | undefined> {
  const kept = patient.qr_code_text && room.cipher.open(patient.qr_code_text, 'patient.qr_code_text').reveal()
  const [, idOfText, kind] = CARD_TEXT.exec(kept ?? '') ?? []
  const healthCardId = patient.health_card_id ?? idOfText
  if (wanted === 'static' && kept && kind === '1') return { codeType: wanted, text: kept, healthCardId }
  if (!healthCardId) return undefined
  const text = await askPlatform(room, session, patient, healthCardId, wanted)
  return text === undefined ? undefined : { codeType: wanted, text, healthCardId }
}

async function askPlatform(
  room: CardCodeRoom,
  session: Session,
  patient: PatientRow,
  healthCardId: string,
  wanted: CodeType,
): Promise<string | undefined> {
  const { cardCode } = hospitalOf(room, session)
  const idNumber = room.cipher.open(patient.id_number, 'patient.id_number').reveal()
  // Shorter than the client's own limit: somebody stands at a window, and the visit card's code is there at once.
  const deadline = startTimeout({ timeoutMs: cardCode.timeoutMs })
  const { client, context } = healthCardOf(room, session)
  const asked = client.getDynamicQRCode(
    { healthCardId, idType: patient.id_type, idNumber, codeType: CODE_TYPES[wanted] },
    context,
  )
  try {
    const { qrCodeText } = await withinDeadline(asked, deadline)
    return qrCodeText !== '' && qrCodeText.length <= MAX_TEXT ? qrCodeText : undefined
  } catch (error) {
    if (deadline.aborted) {
      room.log.warn({ code: 'timeout' }, 'card code too late')
      return undefined
    }
    if (!(error instanceof HealthCardError)) throw error
    room.log.warn({ code: error.code, kind: error.kind }, 'card code not given')
    return undefined
  }
}
