import { DAY_MS, HOUR_MS, isRealDate, shanghaiMidnight } from '@zhangyi/core'
import { PayRefusal } from '../errors.ts'
import type { PayPlatform } from '../platform.ts'
import type { PayRequest } from '../requests/route.ts'
import { balanceAt } from './balance-at.ts'
import type { Account } from './ledger.ts'

const ACCOUNTS: ReadonlyMap<string, Account> = new Map([
  ['BASIC', 'basic'],
  ['OPERATION', 'operation'],
])
const END_OF_DAY_KNOWN_AFTER_MS = 10 * HOUR_MS

/** 查询账户实时余额. Most ordinary merchants have no right to it. */
export function queryBalance(platform: PayPlatform, request: PayRequest): object {
  const account = accountOf(platform, request)
  return {
    available_amount: platform.ledger.balance(account),
    pending_amount: account === 'operation' ? platform.ledger.balance('locked') : 0,
  }
}

/** 查询账户日终余额: from 10:00 of the next day, up to 90 days back. */
export function dayEndBalance(platform: PayPlatform, request: PayRequest): object {
  const account = accountOf(platform, request)
  const { date = '' } = request.query
  if (!isRealDate(date)) throw new PayRefusal('PARAM_ERROR', 'date 须为 yyyy-MM-dd')
  const startMs = shanghaiMidnight(date)
  const sinceEndMs = platform.clock.nowMs() - (startMs + DAY_MS)
  if (sinceEndMs < END_OF_DAY_KNOWN_AFTER_MS || sinceEndMs > 90 * DAY_MS)
    throw new PayRefusal('INVALID_REQUEST', '只能查询 90 天内的日终余额，当日数据次日 10:00 后可查')
  return { available_amount: balanceAt(platform.ledger, [account], startMs + DAY_MS), pending_amount: 0 }
}

function accountOf({ settings }: PayPlatform, { params }: PayRequest): Account {
  if (!settings.balanceApi) throw new PayRefusal('NO_AUTH', '商户号没有查询账户余额的权限')
  const account = ACCOUNTS.get(params['accountType'] ?? '')
  if (!account) throw new PayRefusal('INVALID_REQUEST', '该账户类型未开通')
  return account
}
