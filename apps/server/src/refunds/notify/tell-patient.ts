import { fen } from '@zhangyi/core'
import { queueNotice } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { openCasePerson } from '../cases/case-person.ts'
import type { RefundsParts } from '../room.ts'
import type { CaseRow, LegRow } from '../tables.ts'

export type RefundNotice = 'applied' | 'waiting' | 'reminder' | 'paid' | 'expired' | 'reissued' | 'funded'

export interface Telling {
  readonly of: CaseRow
  readonly leg: LegRow
  readonly kind: RefundNotice
  /** Of several of one kind: which. */
  readonly occasion?: string
}

/** Queues a message to who applied, in the transaction of what it is about; the same occasion is told once. */
export async function tellPatient(
  tx: Tx,
  room: RefundsParts,
  { of, leg, kind, occasion = '' }: Telling,
): Promise<void> {
  const { name, cardNumber } = openCasePerson(room.cipher, of)
  await queueNotice(tx, room, {
    ...{ kind, key: `${leg.id}:${kind}:${occasion}`, userId: of.user_id },
    ...{ patientName: name, cardNumber, balanceFen: fen(of.balance_fen), amountFen: fen(leg.amount_fen) },
    ...{ page: `pages-refund/case/case?id=${of.id}`, journey: of.id },
  })
}
