import { maskName } from '@zhangyi/core'
import { findRefund, findTransfer } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { findDone } from '../console/window/window-payments.ts'
import type { CaseView, LegPhase } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { openCasePerson } from './case-person.ts'
import { type LegFacts, legView } from './leg-view.ts'
import type { CaseOfLegs } from './with-own-case.ts'

const IS_PAID: ReadonlySet<LegPhase> = new Set(['paid', 'paid-at-window'])

/** A case for its patient. */
export async function caseView(tx: Tx, room: RefundsRoom, { of, legs }: CaseOfLegs): Promise<CaseView> {
  const hospital = hospitalOf(room, { hospitalId: tx.hospitalId })
  const { name, cardNumber } = openCasePerson(room.cipher, of)
  const nowMs = room.clock.nowMs()
  const views = []
  for (const leg of legs)
    views.push(legView({ leg, of, hospital, nowMs, ...(await payoutOf(tx, leg)) } satisfies LegFacts))
  return {
    ...{ id: of.id, way: of.way, wayName: hospital.refunds[of.way].name, createdAtMs: of.created_at_ms },
    ...{ patientName: maskName(name.reveal()), cardNumber: cardNumber?.reveal().slice(-4) ?? '' },
    amountFen: of.amount_fen,
    paidFen: views.reduce((sum, { phase, amountFen }) => sum + (IS_PAID.has(phase) ? amountFen : 0), 0),
    ...{ legs: views, open: of.state === 'open', phone: hospital.phone },
  }
}

/** What pays a leg, or was handed over instead. */
export async function payoutOf(
  tx: Tx,
  { id, route, payout_id, state }: LegRow,
): Promise<Pick<LegFacts, 'transfer' | 'refund' | 'atWindow'>> {
  const isTransfer = route === 'transfer'
  const atWindow = state === 'settled-at-window' ? await findDone(tx, id) : undefined
  if (payout_id === null) return { transfer: undefined, refund: undefined, atWindow }
  return {
    transfer: isTransfer ? await findTransfer(tx, payout_id) : undefined,
    refund: isTransfer ? undefined : await findRefund(tx, payout_id),
    atWindow,
  }
}
