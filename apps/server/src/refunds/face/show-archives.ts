import { assertNever, formatYuan, maskName } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { passedFaceCheck } from '../../verification/index.ts'
import type { ArchiveChoice, Archives } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import type { RefundsTables } from '../tables.ts'
import { type Choice, chooseArchive } from './archive-choice.ts'
import { findOwnArchives, type OwnArchive } from './find-archives.ts'

/** 「已合并，重新查询」 as well: asks the HIS anew, for whoever passed the check and may still spend it. */
export async function showArchives(room: RefundsRoom, session: Session, checkId: string): Promise<Archives> {
  const { person } = await passedFaceCheck(room, session, checkId, 'refund')
  const hospital = hospitalOf(room, session)
  const archives = await findOwnArchives(room, session.hospitalId, person)
  const choice = chooseArchive(archives, hospital.refunds.face)
  return {
    archives: archives.map((own) => shown(room.cipher, checkId, own)),
    ...{ choice: choice.kind, message: messageOf(choice, archives, hospital) },
    openCaseId: choice.kind === 'one' ? await findOpenCase(room, session, choice.own.archive.patid) : null,
  }
}

/** Names an archive to whoever passed this check, and says nothing to anybody else. */
export function archiveKey(cipher: Cipher, checkId: string, patid: string): string {
  return cipher.blindIndex(`${checkId}|${patid}`, 'refund-archive').toString('hex').slice(0, 32)
}

function shown(cipher: Cipher, checkId: string, { archive, balance }: OwnArchive): ArchiveChoice {
  return {
    key: archiveKey(cipher, checkId, archive.patid),
    ...{ name: maskName(archive.name), cardNumber: archive.visitCardNumber ?? '' },
    campus: archive.campus ?? null,
    ...{ totalFen: balance.total, refundableFen: balance.refundable, reason: balance.reason ?? null },
  }
}

function messageOf(choice: Choice, archives: readonly OwnArchive[], hospital: Hospital): string {
  const { phone, counter, refunds } = hospital
  switch (choice.kind) {
    case 'one': {
      const { refundable, total, reason } = choice.own.balance
      const less = refundable < total && reason ? `其余暂时不能退：${reason}。` : ''
      return `可以退 ${formatYuan(refundable)} 元。${less}`
    }
    case 'merge':
      return `查到您有 ${archives.length} 份就诊档案。请先到${counter}，或拨打 ${refunds.mergePhone ?? phone} 合并档案，再来退款。`
    case 'none':
      return `没有查到您的就诊档案。如果您在本院就诊过，请到${counter}核对，或拨打 ${phone}。`
    case 'nothing': {
      const [only] = archives.length === 1 ? archives : []
      if (only && only.balance.total > 0)
        return `您的余额暂时不能退：${only.balance.reason ?? '医院系统没有给出原因'}。请到${counter}办理。`
      return '您的门诊余额是 0，没有可以退的钱。'
    }
    default:
      return assertNever(choice)
  }
}

/** Only the user's own is named; somebody else's application for the same archive is refused when it is applied for. */
async function findOpenCase(room: RefundsRoom, session: Session, patid: string): Promise<string | null> {
  const found = await room.database.inTransaction(session.hospitalId, (tx) =>
    tx.sql
      .withTables<RefundsTables>()
      .selectFrom('refund_case')
      .select('id')
      .where('hospital_id', '=', tx.hospitalId)
      .where('patid', '=', patid)
      .where('way', '=', 'face')
      .where('state', '=', 'open')
      .where('user_id', '=', session.userId)
      .executeTakeFirst(),
  )
  return found?.id ?? null
}
