import { shanghaiDay } from '@zhangyi/core'
import { checkDay, checkOneOf } from '../check-input.ts'
import type { Caller } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { WechatPayError, WechatPayInputError } from '../errors.ts'
import { type Members, malformed, requiredText } from '../read-members.ts'
import { ACCOUNT_TYPES, type AccountType } from './read-balance.ts'

/** Where a bill lies. Fetch it at once: the URL is good for 30 seconds to 5 minutes. */
export interface BillFile {
  readonly kind: 'trade' | 'fund-flow'
  readonly compression: 'gzip' | 'none'
  /** SHA-1 of the *uncompressed* bytes, hex. */
  readonly sha1: string
  readonly downloadUrl: string
}

/**
 * - `none`: nothing happened on that day. Not an error, but a difference if our own records say otherwise.
 * - `creating`: not ready; ask again in about half an hour, or after 10:00.
 */
export type BillAnswer = BillFile | 'none' | 'creating'

export const TRADE_BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'] as const
export type TradeBillType = (typeof TRADE_BILL_TYPES)[number]

interface BillRequest {
  /** `yyyy-MM-dd` in Asia/Shanghai, before today; from about 10:00 of the next day, three months back. */
  readonly day: string
  readonly compression?: 'gzip' | 'none'
}
export interface TradeBillRequest extends BillRequest {
  readonly type?: TradeBillType
}
export interface FundFlowBillRequest extends BillRequest {
  readonly account: AccountType
}

/** 申请交易账单. Throws `WechatPayError`. */
export function requestTradeBill(caller: Caller, request: TradeBillRequest): Promise<BillAnswer> {
  const type = checkOneOf('bill_type', request.type ?? 'ALL', TRADE_BILL_TYPES)
  return requestBill(caller, 'trade', request, `bill_type=${type}`)
}

/** 申请资金账单. Throws `WechatPayError`. */
export function requestFundFlowBill(caller: Caller, request: FundFlowBillRequest): Promise<BillAnswer> {
  const account = checkOneOf('account_type', request.account, ACCOUNT_TYPES)
  return requestBill(caller, 'fund-flow', request, `account_type=${account}`)
}

async function requestBill(
  caller: Caller,
  kind: BillFile['kind'],
  { day, compression = 'gzip' }: BillRequest,
  selection: string,
): Promise<BillAnswer> {
  if (checkDay('bill_date', day) >= shanghaiDay(caller.clock.nowMs()))
    throw new WechatPayInputError('bill_date', 'not before today')
  const endpoint = kind === 'trade' ? 'trade-bill' : 'fund-flow-bill'
  const query = `bill_date=${day}&${selection}${compression === 'gzip' ? '&tar_type=GZIP' : ''}`
  try {
    return await caller.read(endpoint, `${ENDPOINTS[endpoint]}?${query}`, (answer) => ({
      kind,
      compression,
      ...readFile(answer),
    }))
  } catch (error) {
    if (!(error instanceof WechatPayError) || error.kind !== 'platform') throw error
    // Only WeChat's own refusal says that a day was empty; a gateway in trouble proves nothing, whatever it writes.
    if (error.code === 'NO_STATEMENT_EXIST' && error.httpStatus === 400) return 'none'
    if (error.code === 'STATEMENT_CREATING') return 'creating'
    throw error
  }
}

function readFile(answer: Members) {
  if (requiredText(answer, 'hash_type') !== 'SHA1') malformed('hash_type')
  const sha1 = requiredText(answer, 'hash_value').toLowerCase()
  if (!/^[0-9a-f]{40}$/.test(sha1)) malformed('hash_value')
  return { sha1, downloadUrl: requiredText(answer, 'download_url') }
}
