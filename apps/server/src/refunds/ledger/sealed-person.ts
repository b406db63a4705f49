import { type Sensitive, sensitive } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'

/** Whom a balance belongs to, as the HIS filed it; an empty text is not there. */
export interface BalancePerson {
  readonly name: string
  /** Capital letters, without blanks; a resident's always with 18 digits. */
  readonly idNumber: string
  readonly phone: string
  readonly card: string
}

const CONTEXT = 'balance_record.person'

export function sealPerson(cipher: Cipher, person: Sensitive<BalancePerson>): Buffer {
  const { name, idNumber, phone, card } = person.reveal()
  return cipher.seal(JSON.stringify([name, idNumber, phone, card]), CONTEXT)
}

export function openPerson(cipher: Cipher, sealed: Buffer): Sensitive<BalancePerson> {
  const [name, idNumber, phone, card] = JSON.parse(cipher.open(sealed, CONTEXT).reveal()) as [
    ...[string, string, string, string],
  ]
  return sensitive({ name, idNumber, phone, card })
}

/** Undefined finds nobody: all who have no number would be one person. */
export function idIndex(cipher: Cipher, idNumber: string): Buffer | undefined {
  return idNumber === '' ? undefined : cipher.blindIndex(idNumber, 'balance.id')
}

export function cardIndex(cipher: Cipher, card: string): Buffer | undefined {
  return card === '' ? undefined : cipher.blindIndex(card, 'balance.card')
}
