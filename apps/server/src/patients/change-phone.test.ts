import { hospitalId, newId, sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../tests/setup/test-database.ts'
import { Cipher } from '../platform/crypto/cipher.ts'
import { changePhone } from './change-phone.ts'
import { linkPatient } from './link-patient.ts'
import { findPatient } from './list-patients.ts'
import type { PatientsTables } from './tables.ts'

const HOSPITAL = hospitalId('demo')
const CIPHER = new Cipher('ab'.repeat(32))

test("a new phone is kept for the user's own patient only, sealed", async () => {
  const { database } = await testDatabase()
  const link = (userId: string) =>
    database.inTransaction(HOSPITAL, async (tx) => {
      await tx.sql
        .withTables<PatientsTables & { app_user: { created_at_ms: number } }>()
        .insertInto('app_user')
        .values({ hospital_id: HOSPITAL, id: userId, created_at_ms: 0 })
        .execute()
      return linkPatient(tx, CIPHER, {
        userId,
        person: {
          ...{ name: sensitive('李明华'), idType: '01', idNumber: sensitive('330102199001012210') },
          ...{ gender: '男', birthday: sensitive('1990-01-01'), phone: sensitive('13800000210') },
        },
        ...{ relation: '本人', verified: true, patid: 'P1', visitCard: undefined, card: undefined },
        ...{ offerCardLater: false, maxPatients: 3, nowMs: 0 },
      })
    })
  const [mine, theirs] = [await link(newId('user')), await link(newId('user'))]
  const phone = sensitive('13900000001')
  await database.inTransaction(HOSPITAL, async (tx) => {
    await changePhone(tx, CIPHER, { userId: mine.user_id, patientId: mine.id, phone })
    await changePhone(tx, CIPHER, { userId: mine.user_id, patientId: theirs.id, phone })
  })
  const phoneOf = async ({ user_id, id }: { user_id: string; id: string }) => {
    const row = await database.inTransaction(HOSPITAL, (tx) => findPatient(tx, user_id, id))
    expect(row?.phone?.toString('latin1')).not.toContain('139')
    return row?.phone && CIPHER.open(row.phone, 'patient.phone').reveal()
  }
  expect([await phoneOf(mine), await phoneOf(theirs)]).toEqual(['13900000001', '13800000210'])
})
