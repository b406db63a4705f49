import type { HisPort } from '@zhangyi/his'
import type { WechatPayClient } from '@zhangyi/wechat-pay'
import type { Cipher } from '../../crypto/cipher.ts'
import type { CallDetail } from '../console/list-calls.ts'

/** What may be shown of a fresh answer: states and sums, nothing of a person. */
export type FreshFacts = Readonly<Record<string, string | number | null>>

export interface Asked {
  readonly wechatPay: () => WechatPayClient | undefined
  readonly his: () => HisPort
  readonly cipher: Pick<Cipher, 'open'>
  readonly call: CallDetail
}

/** Undefined: this very call cannot be asked again, because what it was about is not kept, or not offered any more. */
type Query = (asked: Asked) => Promise<FreshFacts> | undefined

/**
 * What may be asked again, by platform and operation: only what changes nothing and spends nothing, by the number that the
 * first call was about. All else is refused; a new operation of a client is refused until somebody writes it down here.
 */
const QUERIES: Readonly<Record<string, Query>> = {
  'wechat-pay jsapi-query': ({ wechatPay, call }) => {
    const number = pathNumber(call, '/out-trade-no/')
    const client = wechatPay()
    if (!client || number === undefined) return undefined
    return client
      .queryJsapiOrderByOutTradeNo(number)
      .then((found) =>
        facts(found, ({ tradeState, totalFen }) => ({ state: tradeState, amountFen: totalFen ?? null })),
      )
  },
  'wechat-pay transfer-query': ({ wechatPay, call }) => {
    const number = pathNumber(call, '/out-bill-no/')
    const client = wechatPay()
    if (!client || number === undefined) return undefined
    return client.queryTransferByOutBillNo(number).then((found) =>
      facts(found, ({ state, amountFen, failReason }) => ({
        state,
        amountFen,
        failReason: failReason ?? null,
      })),
    )
  },
  'wechat-pay refund-query': ({ wechatPay, call }) => {
    const number = pathNumber(call, '/v3/refund/domestic/refunds/')
    const client = wechatPay()
    if (!client || number === undefined) return undefined
    return client
      .queryRefund(number)
      .then((found) => facts(found, ({ status, refundFen }) => ({ state: status, amountFen: refundFen })))
  },
  'his probe': ({ his }) =>
    his()
      .probe()
      .then(() => ({ state: 'ok' })),
  'his deposits.status': (asked) => byKey(asked, ({ deposits }) => deposits?.status),
  'his deductions.status': (asked) => byKey(asked, ({ deductions }) => deductions?.status),
  'his appointments.status': (asked) => byKey(asked, ({ appointments }) => appointments?.status),
  'his fees.status': (asked) => byKey(asked, ({ fees }) => fees?.status),
}

export const REQUERIES: readonly string[] = Object.keys(QUERIES)

export function queryOf({
  platform,
  operation,
}: Pick<CallDetail, 'platform' | 'operation'>): Query | undefined {
  const name = `${platform} ${operation}`
  return Object.hasOwn(QUERIES, name) ? QUERIES[name] : undefined
}

function facts<T>(found: T | 'not-found', read: (found: T) => FreshFacts): FreshFacts {
  return found === 'not-found' ? { state: 'not-found' } : read(found)
}

/** The last part of a path: the client checks again that it is such a number. */
function pathNumber({ request }: CallDetail, before: string): string | undefined {
  const { path } = request
  if (typeof path !== 'string') return undefined
  const [, number] = path.split(before)
  return number === undefined || !/^[\w*|-]{1,64}$/.test(number) ? undefined : number
}

type Status = ((key: string) => Promise<{ readonly state?: string } | object | undefined>) | undefined

/** What became of a change is asked by its key, which was sealed with the question. */
function byKey({ his, cipher, call }: Asked, of: (port: HisPort) => Status): Promise<FreshFacts> | undefined {
  const { sealed } = call.request
  const port = his()
  const status = of(port)
  if (!status || typeof sealed !== 'string') return undefined
  const question = JSON.parse(cipher.open(Buffer.from(sealed, 'base64'), 'outside_call.his').reveal()) as {
    forRequestKey?: unknown
  }
  const { forRequestKey: key } = question
  if (typeof key !== 'string') return undefined
  return status(key).then((found) => ({
    state: found === undefined ? 'not-found' : 'state' in found ? String(found.state) : 'found',
  }))
}
