import { type HospitalId, sameName, to15Digits } from '@zhangyi/core'
import { type Archive, type DepositBalance, HisError } from '@zhangyi/his'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { FacePerson } from '../../verification/index.ts'
import { askBalances, ownBalance } from '../original/find-eligible.ts'
import type { RefundsRoom } from '../room.ts'

/** An archive of the verified person, with what the HIS keeps for it. */
export interface OwnArchive {
  readonly archive: Archive
  readonly balance: DepositBalance
}

/**
 * Every archive of the verified person, under both forms of the ID number. One of another name is never among them, nor
 * is one that the HIS files under another number: nobody is paid out of it. Throws `his-unavailable`, `his-refused`.
 */
export async function findOwnArchives(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { name, idNumber }: FacePerson,
): Promise<readonly OwnArchive[]> {
  const number = idNumber.reveal()
  const short = to15Digits(number)
  const idNumbers = short ? [number, short] : [number]
  const found = await askArchives(room, hospitalId, { idType: '01', idNumbers, name: name.reveal() })
  const own = found.filter(
    (archive) =>
      archive.idType === '01' &&
      sameName(archive.name, name.reveal()) &&
      idNumbers.includes(archive.idNumber.toUpperCase()),
  )
  const each = [...new Map(own.map((archive) => [archive.patid, archive])).values()]
  return askBalances(room, hospitalId, (balances) =>
    Promise.all(
      each.map(async (archive) => ({
        archive,
        balance: ownBalance(await balances.of(archive.patid), archive.patid),
      })),
    ),
  )
}

async function askArchives(
  room: RefundsRoom,
  hospitalId: HospitalId,
  query: Parameters<ReturnType<RefundsRoom['clients']['his']>['archives']['find']>[0],
): Promise<readonly Archive[]> {
  try {
    return await room.clients.his(hospitalOf(room, { hospitalId })).archives.find(query)
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    throw new AppError(error.kind === 'unavailable' ? 'his-unavailable' : 'his-refused', { cause: error })
  }
}
