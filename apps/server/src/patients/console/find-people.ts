import {
  type HospitalId,
  ID_TYPES,
  type IdType,
  parseResidentId,
  sensitive,
  shanghaiDay,
} from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import { personIndex } from '../link-patient.ts'
import { nameIndex, phoneIndex, visitCardIndex } from '../search-index.ts'
import type { PatientRow } from '../tables.ts'
import type { ListedPatient, SEARCH_BY } from './console-views.ts'

export interface PatientWish extends ListTimes {
  readonly state?: ListedPatient['state'] | undefined
  /** Of the patient, its user, its archive, its visit card or health card. */
  readonly number?: string | undefined
}

/** Newest first; those who unlinked as well. */
export function patientsQuery(
  hospital: HospitalId,
  cipher: Cipher,
  wish: PatientWish,
  limit: number,
): RawBuilder<PatientRow> {
  const { state, number } = wish
  return newest(
    [
      sql`hospital_id = ${hospital}`,
      ...(state === undefined ? [] : [STATES[state]]),
      ...(number === undefined ? [] : [ofNumber(hospital, cipher, number)]),
      ...inTime(sql`created_at_ms`, sql`id`, wish),
    ],
    limit,
  )
}

const STATES: Readonly<Record<ListedPatient['state'], RawBuilder<unknown>>> = {
  verified: sql`verified AND unlinked_at_ms IS NULL`,
  unverified: sql`NOT verified AND unlinked_at_ms IS NULL`,
  unlinked: sql`unlinked_at_ms IS NOT NULL`,
}

function ofNumber(hospital: HospitalId, cipher: Cipher, number: string): RawBuilder<unknown> {
  const ids = (condition: RawBuilder<unknown>) =>
    sql`SELECT id FROM patient WHERE hospital_id = ${hospital} AND ${condition}`
  // By an array: as a subquery it may be joined, with the whole table read.
  return sql`id = ANY (ARRAY(${sql.join(
    [
      ids(sql`id = ${number}`),
      ids(sql`user_id = ${number}`),
      ids(sql`patid = ${number}`),
      ids(sql`health_card_id = ${number}`),
      ids(sql`visit_card_index = ${visitCardIndex(cipher, sensitive(number))}`),
    ],
    sql` UNION `,
  )}))`
}

/** What is searched for is a person's own: it comes in a body, and only its blind index goes to the database. */
export interface PersonWish {
  readonly by: (typeof SEARCH_BY)[number]
  readonly text: string
}

export function peopleQuery(
  hospital: HospitalId,
  cipher: Cipher,
  wish: PersonWish,
  nowMs: number,
  limit: number,
): RawBuilder<PatientRow> {
  return newest([sql`hospital_id = ${hospital}`, isPerson(cipher, wish, nowMs)], limit)
}

function isPerson(cipher: Cipher, { by, text }: PersonWish, nowMs: number): RawBuilder<unknown> {
  switch (by) {
    case 'name':
      return sql`name_index = ${nameIndex(cipher, sensitive(text))}`
    case 'phone':
      return sql`phone_index = ${phoneIndex(cipher, sensitive(text))}`
    case 'idNumber':
      // Nobody says which document it is: the number is looked for as each of them.
      return sql`person_index = ANY (${idNumberIndexes(cipher, text, nowMs)})`
  }
}

function idNumberIndexes(cipher: Cipher, text: string, nowMs: number): readonly Buffer[] {
  const typed = text.replace(/\s/g, '').toUpperCase()
  const resident = parseResidentId(typed, shanghaiDay(nowMs))
  return (Object.keys(ID_TYPES) as IdType[]).map((idType) =>
    personIndex(cipher, {
      idType,
      idNumber: sensitive(idType === '01' && resident.ok ? resident.value.number : typed),
    }),
  )
}

function newest(conditions: readonly RawBuilder<unknown>[], limit: number): RawBuilder<PatientRow> {
  return sql<PatientRow>`SELECT * FROM patient WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at_ms DESC, id DESC LIMIT ${limit}`
}
