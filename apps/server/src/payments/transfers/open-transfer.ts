import type { Sensitive } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsParts } from '../room.ts'
import { findTransferRow } from './find-transfers.ts'
import { PACKAGE_CONTEXT } from './store-sent.ts'

/** What WeChat's confirm page is opened with, untouched, and only by its payee. */
export interface OpenedTransfer {
  readonly mchid: string
  readonly appid: string
  readonly packageInfo: Sensitive
}

/** The newest way to the confirm page; undefined while there is none, or no more. */
export async function openTransfer(
  tx: Tx,
  { cipher }: Pick<PaymentsParts, 'cipher'>,
  id: string,
): Promise<OpenedTransfer | undefined> {
  const row = await findTransferRow(tx, id)
  if (!row?.package_info) return undefined
  const { state, wechat_state, mchid, appid, package_info } = row
  if (state !== 'to-confirm' && !(state === 'under-way' && wechat_state === 'TRANSFERING')) return undefined
  return { mchid, appid, packageInfo: cipher.open(package_info, PACKAGE_CONTEXT) }
}
