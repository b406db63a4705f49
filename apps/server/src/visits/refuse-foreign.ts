import type { PatientRow } from '../patients/index.ts'
import { auditUser } from '../platform/audit/audit-user.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { VisitsRoom } from './room.ts'

/** Refuses a whole answer if one entry in it is another archive's: the rest of it is not trusted, either. */
export async function refuseForeign(
  room: VisitsRoom,
  session: Session,
  patient: PatientRow,
  answered: readonly { readonly patid: string }[],
): Promise<void> {
  const foreign = answered.filter(({ patid }) => patid !== patient.patid).length
  if (foreign === 0) return
  await room.database.inTransaction(session.hospitalId, (tx) =>
    auditUser(tx, room.clock, session.userId, {
      ...{ action: 'visits.foreign-answer', subject: patient.id },
      detail: { count: foreign },
    }),
  )
  room.log.error({ foreign, answered: answered.length }, 'the HIS answered with a visit of somebody else')
  throw new AppError('his-refused', {
    zh: '医院系统返回的内容与您要查的不一致，没有显示。请到窗口办理，或拨打医院电话。',
  })
}
