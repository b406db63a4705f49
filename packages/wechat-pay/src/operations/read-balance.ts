import type { Fen } from '@zhangyi/core'
import { checkDay, checkOneOf } from '../check-input.ts'
import type { Caller } from '../create-caller.ts'
import { type Members, optionalFen, present, requiredFen } from '../read-members.ts'

/** 基本账户 (refunds), 运营账户 (transfers), 手续费账户. */
export const ACCOUNT_TYPES = ['BASIC', 'OPERATION', 'FEES'] as const
export type AccountType = (typeof ACCOUNT_TYPES)[number]

/** Advice only: the answer to a transfer is the truth. */
export interface Balance {
  readonly availableFen: Fen
  readonly pendingFen?: Fen
}

/**
 * 查询账户实时余额. Ordinary merchants are mostly not let in: `WechatPayError` with code `NO_AUTH`, or `INVALID_REQUEST`
 * where the account was never opened.
 */
export function readFundBalance(caller: Caller, account: AccountType): Promise<Balance> {
  const type = checkOneOf('account_type', account, ACCOUNT_TYPES)
  return caller.read('balance', `/v3/merchant/fund/balance/${type}`, parseBalance)
}

/** 查询账户日终余额 of `day` (`yyyy-MM-dd`), from about 10:00 of the next day, 90 days back. */
export function readDayEndBalance(caller: Caller, account: AccountType, day: string): Promise<Balance> {
  const type = checkOneOf('account_type', account, ACCOUNT_TYPES)
  const path = `/v3/merchant/fund/dayendbalance/${type}?date=${checkDay('date', day)}`
  return caller.read('day-end-balance', path, parseBalance)
}

function parseBalance(answer: Members): Balance {
  return present({
    availableFen: requiredFen(answer, 'available_amount'),
    pendingFen: optionalFen(answer, 'pending_amount'),
  })
}
