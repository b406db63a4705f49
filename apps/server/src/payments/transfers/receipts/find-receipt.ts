import type { Tx } from '../../../platform/database/tx.ts'
import type { PaymentsParts } from '../../room.ts'
import type { PaymentsTables, ReceiptRow } from '../../tables.ts'

export const RECEIPT_CONTEXT = 'transfer_receipt.file'

/** 电子回单 of a paid transfer, a PDF; undefined while there is none. The payee's name stands in it. */
export async function findReceipt(
  tx: Tx,
  { cipher }: Pick<PaymentsParts, 'cipher'>,
  transferId: string,
): Promise<Buffer | undefined> {
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('transfer_receipt')
    .select('file')
    .where('hospital_id', '=', tx.hospitalId)
    .where('transfer_id', '=', transferId)
    .executeTakeFirst()
  return row?.file ? Buffer.from(cipher.open(row.file, RECEIPT_CONTEXT).reveal(), 'base64') : undefined
}

/** How far the 电子回单 of a transfer is; undefined: it is not asked for. */
export async function receiptStateOf(tx: Tx, transferId: string): Promise<ReceiptRow['state'] | undefined> {
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('transfer_receipt')
    .select('state')
    .where('hospital_id', '=', tx.hospitalId)
    .where('transfer_id', '=', transferId)
    .executeTakeFirst()
  return row?.state
}
