import { newId, sensitive } from '@zhangyi/core'
import type { Session } from '../../../apps/server/src/platform/sessions/session.ts'
import { type CreatedCase, createCase } from '../../../apps/server/src/refunds/cases/create-case.ts'
import { workOnCase } from '../../../apps/server/src/refunds/cases/work-on-case.ts'
import { legsOf } from '../../../apps/server/src/refunds/legs/find-leg.ts'
import { lookNow } from '../../../apps/server/src/refunds/receiving/check-received.ts'
import type { RefundsRoom } from '../../../apps/server/src/refunds/room.ts'
import { AMOUNT_FEN, CARD_NUMBER, ID_NUMBER, PAYEE } from './platforms.ts'

/** The case with its leg and its reservation, in one transaction. */
export function storeCase(room: RefundsRoom, patient: Session): Promise<CreatedCase> {
  return room.database.inTransaction(patient.hospitalId, (tx) =>
    createCase(tx, room, patient, {
      ...{ id: newId('case'), way: 'face', patid: `P${patient.userId}`, personIndex: undefined },
      idNumber: sensitive(ID_NUMBER),
      ...{
        requestKey: newId('key'),
        balanceFen: AMOUNT_FEN,
        hisMode: 'hold',
        legs: [{ amountFen: AMOUNT_FEN }],
      },
      person: { name: sensitive(PAYEE), cardNumber: sensitive(CARD_NUMBER) },
    }),
  )
}

/**
 * From the application to the HIS's confirmation, as the patient's two requests do it: the case, the hold and the transfer;
 * and, back from WeChat's page, the query and the confirmation.
 */
export async function runCase(room: RefundsRoom, patient: Session): Promise<void> {
  const created = await storeCase(room, patient)
  const { hospitalId } = patient
  await workOnCase(room, hospitalId, created)
  const [leg] = await room.database.read(hospitalId, (tx) => legsOf(tx, [created.of.id]))
  if (!leg) throw new Error('a case of the bench has no leg')
  const done = await lookNow(room, hospitalId, { of: created.of, leg })
  if (done.state !== 'paid') throw new Error(`a leg of the bench ended as ${done.state}`)
}
