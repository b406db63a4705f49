import { createSimulatedHospital, type HisArchives, type HisPort } from '@zhangyi/his'
import { findPatient } from '../../apps/server/src/patients/index.ts'
import type {
  PersonalData,
  PersonalDataChange,
} from '../../apps/server/src/verification/personal-data/personal-data-view.ts'
import { personalDataWork } from '../../apps/server/src/verification/personal-data/personal-data-work.ts'
import { registerPersonalDataRoutes } from '../../apps/server/src/verification/personal-data/routes.ts'
import type { TestDatabase } from '../setup/test-database.ts'
import { HOSPITAL, openRoom, type SignedIn } from './room-in-process.ts'

export const LI = { name: '李明华', idNumber: '330102199001012210' }
export const NEW_PHONE = '13911112222'
export const NEW_ADDRESS = '浙江省杭州市西湖区文三路 9 号'

export type Answered = PersonalData & { error: { code: string; message: string; fields: object[] } }
export type Update = NonNullable<HisArchives['update']>

/** One real-enough HIS for each test, in which a test may put its own answer to a change. */
export async function openPersonalData(database: TestDatabase, update: { put?: Update | 'absent' } = {}) {
  // A file's tests share the database, and an archive takes one change at a time.
  await database.asOwner(`UPDATE personal_data_change SET state = 'parked', next_action_at_ms = NULL
    WHERE next_action_at_ms IS NOT NULL`)
  const hospital = createSimulatedHospital()
  const [archive] = await hospital.port.archives.find({
    idType: '01',
    idNumbers: [LI.idNumber],
    name: LI.name,
  })
  if (!archive) throw new Error('the simulated hospital does not know its patient')
  const { update: own, ...rest } = hospital.port.archives
  const keys: string[] = []
  const counted = (put: Update): Update => {
    return (change, key) => {
      keys.push(key)
      return put(change, key)
    }
  }
  const put = update.put === 'absent' ? undefined : (update.put ?? own)
  const port: HisPort = { ...hospital.port, archives: { ...rest, ...(put && { update: counted(put) }) } }
  const opened = await openRoom(database, {
    clients: { his: () => port },
    register: registerPersonalDataRoutes,
  })
  const user = await opened.signIn()
  const patient = await opened.link(user, {}, { patid: archive.patid })
  const path = `/patients/${patient.id}/personal-data`
  return {
    ...{ ...opened, hospital, archive, user, patient, keys, port },
    work: personalDataWork(opened.room),
    read: (by: SignedIn = user) => by.ask<Answered>('GET', path),
    change: (body: PersonalDataChange, by: SignedIn = user) => by.ask<Answered>('PUT', path, body),
    phoneInHis: async () => {
      const found = await hospital.port.archives.find({
        idType: '01',
        idNumbers: [LI.idNumber],
        name: LI.name,
      })
      return found.find(({ patid }) => patid === archive.patid)?.phone
    },
    phoneKept: () =>
      database.database.inTransaction(HOSPITAL, async (tx) => {
        const row = await findPatient(tx, user.session.userId, patient.id)
        return row?.phone ? opened.room.cipher.open(row.phone, 'patient.phone').reveal() : undefined
      }),
    rows: () =>
      database.asOwner<{ id: string; state: string; tries: number; last_problem: string | null }>(
        `SELECT * FROM personal_data_change WHERE patient_id = '${patient.id}' ORDER BY created_at_ms`,
      ),
  }
}
