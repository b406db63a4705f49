import { type Sensitive, shanghaiDay } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { normalDocument } from '../ledger/judge-person.ts'

/** Under what a case is found by who has the patient's document in hand: 15 and 18 digits are the same number. */
export function caseIdIndex(cipher: Cipher, idNumber: Sensitive, nowMs: number): Buffer | null {
  const normal = normalDocument(idNumber.reveal(), shanghaiDay(nowMs))
  // A wrong number is found as it was filed.
  const number = normal.ok ? normal.value : plain(idNumber)
  return number === '' ? null : cipher.blindIndex(number, 'refund_case.id')
}

export function caseCardIndex(cipher: Cipher, card: Sensitive | undefined): Buffer | null {
  const number = card === undefined ? '' : plain(card)
  return number === '' ? null : cipher.blindIndex(number, 'refund_case.card')
}

function plain(number: Sensitive): string {
  return number.reveal().normalize('NFKC').replace(/\s/g, '').toUpperCase()
}
