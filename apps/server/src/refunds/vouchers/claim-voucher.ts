import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { badInput } from '../../platform/errors/catalogue.ts'

/** The paper or the bank's number by which the hospital itself handed a sum over. */
export interface Voucher {
  readonly how: 'window' | 'bank-transfer'
  readonly voucher: string
  /** The leg or the application on paper that it pays. */
  readonly pays: string
}

/**
 * A voucher pays one sum, at whichever desk it is told; told again for the same, it is the same. Of two at once the
 * second waits. Throws `bad-input`.
 */
export async function claimVoucher(tx: Tx, { how, voucher, pays }: Voucher): Promise<void> {
  // An update that changes nothing: so the row that was there is locked and comes back.
  const { rows } = await sql<{ pays: string }>`
    INSERT INTO refund_voucher AS known (hospital_id, how, voucher, pays)
    VALUES (${tx.hospitalId}, ${how}, ${voucher}, ${pays})
    ON CONFLICT (hospital_id, how, voucher) DO UPDATE SET pays = known.pays
    RETURNING pays`.execute(tx.sql)
  if (rows[0]?.pays !== pays)
    throw badInput({ field: 'voucher', message: '这个凭证号已经登记在另一笔退款或申请上，请核对' })
}

/** It was told of a sum that it did not pay after all. */
export function returnVoucher(tx: Tx, { how, voucher, pays }: Voucher): void {
  tx.later(sql`
    DELETE FROM refund_voucher
    WHERE hospital_id = ${tx.hospitalId} AND how = ${how} AND voucher = ${voucher} AND pays = ${pays}`)
}
