import { fen } from '@zhangyi/core'
import { dayOf } from '../ask-group.ts'
import { type BrokenAdapter, change } from './change-method.ts'

/** The checks that compare the balance before and after with what was taken. */
const OFF_BY_HUNDRED: readonly string[] = [
  'deposits.hold-then-release',
  'deposits.hold-with-same-key',
  'deposits.hold-same-key-at-once',
  'deposits.hold-with-reused-key',
  'deposits.hold-at-once',
  'deposits.hold-with-lost-reply',
  'deposits.confirm-is-final',
  'deposits.confirm-with-lost-reply',
]

export const BROKEN_ACCOUNTS: readonly BrokenAdapter[] = [
  [
    'takes the total for what may be paid back',
    change('balances', 'of', (of) => async (patid) => {
      const balance = await of(patid)
      return { ...balance, refundable: fen(balance.available + 1) }
    }),
    ['balances.adds-up'],
  ],
  [
    'knows an empty account for every patid',
    change('balances', 'of', (of) => async (patid) => {
      const nothing = { total: fen(0), available: fen(0), refundable: fen(0), reason: undefined }
      return patid.startsWith('NO-') ? { patid, ...nothing } : of(patid)
    }),
    ['balances.of-unknown-patid'],
  ],
  [
    'takes the yuan of a balance for fen',
    change('balances', 'of', (of) => async (patid) => {
      const { total, available, refundable, ...rest } = await of(patid)
      const off = (amount: number) => fen(amount * 100)
      return { ...rest, total: off(total), available: off(available), refundable: off(refundable) }
    }),
    ['balances.recharges-cover-balance', ...OFF_BY_HUNDRED],
  ],
  [
    'takes the yuan of a recharge for fen',
    change(
      'balances',
      'recharges',
      (recharges) => async (query) =>
        (await recharges(query)).map((one) => ({
          ...one,
          amount: fen(one.amount * 100),
          refunded: fen(one.refunded * 100),
        })),
    ),
    ['bills.show-recharge'],
  ],
  [
    'lists the newest recharge first',
    change('balances', 'recharges', (recharges) => async (query) => (await recharges(query)).toReversed()),
    ['balances.recharges-fit'],
  ],
  [
    'lists the last recharge only',
    change('balances', 'recharges', (recharges) => async (query) => (await recharges(query)).slice(-1)),
    ['balances.recharges-cover-balance'],
  ],
  [
    'leaves out the last day of a range',
    change(
      'balances',
      'recharges',
      (recharges) => async (query) =>
        (await recharges(query)).filter(({ paidAt }) => dayOf(paidAt) < query.to),
    ),
    ['balances.recharges-by-day'],
  ],
  [
    'repeats a row of the bill',
    change('bills', 'page', (page) => async (day, cursor) => {
      const answer = await page(day, cursor)
      return { ...answer, rows: [...answer.rows, ...answer.rows.slice(0, 1)] }
    }),
    ['bills.rows-fit', 'bills.show-refund'],
  ],
  [
    'numbers the rows anew at each reading',
    change('bills', 'page', (page) => {
      let number = 0
      return async (day, cursor) => {
        const { rows, next } = await page(day, cursor)
        return { rows: rows.map((row) => ({ ...row, hisNumber: `N${number++}` })), next }
      }
    }),
    ['bills.same-on-re-read'],
  ],
  [
    'leaves our payment numbers out of the bill',
    change('bills', 'page', (page) => async (day, cursor) => {
      const { rows, next } = await page(day, cursor)
      return { rows: rows.map((row) => ({ ...row, paymentNumber: undefined })), next }
    }),
    ['bills.show-recharge'],
  ],
  [
    'leaves refunds out of the bill',
    change('bills', 'page', (page) => async (day, cursor) => {
      const { rows, next } = await page(day, cursor)
      return { rows: rows.filter(({ kind }) => kind !== 'refund'), next }
    }),
    ['bills.show-refund'],
  ],
  [
    'never comes to the last page',
    change('bills', 'page', (page) => async (day) => ({ ...(await page(day, undefined)), next: '0' })),
    ['bills.rows-fit', 'bills.same-on-re-read', 'bills.show-recharge', 'bills.show-refund'],
  ],
]
