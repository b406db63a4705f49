import { sameName, to15Digits } from '@zhangyi/core'
import { type Archive, HisError } from '@zhangyi/his'
import { auditUser } from '../platform/audit/audit-user.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { FlowArchive, FlowPerson } from './flow.ts'
import { type EnrolmentRoom, hisOf } from './room.ts'

/** Every archive of the person, by every form of the number; an archive under another name is never taken. */
export async function findArchives(
  room: EnrolmentRoom,
  session: Session,
  person: FlowPerson,
): Promise<readonly FlowArchive[] | 'unavailable'> {
  const short = person.idType === '01' ? to15Digits(person.idNumber) : undefined
  const idNumbers = short ? [person.idNumber, short] : [person.idNumber]
  try {
    const archives = await hisOf(room, session).archives.find({
      idType: person.idType,
      idNumbers,
      name: person.name,
    })
    const same = archives.filter(({ name }) => sameName(name, person.name))
    if (same.length < archives.length) await recordOtherName(room, session)
    return [...same].sort(byLastVisit).map(flowArchive)
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    room.log.warn({ code: error.code, kind: error.kind }, 'archive lookup failed')
    return 'unavailable'
  }
}

// The order of the list only: the patient picks, nothing is taken because it stands first.
function byLastVisit(left: Archive, right: Archive): number {
  return (right.lastVisitOn ?? '').localeCompare(left.lastVisitOn ?? '')
}

function flowArchive(archive: Archive, index: number): FlowArchive {
  const { patid, visitCardNumber, lastVisitOn, campus } = archive
  return { key: String(index + 1), patid, visitCardNumber, lastVisitOn, campus }
}

function recordOtherName({ database, clock }: EnrolmentRoom, { hospitalId, userId }: Session): Promise<void> {
  return database.inTransaction(hospitalId, (tx) =>
    auditUser(tx, clock, userId, { action: 'enrolment.archive-under-other-name', subject: userId }),
  )
}
