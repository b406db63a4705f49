import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CallClass,
  COMMON_RULES,
  classify,
  ENDPOINT_RULES,
  isChannelFault,
  isDefiniteCode,
} from './classify.ts'
import { ENDPOINTS, type Endpoint } from './endpoints.ts'

const endpoints = Object.keys(ENDPOINTS) as Endpoint[]
const table = endpoints.flatMap((endpoint) =>
  [...ENDPOINT_RULES[endpoint], ...COMMON_RULES].map((rule) => ({ endpoint, ...rule })),
)

// Written down a second time, by hand, from the platform's pages: the table must not drift.
const DUTIES: readonly (readonly [Endpoint, number, string, CallClass, CallClass])[] = [
  ['transfer-create', 500, 'SYSTEM_ERROR', 'unknown', 'unknown'],
  ['transfer-create', 429, 'FREQUENCY_LIMITED', 'not-accepted', 'not-accepted'],
  ['transfer-create', 429, 'FREQUENCY_LIMIT', 'not-accepted', 'not-accepted'],
  ['transfer-create', 429, 'FREQUENCY_LIMIT_EXCEED', 'not-accepted', 'not-accepted'],
  ['transfer-create', 429, 'RATELIMIT_EXCEEDED', 'not-accepted', 'not-accepted'],
  ['transfer-create', 403, 'NOT_ENOUGH', 'waiting-for-funds', 'waiting-for-funds'],
  ['transfer-create', 400, 'ALREADY_EXISTS', 'conflict', 'conflict'],
  ['transfer-create', 400, 'PARAM_ERROR', 'rejected-definite', 'unknown'],
  ['transfer-create', 400, 'INVALID_REQUEST', 'rejected-definite', 'unknown'],
  ['transfer-create', 403, 'NO_AUTH', 'rejected-definite', 'unknown'],
  ['transfer-create', 403, 'USER_ERROR', 'rejected-definite', 'unknown'],
  ['transfer-create', 401, 'SIGN_ERROR', 'not-accepted', 'not-accepted'],
  ['transfer-query', 404, 'NOT_FOUND', 'not-found', 'not-found'],
  ['receipt-read', 404, 'NOT_FOUND', 'not-found', 'not-found'],
  ['transfer-cancel', 400, 'INVALID_REQUEST', 'rejected-definite', 'unknown'],
  ['transfer-cancel', 404, 'NOT_FOUND', 'not-found', 'not-found'],
  ['refund-create', 403, 'NOT_ENOUGH', 'waiting-for-funds', 'waiting-for-funds'],
  ['refund-create', 403, 'USER_ACCOUNT_ABNORMAL', 'rejected-definite', 'unknown'],
  ['refund-create', 400, 'INVALID_REQUEST', 'rejected-definite', 'unknown'],
  ['refund-create', 404, 'RESOURCE_NOT_EXISTS', 'not-found', 'not-found'],
  ['refund-create', 404, 'MCH_NOT_EXISTS', 'rejected-definite', 'unknown'],
  ['refund-query', 404, 'RESOURCE_NOT_EXISTS', 'not-found', 'not-found'],
  ['jsapi-prepay', 403, 'ORDERPAID', 'conflict', 'conflict'],
  ['jsapi-prepay', 403, 'OUT_TRADE_NO_USED', 'conflict', 'conflict'],
  ['jsapi-prepay', 403, 'RULE_LIMIT', 'unknown', 'unknown'],
  ['jsapi-prepay', 403, 'TRADE_ERROR', 'unknown', 'unknown'],
  ['jsapi-prepay', 400, 'ORDER_CLOSED', 'conflict', 'conflict'],
  ['jsapi-prepay', 400, 'PARAM_ERROR', 'rejected-definite', 'unknown'],
  ['jsapi-prepay', 403, 'NO_AUTH', 'rejected-definite', 'unknown'],
  ['jsapi-prepay', 401, 'SIGN_ERROR', 'not-accepted', 'not-accepted'],
  ['jsapi-prepay', 429, 'FREQUENCY_LIMITED', 'not-accepted', 'not-accepted'],
  ['jsapi-prepay', 500, 'SYSTEM_ERROR', 'unknown', 'unknown'],
  ['refund-create', 400, 'PARAM_ERROR', 'rejected-definite', 'unknown'],
  ['refund-create', 403, 'NO_AUTH', 'rejected-definite', 'unknown'],
  ['refund-create', 401, 'SIGN_ERROR', 'not-accepted', 'not-accepted'],
  ['refund-create', 429, 'FREQUENCY_LIMITED', 'not-accepted', 'not-accepted'],
  ['refund-create', 500, 'SYSTEM_ERROR', 'unknown', 'unknown'],
  ['jsapi-query', 404, 'ORDER_NOT_EXIST', 'not-found', 'not-found'],
]

test.each(DUTIES)('%s, %i %s: %s at first, then %s', (endpoint, status, code, first, later) => {
  expect(classify(endpoint, 1, status, code)).toBe(first)
  expect(classify(endpoint, 2, status, code)).toBe(later)
})

test('every row of the table: as written at its status, definite only at the first sending, else unknown', () => {
  for (const { endpoint, code, status, class: found } of table) {
    const documented = status === '4xx' ? 403 : status
    expect(classify(endpoint, 1, documented, code)).toBe(found)
    const later = found === 'rejected-definite' ? 'unknown' : found
    for (const attempt of [0, 2, 7, 1.5, Number.NaN])
      expect(classify(endpoint, attempt, documented, code)).toBe(later)
    for (const wrong of [200, 302, 502, 504, 0]) expect(classify(endpoint, 1, wrong, code)).toBe('unknown')
  }
})

test('a code or a status that is not documented is unknown, on every endpoint and attempt', () => {
  const documented = new Set(table.map(({ code }) => code))
  const code = fc.string().filter((text) => !documented.has(text))
  const status = fc.integer({ min: -1, max: 999 })
  fc.assert(
    fc.property(
      fc.constantFrom(...endpoints),
      fc.nat(9),
      status,
      code,
      fc.string(),
      (endpoint, attempt, http, ...words) => {
        expect(classify(endpoint, attempt, http, ...words)).toBe('unknown')
      },
    ),
    { seed: 20261123, numRuns: 500 },
  )
})

test('without a code only 200 and 204 are ok', () => {
  for (let status = 0; status < 600; status += 1)
    expect(classify('transfer-create', 1, status, undefined)).toBe(
      status === 200 || status === 204 ? 'ok' : 'unknown',
    )
})

test.each([
  '商户单号已被使用',
  '该单号已使用',
  '单据已受理，请勿重新提交',
  '单号被占用',
  'out_bill_no is in use',
  'duplicate number',
])('words that say the number is taken are no definite no, even where our count says first: %s', (words) => {
  expect(classify('transfer-create', 1, 400, 'INVALID_REQUEST', words)).toBe('conflict')
  expect(classify('refund-create', 1, 400, 'INVALID_REQUEST', words)).toBe('conflict')
})

test('words may take back a definite no, and never make one', () => {
  const words = '商户单号已存在，但参数不一致'
  expect(classify('transfer-create', 1, 400, 'INVALID_REQUEST', words)).toBe('conflict')
  expect(classify('transfer-create', 1, 400, 'INVALID_REQUEST', '已超过重试期，请查单后处理')).toBe(
    'conflict',
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...table),
      fc.constantFrom(400, 401, 403, 404, 429, 500),
      fc.string(),
      (row, http, text) => {
        const without = classify(row.endpoint, 1, http, row.code)
        const found = classify(row.endpoint, 1, http, row.code, text)
        if (found === 'rejected-definite') expect(without).toBe('rejected-definite')
      },
    ),
    { seed: 20261123, numRuns: 200 },
  )
})

test('codes that refuse what a refund says, and not the channel', () => {
  expect(
    ['USER_ACCOUNT_ABNORMAL', 'INVALID_REQUEST'].every((code) => isDefiniteCode('refund-create', code)),
  ).toBe(true)
  const others = [
    'NO_AUTH',
    'PARAM_ERROR',
    'MCH_NOT_EXISTS',
    'SYSTEM_ERROR',
    'NOT_ENOUGH',
    'RESOURCE_NOT_EXISTS',
    undefined,
  ]
  expect(others.some((code) => isDefiniteCode('refund-create', code))).toBe(false)
})

test('codes that stop the channel are told apart', () => {
  expect(['NO_AUTH', 'SIGN_ERROR', 'USER_ERROR', 'MCH_NOT_EXISTS'].every(isChannelFault)).toBe(true)
  expect([undefined, 'NOT_ENOUGH', 'SYSTEM_ERROR'].some(isChannelFault)).toBe(false)
})
