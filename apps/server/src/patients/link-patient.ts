import { type Gender, type IdType, newId, type Sensitive, sameName } from '@zhangyi/core'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { nameIndex, phoneIndex, visitCardIndex } from './search-index.ts'
import type { CardState, PatientRow, PatientsTables } from './tables.ts'
import {
  confirmArchive,
  isUnconfirmedPerson,
  lacksResidentId,
  markUnconfirmedArchive,
} from './unconfirmed-archive.ts'

export interface PersonToLink {
  readonly name: Sensitive
  readonly idType: IdType
  readonly idNumber: Sensitive
  readonly gender: Gender
  readonly birthday: Sensitive
  readonly phone: Sensitive | undefined
}

export interface CardToLink {
  readonly healthCardId: string | undefined
  readonly qrCodeText: Sensitive
}

export interface PatientToLink {
  readonly userId: string
  readonly person: PersonToLink
  readonly relation: string
  readonly verified: boolean
  readonly patid: string
  readonly visitCard: Sensitive | undefined
  readonly card: CardToLink | undefined
  /** Without a card: whether one is to be offered when the platform is well again. */
  readonly offerCardLater: boolean
  readonly maxPatients: number
  readonly nowMs: number
}

/** The blind index under which a person is found: document type and number. */
export function personIndex(
  cipher: Cipher,
  person: { readonly idType: IdType; readonly idNumber: Sensitive },
): Buffer {
  return cipher.blindIndex(`${person.idType}|${person.idNumber.reveal()}`, 'person')
}

/**
 * Links a person to a user, in the caller's transaction. A person whom the user holds already is brought up to date
 * and never loses what it has: a card and a passed verification stay. The first patient becomes the default one.
 * Throws `patient-limit`, or `his-refused` for a held number under another name that nobody verified.
 */
export async function linkPatient(tx: Tx, cipher: Cipher, wanted: PatientToLink): Promise<PatientRow> {
  const sql = tx.sql.withTables<PatientsTables>()
  await sql
    .selectFrom('app_user')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', wanted.userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const held = await sql
    .selectFrom('patient')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', wanted.userId)
    .where('unlinked_at_ms', 'is', null)
    .execute()
  const index = personIndex(cipher, wanted.person)
  const before = held.find((row) => row.person_index.equals(index))
  if (!before && held.length >= wanted.maxPatients) throw new AppError('patient-limit')
  // Children's archives often bear a parent's number. What was verified for one name never opens another's archive.
  if (before && !wanted.verified && !sameName(nameOf(cipher, before), wanted.person.name.reveal()))
    throw new AppError('his-refused')
  const facts = sealedFacts(cipher, wanted, before)
  if (wanted.verified) await confirmArchive(tx, wanted.patid, index)
  else if (await isUnconfirmedPerson(tx, index)) await keepUnconfirmed(tx, wanted)
  if (before)
    return sql
      .updateTable('patient')
      .set(facts)
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow()
  return sql
    .insertInto('patient')
    .values({
      ...facts,
      hospital_id: tx.hospitalId,
      id: newId('pat'),
      user_id: wanted.userId,
      person_index: index,
      is_default: held.length === 0,
      created_at_ms: wanted.nowMs,
      unlinked_at_ms: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What was asked for in this person's name without an answer may be this archive: now its number is known. */
function keepUnconfirmed(tx: Tx, { patid, person, nowMs }: PatientToLink): Promise<void> {
  const needsOperator = lacksResidentId({ idType: person.idType, idNumber: person.idNumber.reveal() })
  return markUnconfirmedArchive(tx, { patid, needsOperator }, nowMs)
}

function nameOf(cipher: Cipher, { name }: PatientRow): string {
  return cipher.open(name, 'patient.name').reveal()
}

function sealedFacts(
  cipher: Cipher,
  { person, card, ...wanted }: PatientToLink,
  before: PatientRow | undefined,
) {
  const seal = (value: Sensitive, column: string) => cipher.seal(value, `patient.${column}`)
  const cardless: CardState = wanted.offerCardLater ? 'offered-later' : 'none'
  return {
    name: seal(person.name, 'name'),
    id_type: person.idType,
    id_number: seal(person.idNumber, 'id_number'),
    gender: person.gender,
    birthday: seal(person.birthday, 'birthday'),
    name_index: nameIndex(cipher, person.name),
    phone: person.phone ? seal(person.phone, 'phone') : (before?.phone ?? null),
    phone_index: person.phone ? phoneIndex(cipher, person.phone) : (before?.phone_index ?? null),
    relation: wanted.relation,
    verified: wanted.verified || (before?.verified ?? false),
    patid: wanted.patid,
    visit_card: wanted.visitCard ? seal(wanted.visitCard, 'visit_card') : (before?.visit_card ?? null),
    visit_card_index: wanted.visitCard
      ? visitCardIndex(cipher, wanted.visitCard)
      : (before?.visit_card_index ?? null),
    ...(card
      ? {
          card_state: 'linked' as CardState,
          health_card_id: card.healthCardId ?? null,
          qr_code_text: seal(card.qrCodeText, 'qr_code_text'),
        }
      : {
          card_state: before?.card_state === 'linked' ? before.card_state : cardless,
          health_card_id: before?.health_card_id ?? null,
          qr_code_text: before?.qr_code_text ?? null,
        }),
  }
}
