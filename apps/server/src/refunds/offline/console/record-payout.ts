import type { Tx } from '../../../platform/database/tx.ts'
import { badInput } from '../../../platform/errors/catalogue.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { archivesOfPerson } from '../../ledger/archives-of-person.ts'
import { noteRefunded } from '../../ledger/note-facts.ts'
import { claimVoucher } from '../../vouchers/claim-voucher.ts'
import { changeApplication } from '../change-application.ts'
import { type ApplicationRow, openPatient } from '../offline-row.ts'
import type { OfflineConsole } from '../room.ts'
import type { One, Payout } from './console-views.ts'
import { viewOne } from './view-one.ts'
import { withApplication } from './with-application.ts'

/**
 * The money was handed over, at the window or by bank: a voucher pays one sum, and the same told twice is one.
 * In the same transaction it counts in the ledger as refunded, on the archive that it was paid for.
 */
export async function recordPayout(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, how, voucher, patid: wanted }: Payout & { readonly id: string },
): Promise<One> {
  return withApplication(room, hospital, id, async (tx, application) => {
    const isTold = application.payout_how === how && application.payout_voucher === voucher
    if (isTold) return viewOne(tx, room, hospital, application)
    const { amount_fen: amountFen } = application
    const atMs = room.clock.nowMs()
    await claimVoucher(tx, { how, voucher, pays: id })
    const patid = amountFen === null ? undefined : await archiveOf(tx, room, application, wanted)
    const row = await changeApplication(tx, room, application, {
      ...{ happening: 'paid-out', actor: `operator:${operator}` },
      ...(amountFen !== null && { amountFen }),
      change: { payout_how: how, payout_voucher: voucher, paid_out_at_ms: atMs },
    })
    if (amountFen !== null && patid !== undefined)
      noteRefunded(tx, { legId: id, patid, amountFen, way: 'offline', atMs })
    return viewOne(tx, room, hospital, row)
  })
}

/** Undefined where the ledger knows nobody of this document or card: then nobody was counted as owed either. */
async function archiveOf(
  tx: Tx,
  { cipher, clock }: OfflineConsole,
  application: ApplicationRow,
  wanted: string | undefined,
): Promise<string | undefined> {
  const archives = await archivesOfPerson(tx, cipher, openPatient(cipher, application), clock.nowMs())
  if (wanted === undefined && archives.length > 1)
    throw badInput({
      field: 'patid',
      message: `台账里有 ${archives.length} 份这位患者的档案，请选择付的是哪一份`,
    })
  if (wanted !== undefined && !archives.some(({ patid }) => patid === wanted))
    throw badInput({ field: 'patid', message: '台账里这份档案不是这位患者的，请重新选择' })
  return wanted ?? archives[0]?.patid
}
