import { assertNever } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { requireGrant } from '../grants/require-grant.ts'
import { ownArchive } from '../own-archive.ts'
import { askHis } from './ask-his.ts'
import type { NewValues } from './change-row.ts'
import { checkChange } from './check-change.ts'
import type { PersonalData, PersonalDataChange } from './personal-data-view.ts'
import { recordViewing } from './record-viewing.ts'
import type { PersonalDataRoom } from './room.ts'
import { settleChange } from './settle-change.ts'
import { showPersonalData } from './show-personal-data.ts'
import { storeChange } from './store-change.ts'
import { viewPersonalData } from './view-personal-data.ts'

const UNDER_WAY = '上一次修改还在等医院确认，请过几分钟再来看，不用重复提交。'
const NOT_KNOWN = '医院系统还没有确认这次修改。我们会继续确认，请过几分钟再来看，不用重复提交。'
const REFUSED = '医院系统没有受理这次修改，原来的信息没有变。请到窗口修改。'
const CHANGED = '修改已经成功。验证已经结束，要再看请重新验证。'
const COUNTER = '这家医院不在手机上修改这些信息，请带上证件到窗口修改。'

/**
 * 修改个人信息: phone and address in the hospital's archive, only after a real-person verification. Refused by the HIS:
 * `his-refused`. Unknown: `change-under-way`, and the background goes on asking under the same key.
 */
export async function changePersonalData(
  room: PersonalDataRoom,
  session: Session,
  patientId: string,
  input: PersonalDataChange,
): Promise<PersonalData> {
  const granted = await requireGrant(room, session, { patientId, purpose: 'personal-data', act: 'change' })
  const hospital = hospitalOf(room, session)
  if (!room.clients.his(hospital).archives.update) throw new AppError('his-refused', { zh: COUNTER })
  const wanted = checkChange(input)
  const before = await ownArchive(room, session, granted.patient)
  const values = whatDiffers(wanted, before)
  // Sent twice, or typed as it was: it is so already.
  if (Object.keys(values).length === 0) return showPersonalData(room, session, patientId)
  const row = await storeChange(room, session, granted, values, before)
  if (row === 'under-way') throw new AppError('change-under-way', { zh: UNDER_WAY })
  if (row === 'ended-meanwhile') throw new AppError('verification-required')
  const outcome = await askHis(room, hospital, row, granted.patient)
  const rights = await room.database.inTransaction(session.hospitalId, async (tx) => {
    await settleChange(tx, room, row, outcome, `user:${session.userId}`)
    return outcome.kind === 'yes' ? recordViewing(tx, room, session, granted.patient) : undefined
  })
  switch (outcome.kind) {
    case 'yes': {
      if (!rights?.read) throw new AppError('verification-required', { zh: CHANGED })
      const { read, change, changeUnderWay } = rights
      return viewPersonalData(room.cipher, {
        ...{ patient: granted.patient, archive: outcome.value, grant: change ?? read },
        ...{ mayChange: change !== undefined, changeUnderWay },
      })
    }
    case 'no':
      throw new AppError('his-refused', { zh: REFUSED })
    case 'unknown':
      throw new AppError('change-under-way', { zh: NOT_KNOWN })
    default:
      return assertNever(outcome)
  }
}

function whatDiffers({ phone, address }: NewValues, before: Archive): NewValues {
  return {
    ...(phone !== undefined && phone !== before.phone && { phone }),
    ...(address !== undefined && address !== before.address && { address }),
  }
}
