import { DAY_MS, fen, formatShanghai, HOUR_MS } from '@zhangyi/core'
import type { PaymentChannel, Recharge } from '../../balances.ts'
import type { HisBillRow } from '../../bills.ts'
import type { Archive } from '../../port.ts'
import { billRow } from '../bills/book-entry.ts'
import { between, pickOne, randomOf } from '../random-of.ts'
import type { AmountLock, Spending } from './kept-account.ts'
import { KNOWN_ACCOUNTS, type SeededAccount, type SeededRecharge } from './known-accounts.ts'

export interface Accounts {
  readonly recharges: Recharge[]
  readonly spendings: Spending[]
  readonly amountLocks: AmountLock[]
  readonly ledger: HisBillRow[]
}

const CHANNELS: readonly PaymentChannel[] = [
  'wechat',
  'wechat',
  'wechat',
  'alipay',
  'cash',
  'bank-card',
  'other',
]
const OLDEST_DAYS = 1_100

/** Accounts of the archives that the seed made, with recharges counted back from the day the hospital opened. */
export function seedAccounts(archives: readonly Archive[], seed: number, openedAtMs: number): Accounts {
  const accounts: Accounts = { recharges: [], spendings: [], amountLocks: [], ledger: [] }
  for (const [index, { patid }] of archives.entries()) {
    const { recharges, spent = 0, locked } = KNOWN_ACCOUNTS[index] ?? generateAccount(seed, patid)
    for (const [order, one] of recharges.entries())
      accounts.recharges.push(rechargeOf(one, patid, `${index + 1}${order}`, openedAtMs))
    if (spent > 0) accounts.spendings.push({ patid, amount: fen(spent) })
    if (locked)
      accounts.amountLocks.push({ ...locked, lockId: `SD${patid}`, patid, amount: fen(locked.amount) })
  }
  const inOrder = accounts.recharges.toSorted((left, right) => (left.paidAt < right.paidAt ? -1 : 1))
  for (const recharge of inOrder)
    accounts.ledger.push(
      billRow({ ...recharge, hisNumber: recharge.rechargeId, kind: 'recharge', bookedAt: recharge.paidAt }),
    )
  return accounts
}

function generateAccount(seed: number, patid: string): SeededAccount {
  const random = randomOf(seed, 'account', patid)
  const recharges = Array.from({ length: between(random, 0, 4) }, (): SeededRecharge => {
    const channel = pickOne(random, CHANNELS)
    return {
      channel,
      amount: pickOne(random, [5_000, 10_000, 20_000, 30_000, 50_000, 12_345]),
      daysAgo: between(random, 0, OLDEST_DAYS),
      // Machines in the hall kept no numbers for a while.
      numbered: channel !== 'cash' && random() < 0.9,
      ...(channel === 'other' && { channelName: '银医通' }),
    }
  })
  const paidIn = recharges.reduce((total, { amount }) => total + amount, 0)
  const spent = random() < 0.4 ? between(random, 0, paidIn) : 0
  const left = paidIn - spent
  if (left > 0 && random() < 0.1)
    return {
      recharges,
      spent,
      locked: { amount: Math.ceil(left / 2), reason: '有未结算的就诊', spendable: false },
    }
  return { recharges, spent }
}

function rechargeOf(seeded: SeededRecharge, patid: string, serial: string, openedAtMs: number): Recharge {
  const { channel, amount, daysAgo, numbered, channelName } = seeded
  // In the morning of its day, but never after the hospital was opened.
  const paidAtMs = openedAtMs - daysAgo * DAY_MS - HOUR_MS
  const day = formatShanghai(paidAtMs).slice(0, 10).replaceAll('-', '')
  const tail = serial.padStart(10, '0')
  return {
    rechargeId: `CZ${day}${tail}`,
    patid,
    paymentNumber: numbered ? `MZ${day}${tail}` : undefined,
    channelNumber: numbered ? channelNumberOf(channel, day, tail) : undefined,
    channel,
    channelName,
    amount: fen(amount),
    refunded: fen(0),
    paidAt: new Date(paidAtMs).toISOString(),
  }
}

// 28 digits, as WeChat's and Alipay's are.
function channelNumberOf(channel: PaymentChannel, day: string, tail: string): string {
  if (channel === 'wechat') return `4200001${'0'.repeat(3)}${day}${tail}`
  return channel === 'alipay' ? `${day}22001${'4'.repeat(5)}${tail}` : `${day}${tail}`
}
