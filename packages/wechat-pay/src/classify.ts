import type { Endpoint } from './endpoints.ts'

/**
 * What an answer proves about one call that was sent.
 *
 * - `ok`: WeChat Pay accepted it.
 * - `rejected-definite`: refused for what it says, at its first sending. The one class that is a `no`.
 * - `not-accepted`: this sending created nothing, but an earlier one may have; send the **same number** again later.
 * - `waiting-for-funds`: as `not-accepted`, and the paying account must be topped up first.
 * - `conflict`: the number is known with other data or in a final state; query, change nothing, raise an alarm.
 * - `not-found`: inconclusive: never written, or still being accepted.
 * - `unknown`: nobody can say; query.
 */
export type CallClass =
  | 'ok'
  | 'rejected-definite'
  | 'not-accepted'
  | 'waiting-for-funds'
  | 'conflict'
  | 'not-found'
  | 'unknown'

export interface CodeRule {
  readonly code: string
  /** The status that the code is documented with; `4xx` where the pages name none or differ. */
  readonly status: number | '4xx'
  readonly class: CallClass
}

const rule = (status: CodeRule['status'], code: string, found: CallClass): CodeRule => ({
  code,
  status,
  class: found,
})

/** Codes that mean the same on every endpoint. */
export const COMMON_RULES: readonly CodeRule[] = [
  // Pages and versions spell it differently, and not always under 429; every spelling is harmless to accept.
  rule('4xx', 'FREQUENCY_LIMITED', 'not-accepted'),
  rule('4xx', 'FREQUENCY_LIMIT', 'not-accepted'),
  rule('4xx', 'FREQUENCY_LIMIT_EXCEED', 'not-accepted'),
  rule('4xx', 'RATELIMIT_EXCEEDED', 'not-accepted'),
  // Refused before any business: key, clock or proxy of this sending is wrong. The attempt itself stays open, so it
  // is not a `no`: the same number is sent again once the channel is repaired.
  rule(401, 'SIGN_ERROR', 'not-accepted'),
  rule(500, 'SYSTEM_ERROR', 'unknown'),
]

const MISCONFIGURED: readonly CodeRule[] = [
  rule(400, 'PARAM_ERROR', 'rejected-definite'),
  rule(403, 'NO_AUTH', 'rejected-definite'),
]
const REFUSED: readonly CodeRule[] = [...MISCONFIGURED, rule(400, 'INVALID_REQUEST', 'rejected-definite')]
const MISSING: readonly CodeRule[] = [
  rule(404, 'NOT_FOUND', 'not-found'),
  rule(404, 'RESOURCE_NOT_EXISTS', 'not-found'),
]
const ORDER_MISSING: readonly CodeRule[] = [...MISSING, rule(404, 'ORDER_NOT_EXIST', 'not-found')]

/** Codes by endpoint; what is not here is `unknown`. */
export const ENDPOINT_RULES: Readonly<Record<Endpoint, readonly CodeRule[]>> = {
  // RULE_LIMIT and TRADE_ERROR stay unknown: their pages do not say whether the order exists.
  'jsapi-prepay': [
    ...MISCONFIGURED,
    rule('4xx', 'ORDERPAID', 'conflict'),
    rule('4xx', 'OUT_TRADE_NO_USED', 'conflict'),
    rule('4xx', 'ORDER_CLOSED', 'conflict'),
  ],
  'jsapi-query': ORDER_MISSING,
  'jsapi-close': [
    ...MISCONFIGURED,
    ...ORDER_MISSING,
    rule('4xx', 'ORDERPAID', 'conflict'),
    rule('4xx', 'ORDER_CLOSED', 'conflict'),
  ],
  'transfer-create': [
    ...REFUSED,
    rule('4xx', 'USER_ERROR', 'rejected-definite'),
    rule(403, 'NOT_ENOUGH', 'waiting-for-funds'),
    rule('4xx', 'ALREADY_EXISTS', 'conflict'),
  ],
  'transfer-query': MISSING,
  'transfer-cancel': [...REFUSED, ...MISSING],
  'receipt-ask': [...REFUSED, ...MISSING, rule('4xx', 'ALREADY_EXISTS', 'conflict')],
  'receipt-read': MISSING,
  'receipt-download': [],
  'refund-create': [
    ...REFUSED,
    ...MISSING,
    rule('4xx', 'MCH_NOT_EXISTS', 'rejected-definite'),
    rule('4xx', 'USER_ACCOUNT_ABNORMAL', 'rejected-definite'),
    rule(403, 'NOT_ENOUGH', 'waiting-for-funds'),
  ],
  'refund-query': MISSING,
  'refund-abnormal': [...REFUSED, ...MISSING],
  balance: [],
  'day-end-balance': [],
  'trade-bill': [],
  'fund-flow-bill': [],
  'bill-download': [],
  certificates: [rule(404, 'RESOURCE_NOT_EXISTS', 'not-found')],
}

// One code serves three cases that only the words tell apart. The words are used in one direction only: to take back
// a `no`. Words that we fail to recognise leave the documented class.
const NUMBER_IS_KNOWN =
  /已存在|不一致|重试|查单|查询|重复|已使用|被使用|已受理|占用|exist|retry|query|in use|already|duplicate/i

/**
 * Total: every combination has a class, and anything not documented is `unknown`.
 *
 * @param attempt how often these bytes were sent, this sending included; from the second on nothing is definite,
 *   because an earlier sending may have been accepted although its answer was lost.
 * @param code the `code` of the error body; undefined for a 2xx or a body that is not WeChat's.
 * @param message only ever makes the class more careful.
 */
export function classify(
  endpoint: Endpoint,
  attempt: number,
  httpStatus: number,
  code: string | undefined,
  message = '',
): CallClass {
  if (code === undefined) return httpStatus === 200 || httpStatus === 204 ? 'ok' : 'unknown'
  const rules = [...ENDPOINT_RULES[endpoint], ...COMMON_RULES]
  const found = rules.find((one) => one.code === code && statusMatches(one.status, httpStatus))
  if (!found) return 'unknown'
  if (found.class !== 'rejected-definite') return found.class
  if (code === 'INVALID_REQUEST' && NUMBER_IS_KNOWN.test(message)) return 'conflict'
  return attempt === 1 ? 'rejected-definite' : 'unknown'
}

function statusMatches(wanted: CodeRule['status'], status: number): boolean {
  return wanted === '4xx' ? status >= 400 && status < 500 : wanted === status
}

const CHANNEL_FAULTS: ReadonlySet<string> = new Set([
  'NO_AUTH',
  'USER_ERROR',
  'SIGN_ERROR',
  'MCH_NOT_EXISTS',
  'PARAM_ERROR',
])

/** Whether a code refuses what the call says, and not the channel: at a first sending it would be a definite no. */
export function isDefiniteCode(endpoint: Endpoint, code: string | undefined): boolean {
  const found = ENDPOINT_RULES[endpoint].find((one) => one.code === code)
  return found?.class === 'rejected-definite' && !isChannelFault(code)
}

/** Whether a code means that every further call would fail too: stop the channel and page the operator. */
export function isChannelFault(code: string | undefined): boolean {
  return code !== undefined && CHANNEL_FAULTS.has(code)
}
