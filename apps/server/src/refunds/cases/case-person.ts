import type { Sensitive } from '@zhangyi/core'
import { sensitive } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { CaseRow } from '../tables.ts'

/** Who the case is about, as the HIS has the archive. */
export interface CasePerson {
  readonly name: Sensitive
  readonly cardNumber: Sensitive | undefined
}

const CONTEXT = 'refund_case.person'

export function sealCasePerson(cipher: Cipher, { name, cardNumber }: CasePerson): Buffer {
  return cipher.seal(JSON.stringify({ name: name.reveal(), card: cardNumber?.reveal() ?? null }), CONTEXT)
}

export function openCasePerson(cipher: Cipher, { person }: Pick<CaseRow, 'person'>): CasePerson {
  const { name, card } = JSON.parse(cipher.open(person, CONTEXT).reveal()) as Record<string, string | null>
  return { name: sensitive(name ?? ''), cardNumber: card == null ? undefined : sensitive(card) }
}
