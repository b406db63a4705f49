import { type Outcome, unknown, yes } from '@zhangyi/core'
import { type Archive, HisError } from '@zhangyi/his'
import type { PatientRow } from '../../patients/index.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { lookUpArchive } from '../look-up-archive.ts'
import { type ChangeRow, type NewValues, openNew } from './change-row.ts'
import type { PersonalDataRoom } from './room.ts'

// The HIS knows this request key but does not say what became of it: only a look at the archive tells.
const DUPLICATE = 'duplicate'

/** Asks the HIS for a stored change, the first time or again: the same key acts once. */
export async function askHis(
  room: PersonalDataRoom,
  hospital: Hospital,
  row: ChangeRow,
  patient: PatientRow | undefined,
): Promise<Outcome<Archive>> {
  const his = room.clients.his(hospital)
  // Offered when it was asked, and no more: what became of it, nobody can say.
  if (!his.archives.update) return unknown('not-offered')
  const values = openNew(room.cipher, row)
  const outcome = await his.archives.update({ patid: row.patid, ...values }, row.id)
  // An interface that answers with somebody else's archive may have changed somebody else's: a person has to look.
  if (outcome.kind === 'yes' && outcome.value.patid !== row.patid) return unknown('foreign-answer')
  if (outcome.kind !== 'no' || outcome.code !== DUPLICATE) return outcome
  return patient ? queryArchive(room, hospital, patient, values) : unknown(DUPLICATE)
}

/** New values in the archive mean yes; old ones mean nothing, for the change may still be on its way. */
async function queryArchive(
  room: PersonalDataRoom,
  hospital: Hospital,
  patient: PatientRow,
  values: NewValues,
): Promise<Outcome<Archive>> {
  try {
    const archive = await lookUpArchive(room.clients.his(hospital), room.cipher, patient)
    return archive && holds(archive, values) ? yes(archive) : unknown(DUPLICATE)
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    return unknown(error.code)
  }
}

/** A HIS may write an address in its own way: other blanks, full-width digits. */
function holds(archive: Archive, { phone, address }: NewValues): boolean {
  return (
    (phone === undefined || isSame(archive.phone, phone)) &&
    (address === undefined || isSame(archive.address, address))
  )
}

function isSame(kept: string | undefined, asked: string): boolean {
  return kept !== undefined && plain(kept) === plain(asked)
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}
