import { sensitive } from '@zhangyi/core'
import type { Cipher } from '@zhangyi/server'
import { personIndex } from '../../../apps/server/src/patients/link-patient.ts'
import { nameIndex, phoneIndex, visitCardIndex } from '../../../apps/server/src/patients/search-index.ts'

/** Who is looked for: in the middle of the table, and with a name that more than a page of patients have. */
export const SOUGHT = {
  ...{ name: '李明华', idNumber: '330102199001012210', phone: '13800000210', visitCard: '0000120931' },
} as const
const NAMESAKES = 60

// A blind index of nobody: as long as a true one, and anywhere in the index.
const nobody = (what: string) => `sha256(convert_to('${what}' || n, 'UTF8'))`
const ofSought = (value: string, what: string) =>
  `CASE WHEN n = $10::bigint THEN ${value}::bytea ELSE ${nobody(what)} END`

export const PATIENTS = `INSERT INTO patient (hospital_id, id, user_id, person_index, name, id_type, id_number, gender, birthday,
    phone, relation, is_default, verified, patid, visit_card, card_state, created_at_ms, name_index, phone_index,
    visit_card_index)
  SELECT 'bench', 'pat_' || n, 'user_' || n, ${ofSought('$6', 'person')}, $1::bytea, '01', $2::bytea, '女', $3::bytea,
    $4::bytea, '本人', true, n % 50 <> 0, 'P' || n, $5::bytea, 'none', at,
    CASE WHEN n % $11::bigint = 0 THEN $7::bytea ELSE ${nobody('name')} END, ${ofSought('$8', 'phone')},
    ${ofSought('$9', 'card')}`

export function patientValues(cipher: Cipher, rows: number): readonly unknown[] {
  const { name, idNumber, phone, visitCard } = SOUGHT
  const seal = (text: string, column: string) => cipher.seal(sensitive(text), `patient.${column}`)
  return [
    ...[seal(name, 'name'), seal(idNumber, 'id_number'), seal('1990-01-01', 'birthday')],
    ...[seal(phone, 'phone'), seal(visitCard, 'visit_card')],
    personIndex(cipher, { idType: '01', idNumber: sensitive(idNumber) }),
    ...[nameIndex(cipher, sensitive(name)), phoneIndex(cipher, sensitive(phone))],
    visitCardIndex(cipher, sensitive(visitCard)),
    ...[Math.floor(rows / 2), Math.floor(rows / NAMESAKES)],
  ]
}
