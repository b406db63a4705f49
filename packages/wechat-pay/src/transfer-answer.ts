import type { Fen } from '@zhangyi/core'
import {
  type Members,
  optionalText,
  present,
  requiredFen,
  requiredText,
  requiredTimeMs,
} from './read-members.ts'
import { readTransferStatus, type TransferStatus } from './transfer-states.ts'

export interface TransferFacts {
  readonly mchid: string
  readonly outBillNo: string
  readonly transferBillNo: string
  readonly amountFen: Fen
  /** WeChat's reason for FAIL; see `explainFailReason`. */
  readonly failReason?: string
  readonly openid?: string
  readonly createTimeMs: number
  readonly updateTimeMs: number
}

/** Answer of a query. The authority on a transfer: only its final state closes an attempt. */
export type TransferAnswer = TransferFacts &
  TransferStatus & {
    readonly appid: string
    readonly remark?: string
    /** The payee's name, encrypted to the merchant; `decryptSensitive` opens it. */
    readonly userNameCiphertext?: string
  }

/** Callback on a final state. It lacks appid and remark; treat it as a hint and query. */
export type TransferNotice = TransferFacts & TransferStatus

export function readTransferFacts(members: Members): TransferFacts {
  return present({
    mchid: requiredText(members, 'mch_id'),
    outBillNo: requiredText(members, 'out_bill_no'),
    transferBillNo: requiredText(members, 'transfer_bill_no'),
    amountFen: requiredFen(members, 'transfer_amount'),
    failReason: optionalText(members, 'fail_reason'),
    openid: optionalText(members, 'openid'),
    createTimeMs: requiredTimeMs(members, 'create_time'),
    updateTimeMs: requiredTimeMs(members, 'update_time'),
  })
}

export function readTransferNotice(members: Members): TransferNotice {
  return { ...readTransferFacts(members), ...readTransferStatus(members) }
}

export function readTransferAnswer(members: Members): TransferAnswer {
  return {
    ...readTransferNotice(members),
    ...present({
      appid: requiredText(members, 'appid'),
      remark: optionalText(members, 'transfer_remark'),
      userNameCiphertext: optionalText(members, 'user_name'),
    }),
  }
}
