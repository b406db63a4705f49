import { DAY_MS, type Fen, type HospitalId, SECOND_MS, startOfShanghaiDay } from '@zhangyi/core'
import { WechatPayError } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { type Merchant, usableMerchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { FundAccountRow } from '../tables.ts'
import { changeFundAccount, findFundAccount, holdFundAccount } from './fund-account.ts'
import { findPayer } from './payer.ts'

/** One figure serves all patients who ask within so long. */
const APART_MS = 20 * SECOND_MS
/** Most ordinary merchants are not let in, or have no such account: asking again the same day tells nothing. */
const CLOSING = new Set(['NO_AUTH', 'INVALID_REQUEST'])

export function isClosing({ kind, code }: WechatPayError): boolean {
  return kind === 'platform' && CLOSING.has(code)
}

/**
 * Asks WeChat for the balance of the 运营账户 where the hospital's settings put that first, outside any transaction. Advice
 * only: a failure changes nothing, and never throws.
 */
export async function probeFunds(room: PaymentsRoom, hospitalId: HospitalId): Promise<void> {
  const payer = findPayer(room, hospitalId)
  if (payer?.settings.probe[0] !== 'api') return
  const { mchid } = payer
  const askedMs = room.clock.nowMs()
  const account = await room.database.read(hospitalId, (tx) => findFundAccount(tx, mchid))
  if (account && isAnswered(account, askedMs)) return
  const merchant = usableMerchant(room, hospitalId)
  const balance = merchant && (await readBalance(merchant))
  if (balance === undefined) return
  await room.database.inTransaction(hospitalId, (tx) => store(tx, mchid, askedMs, balance))
}

function isAnswered({ source, as_of_ms, api_closed_until_ms }: FundAccountRow, nowMs: number): boolean {
  if (api_closed_until_ms !== null && nowMs < api_closed_until_ms) return true
  return source === 'api' && as_of_ms !== null && nowMs - as_of_ms < APART_MS
}

async function readBalance({ client }: Merchant): Promise<Fen | 'closed' | undefined> {
  try {
    return (await client.fundBalance('OPERATION')).availableFen
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return isClosing(error) ? 'closed' : undefined
  }
}

/** As of when it was asked: what was locked before then is left out of it for certain. */
async function store(tx: Tx, mchid: string, askedMs: number, balance: Fen | 'closed'): Promise<void> {
  if (balance === 'closed')
    return changeFundAccount(tx, mchid, { api_closed_until_ms: startOfShanghaiDay(askedMs) + DAY_MS })
  const { as_of_ms } = await holdFundAccount(tx, mchid)
  if (as_of_ms !== null && as_of_ms >= askedMs) return
  await changeFundAccount(tx, mchid, {
    ...{ balance_fen: balance, source: 'api', as_of_ms: askedMs, api_closed_until_ms: null },
  })
}
